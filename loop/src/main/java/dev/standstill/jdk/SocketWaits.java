package dev.standstill.jdk;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

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
    if (selector >= OwnNetworks.FIRST_FILE || AgentHooks.ofCaller() == null) {
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
}
