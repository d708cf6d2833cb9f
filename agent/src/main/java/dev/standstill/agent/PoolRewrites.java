package dev.standstill.agent;

import java.util.List;

/**
 * The rows about pools and timers whose threads run on a loop, read from JDK 25.0.3.
 *
 * <p>A fork-join pool parks through {@code Unsafe}, which knows no virtual threads. Threads that
 * wait for work ignore interrupts, so a loop that ends tells them otherwise. Queues and barriers
 * that spin before they park burn time on a loop, where nobody else runs meanwhile.
 */
final class PoolRewrites {

  private static final String FORK_JOIN_POOL = "java/util/concurrent/ForkJoinPool";
  private static final String FORK_JOIN_TASK = "java/util/concurrent/ForkJoinTask";
  private static final String DELAY_SCHEDULER = "java/util/concurrent/DelayScheduler";
  private static final String THREAD_POOL = "java/util/concurrent/ThreadPoolExecutor";
  private static final String TIMER_THREAD = "java/util/TimerThread";
  private static final String QUEUE = "java/util/concurrent/BlockingQueue";
  private static final String QUEUE_NODE = "java/util/concurrent/LinkedTransferQueue$DualNode";
  private static final String EXCHANGER = "java/util/concurrent/Exchanger";
  private static final String PHASER = "java/util/concurrent/Phaser";
  private static final String UNSAFE = "jdk/internal/misc/Unsafe";
  private static final String POOL = "Ljava/util/concurrent/ForkJoinPool;";
  private static final String THREAD = "Ljava/lang/Thread;";
  private static final String WORK_QUEUE = "Ljava/util/concurrent/ForkJoinPool$WorkQueue;";

  private static final Edit PARK =
      new Edit.ReplaceCall(UNSAFE, "park", Hook.ofThreads("parkIdle"), "(Ljava/lang/Object;ZJ)V");
  private static final Edit UNPARK =
      new Edit.ReplaceCall(
          UNSAFE, "unpark", Hook.ofThreads("unpark"), "(Ljava/lang/Object;Ljava/lang/Object;)V");
  private static final Edit COMMON_POOL =
      new Edit.FilterField("common", Hook.ofThreads("commonPool"), "(" + POOL + ")" + POOL);

  private static final Edit LOOKS =
      new Edit.ReplaceCall("java/lang/Math", "max", Hook.ofThreads("looks"), "(II)I");

  private static final Edit WORKER =
      new Edit.FilterResult(
          "jdk/internal/access/JavaLangAccess",
          "currentCarrierThread",
          Hook.ofThreads("worker"),
          "(" + THREAD + ")" + THREAD);

  private static final String WORKERS_PARK = "the workers of a pool park as tasks of the loop";
  private static final String OWN_QUEUE =
      "a worker knows its own queue, also as a task of the loop";
  private static final String POOL_OF_LOOP = "each loop has a common pool of its own";
  private static final String IDLE_ENDS = "a pool's thread ends with its loop";
  private static final String CLOSING_HAS_NO_TIMER =
      "who closes a pool waits for its end, and not for the next day";
  private static final String NO_SPINNING = "a task parks where it would spin in vain";

  static final List<MethodRewrite> TABLE =
      List.of(
          pool("signalWork", "()V", UNPARK, WORKERS_PARK),
          pool("releaseWaiters", "()V", UNPARK, WORKERS_PARK),
          pool("tryTrim", "(" + WORK_QUEUE + "IJ)I", UNPARK, WORKERS_PARK),
          pool("tryCompensate", "(J)I", UNPARK, WORKERS_PARK),
          pool("awaitWork", "(" + WORK_QUEUE + "I)I", PARK, WORKERS_PARK),
          new MethodRewrite(DELAY_SCHEDULER, "signal", "()I", UNPARK, WORKERS_PARK),
          new MethodRewrite(DELAY_SCHEDULER, "loop", "(" + POOL + ")V", PARK, WORKERS_PARK),
          pool(
              "poolSubmit",
              "(ZLjava/util/concurrent/ForkJoinTask;)Ljava/util/concurrent/ForkJoinTask;",
              WORKER,
              OWN_QUEUE),
          new MethodRewrite(
              "java/util/concurrent/ForkJoinWorkerThread",
              "hasKnownQueuedWork",
              "()Z",
              WORKER,
              OWN_QUEUE),
          pool("helpQuiescePool", "(" + POOL + "JZ)I", COMMON_POOL, POOL_OF_LOOP),
          pool("commonQueue", "()" + WORK_QUEUE, COMMON_POOL, POOL_OF_LOOP),
          pool("commonPool", "()" + POOL, COMMON_POOL, POOL_OF_LOOP),
          pool("asyncCommonPool", "()" + POOL, COMMON_POOL, POOL_OF_LOOP),
          pool("getCommonPoolParallelism", "()I", COMMON_POOL, POOL_OF_LOOP),
          new MethodRewrite(FORK_JOIN_TASK, "awaitDone", "(ZJ)I", COMMON_POOL, POOL_OF_LOOP),
          new MethodRewrite(
              FORK_JOIN_TASK,
              "fork",
              "()Ljava/util/concurrent/ForkJoinTask;",
              COMMON_POOL,
              POOL_OF_LOOP),
          closing("java/util/concurrent/ExecutorService", "close"),
          closing("java/util/concurrent/ThreadPerTaskExecutor", "awaitTermination"),
          idle(THREAD_POOL, "getTask", "()Ljava/lang/Runnable;", QUEUE, "take"),
          idle(THREAD_POOL, "getTask", "()Ljava/lang/Runnable;", QUEUE, "poll"),
          idle(TIMER_THREAD, "mainLoop", "()V", "java/lang/Object", "wait"),
          pool("deactivate", "(" + WORK_QUEUE + "I)I", LOOKS, NO_SPINNING),
          new MethodRewrite(
              QUEUE_NODE,
              "await",
              "(Ljava/lang/Object;JLjava/lang/Object;Z)Ljava/lang/Object;",
              new Edit.FilterField("isUniprocessor", Hook.ofThreads("isUniprocessor"), "(Z)Z"),
              NO_SPINNING),
          new MethodRewrite(
              QUEUE_NODE,
              "await",
              "(Ljava/lang/Object;JLjava/lang/Object;Z)Ljava/lang/Object;",
              new Edit.ReplaceCall(
                  "java/lang/Thread", "onSpinWait", Hook.ofThreads("spinBriefly"), "()V"),
              NO_SPINNING),
          new MethodRewrite(
              EXCHANGER,
              "xchg",
              "(Ljava/lang/Object;J)Ljava/lang/Object;",
              new Edit.FilterField("ncpu", Hook.ofThreads("processors"), "(I)I"),
              NO_SPINNING),
          new MethodRewrite(
              PHASER,
              "internalAwaitAdvance",
              "(ILjava/util/concurrent/Phaser$QNode;)I",
              new Edit.FilterField("SPINS_PER_ARRIVAL", Hook.ofThreads("processors"), "(I)I"),
              NO_SPINNING));

  /** Is there only where the program has the module of the HTTP client. */
  static final MethodRewrite CLOSE_OF_HTTP_CLIENT =
      new MethodRewrite(
          "java/net/http/HttpClient",
          "close",
          "()V",
          new Edit.FilterResult(
              "java/time/Duration",
              "ofDays",
              Hook.ofThreads("untilClosed"),
              "(Ljava/time/Duration;)Ljava/time/Duration;"),
          CLOSING_HAS_NO_TIMER);

  private PoolRewrites() {}

  private static MethodRewrite closing(String type, String method) {
    Edit edit =
        new Edit.ReplaceCall(
            type,
            "awaitTermination",
            Hook.ofThreads("awaitTermination"),
            "(Ljava/util/concurrent/ExecutorService;JLjava/util/concurrent/TimeUnit;)Z");
    return new MethodRewrite(type, method, "()V", edit, CLOSING_HAS_NO_TIMER);
  }

  private static MethodRewrite pool(String method, String descriptor, Edit edit, String why) {
    return new MethodRewrite(FORK_JOIN_POOL, method, descriptor, edit, why);
  }

  private static MethodRewrite idle(
      String type, String method, String descriptor, String owner, String callee) {
    Edit edit = new Edit.CallBefore(owner, callee, Hook.ofThreads("idle"));
    return new MethodRewrite(type, method, descriptor, edit, IDLE_ENDS);
  }
}
