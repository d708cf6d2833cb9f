package dev.standstill.agent;

import java.util.List;

/**
 * The rows about work that is handed to a pool, read from JDK 25.0.3: a loop waits for work that it
 * cannot run itself, because the pool's threads live elsewhere.
 *
 * <p>The thread of a {@code ThreadPoolExecutor} has done with its work, its hooks included, when it
 * asks for more or ends.
 */
final class HandOverRewrites {

  private static final String THREAD_POOL = "java/util/concurrent/ThreadPoolExecutor";
  private static final String SCHEDULED_POOL = "java/util/concurrent/ScheduledThreadPoolExecutor";
  private static final String FORK_JOIN_POOL = "java/util/concurrent/ForkJoinPool";
  private static final String FORK_JOIN_TASK = "java/util/concurrent/ForkJoinTask";
  private static final String DISCARD_OLDEST = THREAD_POOL + "$DiscardOldestPolicy";
  private static final String WORKER = "Ljava/util/concurrent/ThreadPoolExecutor$Worker;";

  private static final String OUTSIDE_IS_WAITED_FOR =
      "a loop waits for work that it has handed to a pool of others";
  private static final String ONE_CLOCK = "a scheduled pool and those who use it read one clock";

  private static final Edit ENDS = new Edit.CallAtStart(Hook.ofPools("ends"));

  static final List<MethodRewrite> TABLE =
      List.of(
          tell(THREAD_POOL, "execute", "(Ljava/lang/Runnable;)V"),
          tell(
              SCHEDULED_POOL,
              "delayedExecute",
              "(Ljava/util/concurrent/RunnableScheduledFuture;)V"),
          tell(
              FORK_JOIN_POOL,
              "poolSubmit",
              "(ZLjava/util/concurrent/ForkJoinTask;)Ljava/util/concurrent/ForkJoinTask;"),
          tell(THREAD_POOL, "reject", "(Ljava/lang/Runnable;)V"),
          row(
              THREAD_POOL,
              "remove",
              "(Ljava/lang/Runnable;)Z",
              new Edit.TellResult(Hook.ofPools("removed"), "(ZLjava/lang/Runnable;)V")),
          row(
              THREAD_POOL,
              "drainQueue",
              "()Ljava/util/List;",
              new Edit.TellResult(Hook.ofPools("drained"), "(Ljava/util/List;)V")),
          row(
              DISCARD_OLDEST,
              "rejectedExecution",
              "(Ljava/lang/Runnable;Ljava/util/concurrent/ThreadPoolExecutor;)V",
              new Edit.FilterResult(
                  "java/util/concurrent/BlockingQueue",
                  "poll",
                  Hook.ofPools("dropped"),
                  "(Ljava/lang/Object;)Ljava/lang/Object;")),
          row(
              THREAD_POOL,
              "runWorker",
              "(" + WORKER + ")V",
              new Edit.TellLastArgument(
                  THREAD_POOL, "beforeExecute", Hook.ofPools("begins"), "(Ljava/lang/Runnable;)V")),
          row(THREAD_POOL, "getTask", "()Ljava/lang/Runnable;", ENDS),
          row(THREAD_POOL, "processWorkerExit", "(" + WORKER + "Z)V", ENDS),
          row(FORK_JOIN_TASK, "doExec", "()V", new Edit.Tell(Hook.ofPools("begins"))),
          row(
              FORK_JOIN_TASK,
              "doExec",
              "()V",
              new Edit.TellAtEnd(Hook.ofPools("ends"), "(Ljava/util/concurrent/ForkJoinTask;)V")),
          new MethodRewrite(
              "java/util/Timer",
              "sched",
              "(Ljava/util/TimerTask;JJ)V",
              new Edit.Tell(Hook.ofPools("sched")),
              "a timer that outlives its loop goes on on the next"),
          new MethodRewrite(
              SCHEDULED_POOL,
              "triggerTime",
              "(J)J",
              new Edit.AskWithReceiver(
                  "java/lang/System",
                  "nanoTime",
                  Hook.ofPools("nanoTime"),
                  "(Ljava/util/concurrent/ScheduledThreadPoolExecutor;)J"),
              ONE_CLOCK));

  private HandOverRewrites() {}

  private static MethodRewrite tell(String type, String method, String descriptor) {
    return row(type, method, descriptor, new Edit.Tell(Hook.ofPools(method)));
  }

  private static MethodRewrite row(String type, String method, String descriptor, Edit edit) {
    return new MethodRewrite(type, method, descriptor, edit, OUTSIDE_IS_WAITED_FOR);
  }
}
