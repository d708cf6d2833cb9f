package dev.standstill.hooks;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What rewritten code calls about sockets. The agent defines a copy of this class as {@code
 * java.lang.StandstillSockets}; this original is never called.
 *
 * <p>As in {@link Hooks}, code that has nothing to do with a loop pays one read of a plain static
 * field while no loop was ever opened, and any thread may call.
 */
public final class SocketHooks {

  /** What is waited for on the file descriptor of a selector: that there is something to read. */
  private static final int ANY_EVENT = 0;

  /** Whether a loop in virtual time was ever opened in this JVM. Set by the loop, after install. */
  public static boolean active;

  private static @Nullable BiConsumer<Integer, Integer> polls;
  private static @Nullable IntConsumer awaits;
  private static @Nullable BiConsumer<Object, Object> operates;
  private static @Nullable Consumer<Object> handlerBegins;
  private static @Nullable Runnable handlerEnds;

  private SocketHooks() {}

  /**
   * Sets the delegates.
   *
   * @param polls takes the file descriptor that the current virtual thread is about to wait for,
   *     and the event, an operating system's constant or 0 for a selector
   * @param awaits takes the file descriptor of a selector, and returns when it has something to
   *     read, or at once for a virtual thread of no loop
   * @param operates takes an asynchronous channel and the handler of an operation that the current
   *     thread is about to begin
   * @param handlerBegins takes the handler that the current thread is about to call
   * @param handlerEnds called when the current thread has called a handler
   */
  public static void install(
      BiConsumer<Integer, Integer> polls,
      IntConsumer awaits,
      BiConsumer<Object, Object> operates,
      Consumer<Object> handlerBegins,
      Runnable handlerEnds) {
    SocketHooks.polls = polls;
    SocketHooks.awaits = awaits;
    SocketHooks.operates = operates;
    SocketHooks.handlerBegins = handlerBegins;
    SocketHooks.handlerEnds = handlerEnds;
  }

  /**
   * Called before an operation of an asynchronous channel begins.
   *
   * @param handler what is to be called at its end; null if there is a future for it
   */
  public static void operates(Object channel, @Nullable Object handler) {
    if (active && handler != null) {
      BiConsumer<Object, Object> delegate = operates;
      if (delegate != null) {
        delegate.accept(channel, handler);
      }
    }
  }

  /** Called before the handler of an asynchronous channel is called. */
  public static void handlerBegins(Object handler) {
    if (active) {
      Consumer<Object> delegate = handlerBegins;
      if (delegate != null) {
        delegate.accept(handler);
      }
    }
  }

  /** Called when the handler of an asynchronous channel has returned or thrown. */
  public static void handlerEnds() {
    if (active) {
      Runnable delegate = handlerEnds;
      if (delegate != null) {
        delegate.run();
      }
    }
  }

  /**
   * Called when the thread of a group of asynchronous channels is about to wait for their selector
   * in the kernel, which would hold its carrier: waits as a selector does.
   *
   * @param file the file descriptor of the selector
   * @return the same
   */
  public static int awaitEvents(int file) {
    if (active) {
      IntConsumer delegate = awaits;
      if (delegate != null && Thread.currentThread().isVirtual()) {
        delegate.accept(file);
      }
    }
    return file;
  }

  /** Called before a virtual thread waits for an event of a file descriptor. */
  public static void poll(int file, int event) {
    if (active) {
      BiConsumer<Integer, Integer> delegate = polls;
      if (delegate != null && Thread.currentThread().isVirtual()) {
        delegate.accept(file, event);
      }
    }
  }

  /** Called before a virtual thread waits for a selector, given by its file descriptor. */
  public static void pollSelector(int file) {
    poll(file, ANY_EVENT);
  }
}
