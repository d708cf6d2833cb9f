package dev.standstill.core;

import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Tells which exceptions an interrupt explains. Any thread may call. */
public final class CausedByInterrupt {

  private CausedByInterrupt() {}

  /**
   * Whether an interrupt or a cancel explains what has been thrown, or what has caused that, and
   * with it all that is suppressed there: what a clean-up has thrown meanwhile is a failure of its
   * own.
   */
  public static boolean is(Throwable thrown) {
    return is(thrown, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  /**
   * @param seen what was looked at before; causes and what is suppressed can go round in a circle
   */
  private static boolean is(Throwable thrown, Set<Throwable> seen) {
    boolean explained = false;
    for (Throwable cause = thrown; cause != null && seen.add(cause); cause = cause.getCause()) {
      explained |= explains(cause);
      for (Throwable suppressed : cause.getSuppressed()) {
        if (!isRemark(suppressed) && !seen.contains(suppressed) && !is(suppressed, seen)) {
          return false;
        }
      }
    }
    return explained;
  }

  private static boolean explains(Throwable cause) {
    return cause instanceof InterruptedException
        || cause instanceof CancellationException
        || isIo(cause)
        || isOfDatabase(cause);
  }

  /** Whether no more is said than that a block was left by the exception that this is part of. */
  private static boolean isRemark(Throwable suppressed) {
    return suppressed instanceof ClosedWithoutJoin
        && suppressed.getCause() == null
        && suppressed.getSuppressed().length == 0;
  }

  /**
   * Whether a database was asked to give up a statement, as drivers ask it when they are
   * interrupted, or its connection is closed, as its socket is. Each says so in other words, of
   * which one is the same.
   */
  private static boolean isOfDatabase(Throwable thrown) {
    String message = ("" + thrown.getMessage()).toLowerCase(Locale.ROOT);
    return isSql(thrown.getClass())
        && (message.contains("cancel")
            || message.contains("interrupt")
            || message.contains("closed"));
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
