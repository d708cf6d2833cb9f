package dev.standstill;

import dev.standstill.core.LoopExecutor;
import dev.standstill.core.Scheduler;
import dev.standstill.jdk.MainThread;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which loop is the current one of which thread. Any thread may call.
 *
 * <p>A task has the loop it runs on and no other. Any other thread has the loop that was set for
 * it, until that is closed. Where there is none, the policy decides.
 */
final class CurrentLoop {

  private static final ThreadLocal<@Nullable EventLoop> OF_THREAD = new ThreadLocal<>();

  private static volatile LoopPolicy policy = LoopPolicy.standard();

  /** Guarded by the class. */
  private static @Nullable EventLoop main;

  private CurrentLoop() {}

  /** The loop whose task is calling, or null. */
  static @Nullable EventLoop ofTask() {
    return (EventLoop) Scheduler.loopOf(Thread.currentThread());
  }

  /** The loop of the calling task; {@code what} says for whom one is needed. */
  static EventLoop requireTask(String what) {
    EventLoop loop = ofTask();
    if (loop == null) {
      throw new IllegalStateException(
          "%s is for tasks, and thread \"%s\" is no task of an event loop: call it from code that a loop runs, such as the body of run()."
              .formatted(what, Thread.currentThread().getName()));
    }
    return loop;
  }

  /** The executor that every loop is, since users implement none. */
  static LoopExecutor executorOf(EventLoop loop) {
    return (LoopExecutor) loop;
  }

  /** The current loop of the calling thread, or null; the policy is not asked. */
  static @Nullable EventLoop ofThread() {
    EventLoop ofTask = ofTask();
    return ofTask == null ? ofPlainThread() : ofTask;
  }

  private static @Nullable EventLoop ofPlainThread() {
    EventLoop set = OF_THREAD.get();
    if (set != null && set.isShutdown()) {
      OF_THREAD.remove();
      return null;
    }
    return set;
  }

  /** The current loop of the calling thread; the policy chooses one where there is none. */
  static EventLoop get() {
    EventLoop present = ofThread();
    if (present != null) {
      return present;
    }
    EventLoop chosen = choose(policy, Thread.currentThread());
    OF_THREAD.set(chosen);
    return chosen;
  }

  private static EventLoop choose(LoopPolicy asked, Thread thread) {
    @Nullable EventLoop chosen = asked.loopFor(thread); // whatever its signature promises
    if (chosen == null || chosen.isShutdown()) {
      throw new IllegalStateException(
          "The policy %s chose %s for thread \"%s\". It has to return an open loop, or to throw an exception that says why there is none."
              .formatted(
                  asked,
                  chosen == null ? "no loop (null)" : chosen + ", which is closed,",
                  thread.getName()));
    }
    return chosen;
  }

  static void set(@Nullable EventLoop loop) {
    refuseTask();
    if (loop == null) {
      OF_THREAD.remove();
    } else if (loop.isShutdown()) {
      throw new IllegalStateException(
          "%s is closed, so it cannot become the current loop of thread \"%s\". Open a new one with EventLoop.open()."
              .formatted(loop, Thread.currentThread().getName()));
    } else {
      OF_THREAD.set(loop);
    }
  }

  /** Opens a loop, and makes it current as {@code current} says. */
  static EventLoop open(EventLoop.Current current, Supplier<EventLoop> opening) {
    boolean becomesCurrent =
        switch (current) {
          case UNLESS_SET -> ofThread() == null;
          case REPLACE -> {
            refuseTask();
            yield true;
          }
          case REFUSE -> {
            refuseThreadWithLoop();
            yield true;
          }
          case LEAVE -> false;
        };
    EventLoop loop = opening.get();
    if (becomesCurrent) {
      OF_THREAD.set(loop);
    }
    return loop;
  }

  private static void refuseTask() {
    EventLoop loop = ofTask();
    if (loop != null) {
      throw new IllegalStateException(
          "The current loop of task \"%s\" is %s, which runs it, and can be no other. Open a loop with Current.LEAVE here, or do this in a thread that is no task."
              .formatted(Thread.currentThread().getName(), loop));
    }
  }

  private static void refuseThreadWithLoop() {
    EventLoop present = ofThread();
    if (present != null) {
      throw new IllegalStateException(
          "Thread \"%s\" has a current loop already, %s: use that, close it first, or open the new one with Current.REPLACE or Current.LEAVE."
              .formatted(Thread.currentThread().getName(), present));
    }
  }

  /** The loop of the process; a new one if the last was closed. */
  static synchronized EventLoop main() {
    EventLoop existing = main;
    if (existing == null || existing.isShutdown()) {
      existing = RealTimeLoop.open("main");
      main = existing;
    }
    return existing;
  }

  static void setPolicy(LoopPolicy replacement) {
    policy = replacement;
  }

  static EventLoop loopByDefault(Thread thread) {
    if (MainThread.is(thread)) {
      return main();
    }
    throw new IllegalStateException(
        "Thread \"%s\" has no event loop: make one for it with EventLoop.open(), or give it one with EventLoop.setCurrent(loop), such as EventLoop.main()."
            .formatted(thread.getName()));
  }
}
