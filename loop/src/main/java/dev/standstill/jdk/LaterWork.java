package dev.standstill.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TimerTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The work that pools and timers hold for later, while their threads are idle. Takes no lock, for a
 * task could be in line for it. A record for the reason given at {@link Internals}.
 *
 * <p>Read from {@code Timer}, {@code ScheduledThreadPoolExecutor} and {@code DelayScheduler}, JDK
 * 25: the thread of a timer has its queue, whose tasks begin at index 1; that which delays the work
 * of a fork-join pool notes how many it holds before it parks.
 *
 * @param timerThread the type of the thread of a timer
 * @param timerQueue {@code (Object) -> Object}
 * @param timerTasks field of such a queue
 * @param timerState field of a timer task
 * @param timerPeriod field of a timer task, 0 if it runs once
 * @param delayer the type of the thread that delays the work of a fork-join pool
 * @param delayed {@code (Object) -> int}
 */
record LaterWork(
    Class<?> timerThread,
    MethodHandle timerQueue,
    VarHandle timerTasks,
    VarHandle timerState,
    VarHandle timerPeriod,
    Class<?> delayer,
    MethodHandle delayed) {

  private static final int SCHEDULED = 1;

  private static final LaterWork JDK = resolve(piece -> true);

  /** Looks everything up; {@code present} is described at {@link JdkLookup}. */
  static LaterWork resolve(Predicate<Piece> present) {
    JdkLookup jdk = new JdkLookup(present);
    return new LaterWork(
        jdk.find(Piece.TIMER_QUEUE, (lookup, owner) -> owner),
        jdk.getter(Piece.TIMER_QUEUE).asType(MethodType.genericMethodType(1)),
        jdk.find(
            Piece.TIMER_TASKS,
            (lookup, owner) -> lookup.findVarHandle(owner, "queue", TimerTask[].class)),
        jdk.field(Piece.TIMER_STATE, int.class),
        jdk.field(Piece.TIMER_PERIOD, long.class),
        jdk.find(Piece.DELAYED_COUNT, (lookup, owner) -> owner),
        jdk.getter(Piece.DELAYED_COUNT).asType(MethodType.methodType(int.class, Object.class)));
  }

  /**
   * What the pool or timer of an idle thread holds for later, such as "1 periodic job"; null if
   * nothing.
   *
   * @param thread the thread as programs see it
   * @param pool its pool, if it is known
   */
  static @Nullable String describe(Thread thread, @Nullable Object pool) {
    try {
      if (JDK.timerThread.isInstance(thread)) {
        return ofTimer(tasksOf(thread));
      }
      if (JDK.delayer.isInstance(thread)) {
        return text(0, (int) JDK.delayed.invokeExact((Object) thread));
      }
      return pool == null ? null : ofPool(PoolQueues.of(pool));
    } catch (Throwable e) {
      throw new LinkageError("What thread " + thread + " holds for later cannot be read", e);
    }
  }

  /** Whether {@code thread} is that of a {@code Timer}. */
  static boolean isOfTimer(Thread thread) {
    return JDK.timerThread.isInstance(thread);
  }

  /** The tasks of a timer that are to run, those that were cancelled left out. */
  static List<TimerTask> tasksOf(Thread timerThread) throws Throwable {
    Object queue = (Object) JDK.timerQueue.invokeExact((Object) timerThread);
    List<TimerTask> tasks = new ArrayList<>();
    for (TimerTask task : (TimerTask[]) JDK.timerTasks.get(queue)) {
      if (task != null && (int) JDK.timerState.get(task) == SCHEDULED) {
        tasks.add(task);
      }
    }
    return tasks;
  }

  private static @Nullable String ofTimer(List<TimerTask> tasks) {
    long periodic = tasks.stream().filter(task -> (long) JDK.timerPeriod.get(task) != 0).count();
    return text(periodic, tasks.size() - periodic);
  }

  private static @Nullable String ofPool(List<Object> works) {
    List<RunnableScheduledFuture<?>> jobs = new ArrayList<>();
    for (Object work : works) {
      if (work instanceof RunnableScheduledFuture<?> job && !job.isDone()) {
        jobs.add(job);
      }
    }
    long periodic = jobs.stream().filter(RunnableScheduledFuture::isPeriodic).count();
    return text(periodic, jobs.size() - periodic);
  }

  private static @Nullable String text(long periodic, long once) {
    List<String> parts =
        Stream.of(count(periodic, "periodic job"), count(once, "job for later"))
            .filter(Objects::nonNull)
            .toList();
    return parts.isEmpty() ? null : String.join(" and ", parts);
  }

  private static @Nullable String count(long number, String what) {
    if (number == 0) {
      return null;
    }
    return number == 1 ? "1 " + what : number + " " + what.replaceFirst("job", "jobs");
  }
}
