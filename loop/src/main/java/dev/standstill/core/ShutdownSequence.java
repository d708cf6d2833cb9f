package dev.standstill.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What happens when a run ends as a JVM does: the shutdown hooks that tasks of the loop have
 * registered are started, in that order, and waited for, while the other tasks go on. Read from
 * {@code java.lang.ApplicationShutdownHooks} and {@code java.lang.Shutdown}, JDK 25. Loop-confined.
 */
final class ShutdownSequence {

  /** Who begins to shut down never lets it go: others that want to wait for ever. */
  private final ReentrantLock exiting = new ReentrantLock();

  /** Null as soon as they are started. */
  private @Nullable List<Thread> hooks = new ArrayList<>();

  ShutdownSequence() {}

  /**
   * Registers a hook.
   *
   * @throws IllegalStateException if the hooks run already
   * @throws IllegalArgumentException if this one is registered, or runs
   */
  void add(Thread hook) {
    List<Thread> registered = registered();
    if (hook.isAlive()) {
      throw new IllegalArgumentException("Hook already running");
    }
    if (registered.stream().anyMatch(other -> other == hook)) {
      throw new IllegalArgumentException("Hook previously registered");
    }
    registered.add(hook);
  }

  /**
   * Takes a hook out again; returns whether it was registered here.
   *
   * @throws IllegalStateException if the hooks run already
   */
  boolean remove(Thread hook) {
    return registered().removeIf(other -> other == hook);
  }

  /** Whether there is something to run. */
  boolean hasHooks() {
    return hooks != null && !hooks.isEmpty();
  }

  /** Runs the hooks and returns when all have ended; called by a task. */
  void run() {
    exiting.lock();
    List<Thread> started = take();
    started.forEach(ShutdownSequence::start);
    started.forEach(ShutdownSequence::awaitEnd);
  }

  /** The hooks that no run has started; there are none any more. */
  List<Thread> take() {
    List<Thread> left = hooks == null ? List.of() : hooks;
    hooks = null;
    return left;
  }

  private List<Thread> registered() {
    List<Thread> registered = hooks;
    if (registered == null) {
      throw new IllegalStateException("Shutdown in progress");
    }
    return registered;
  }

  private static void start(Thread hook) {
    try {
      hook.start();
    } catch (IllegalThreadStateException | RejectedExecutionException e) {
      // The program has started it, or its scheduler is closed: so it is with a JVM, too.
    }
  }

  private static void awaitEnd(Thread hook) {
    while (true) {
      try {
        hook.join();
        return;
      } catch (InterruptedException e) {
        // Nothing makes a JVM that ends stop waiting.
      }
    }
  }
}
