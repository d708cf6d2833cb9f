package dev.standstill.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A {@code java.util.Timer} whose thread has ended with its loop. It goes on, with the tasks that
 * it still has, when it is given one more: its thread starts anew, on the loop of who gives it.
 *
 * <p>Read from {@code Timer}, JDK 25: when its thread ends, it empties its queue and counts as
 * cancelled. The queue is kept aside and put back; only {@code Timer.cancel} tells it otherwise
 * then. As long as it rests, this object is the park blocker of the thread, which has no use for
 * it.
 */
final class RestingTimer {

  /** A record for the reason given at {@link Internals}. */
  private record Fields(
      MethodHandle thread,
      MethodHandle queue,
      VarHandle tasks,
      VarHandle size,
      VarHandle accepts,
      VarHandle time) {

    /** Looks everything up; {@code present} is described at {@link JdkLookup}. */
    static Fields resolve(Predicate<Piece> present) {
      JdkLookup jdk = new JdkLookup(present);
      return new Fields(
          jdk.getter(Piece.TIMER_THREAD).asType(MethodType.methodType(Thread.class, Timer.class)),
          jdk.getter(Piece.TIMER_QUEUE).asType(MethodType.genericMethodType(1)),
          jdk.field(Piece.TIMER_TASKS, TimerTask[].class),
          jdk.field(Piece.TIMER_SIZE, int.class),
          jdk.field(Piece.TIMER_ACCEPTS, boolean.class),
          jdk.field(Piece.TIMER_TIME, long.class));
    }
  }

  private static final Fields JDK = Fields.resolve(piece -> true);

  private final Thread thread;
  private final Object queue;
  private final TimerTask[] tasks;
  private final int size;
  private final long now;

  private RestingTimer(Thread thread, long now) throws Throwable {
    this.thread = thread;
    this.queue = (Object) JDK.queue.invokeExact((Object) thread);
    this.tasks = ((TimerTask[]) JDK.tasks.get(queue)).clone();
    this.size = (int) JDK.size.get(queue);
    this.now = now;
  }

  /** Looks everything up; {@code present} is described at {@link JdkLookup}. */
  static void resolve(Predicate<Piece> present) {
    Fields.resolve(present);
  }

  /**
   * What is to be kept of a thread that ends now; null if it is no timer's.
   *
   * @param now the date of its loop in milliseconds
   */
  static @Nullable RestingTimer of(Thread thread, long now) {
    if (!LaterWork.isOfTimer(thread)) {
      return null;
    }
    try {
      return new RestingTimer(thread, now);
    } catch (Throwable e) {
      throw unreadable(e);
    }
  }

  /** Begins to rest; the thread has ended. */
  void begin() {
    JDK.tasks.set(queue, tasks);
    JDK.size.set(queue, size);
    JDK.accepts.set(thread, true);
    ThreadFields.parkBlocker(thread, this);
  }

  /** Somebody is about to give {@code timer} a task: lets it go on if it rests. */
  static void wake(Object timer) {
    try {
      Thread thread = (Thread) JDK.thread.invokeExact((Timer) timer);
      if (ThreadFields.parkBlocker(thread) instanceof RestingTimer resting
          && (boolean) JDK.accepts.get(thread)) {
        resting.end();
      }
    } catch (Throwable e) {
      throw unreadable(e);
    }
  }

  private void end() {
    AgentHooks.Hooked loop = AgentHooks.ofCaller();
    long passed = (loop == null ? System.currentTimeMillis() : loop.currentTimeMillis()) - now;
    for (TimerTask task : (TimerTask[]) JDK.tasks.get(queue)) {
      if (task != null) {
        JDK.time.set(task, (long) JDK.time.get(task) + passed);
      }
    }
    ThreadFields.unstarted(thread);
    thread.start();
  }

  private static LinkageError unreadable(Throwable cause) {
    return new LinkageError("The queue of a java.util.Timer cannot be read", cause);
  }
}
