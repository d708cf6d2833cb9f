package dev.standstill.core;

import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Tells which exceptions an interrupt explains. Any thread may call. */
public final class CausedByInterrupt {

  /** Causes farther down are not looked at; they can go round in a circle. */
  private static final int DEEPEST = 20;

  private CausedByInterrupt() {}

  /** Whether an interrupt or a cancel explains what has been thrown, or what has caused that. */
  public static boolean is(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      if (cause instanceof InterruptedException
          || cause instanceof CancellationException
          || isIo(cause)
          || isCancelledStatement(cause)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /**
   * Whether a database was asked to give up a statement, as drivers ask it when they are
   * interrupted. Each says so in other words, of which one is the same.
   */
  private static boolean isCancelledStatement(Throwable thrown) {
    String message = ("" + thrown.getMessage()).toLowerCase(Locale.ROOT);
    return isSql(thrown.getClass())
        && (message.contains("cancel") || message.contains("interrupt"));
  }

  /** By its name, since a loop needs no module {@code java.sql}. */
  private static boolean isSql(@Nullable Class<?> type) {
    return type != null
        && (type.getName().equals("java.sql.SQLException") || isSql(type.getSuperclass()));
  }

  /**
   * Whether I/O has failed because what it used is closed, as an interrupt closes sockets of
   * virtual threads (JDK 25, {@code sun.nio.ch.NioSocketImpl}) and channels. Who uses it once more
   * is told no more than that it is closed.
   */
  public static boolean isIo(@Nullable Throwable thrown) {
    return switch (thrown) {
      case SocketTimeoutException _ -> false;
      case InterruptedIOException _, ClosedChannelException _ -> true;
      case SocketException socket -> ("" + socket.getMessage()).contains("losed");
      case null, default -> false;
    };
  }
}
