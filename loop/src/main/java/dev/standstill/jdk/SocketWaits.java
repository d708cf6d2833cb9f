package dev.standstill.jdk;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** What tasks wait for that wait for sockets. Any thread may call. */
public final class SocketWaits {

  private SocketWaits() {}

  /** Lets loops in virtual time see on what their tasks wait, from now on. */
  static void activate() {
    Hooks.activate(
        "java.lang.StandstillSockets",
        (BiConsumer<Integer, Integer>)
            (file, event) -> {
              if (AgentHooks.ofCaller() instanceof AgentHooks.Hooked loop) {
                loop.polls(file, event);
              }
            },
        (IntConsumer) SocketWaits::awaitEvents,
        (BiConsumer<Object, Object>) ChannelHandlers::awaits,
        (Consumer<Object>) ChannelHandlers::begins,
        (Runnable) ChannelHandlers::ends);
  }

  /** As the kernel would, it does not look at interrupts. */
  private static void awaitEvents(int selector) {
    if (AgentHooks.ofCaller() == null) {
      return;
    }
    boolean interrupted = false;
    while (!FileEvents.isReady(selector, FileEvents.ANY)) {
      FileEvents.awaitSelector(selector);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether what is waited for on a file descriptor has happened. */
  public static boolean isReady(int file, int event) {
    return FileEvents.isReady(file, event);
  }

  /** Whether this machine tells which connections are within this JVM. */
  public static boolean canBeTold() {
    return TcpTable.isKnown();
  }

  /**
   * For what outside, or on its way, a wait for a file descriptor is, in words; null if only a
   * thread of this JVM can end it.
   */
  public static @Nullable String outside(int file, int event) {
    if (isReady(file, event)) {
      return "a socket, and is just waking";
    }
    return DatagramSockets.isAwaited(file, event) ? "a socket that is not TCP" : TcpTable.outside();
  }
}
