package dev.standstill.agent;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The table of methods of the JDK that are rewritten, read from JDK 25.0.3. Each row says why; a
 * row that finds nothing to rewrite is reported, never skipped in silence.
 */
final class Rewrites {

  private static final String FUTURE = "java/util/concurrent/CompletableFuture";
  private static final String DELAYED_EXECUTOR =
      "java/util/concurrent/CompletableFuture$DelayedExecutor";
  private static final String POLLER = "sun/nio/ch/Poller";
  private static final String VIRTUAL_THREAD = "java/lang/VirtualThread";
  private static final String SELECTOR = "sun/nio/ch/SelectorImpl";
  private static final String RUNTIME = "java/lang/Runtime";

  private static final String POOL = "java/util/concurrent/ForkJoinPool";
  private static final String LOCK_SUPPORT = "java/util/concurrent/locks/LockSupport";
  private static final String EXECUTOR = "Ljava/util/concurrent/Executor;";

  private static final Edit ASYNC_POOL =
      new Edit.FilterField(
          "ASYNC_POOL", Hook.ofWaits("asyncExecutor"), "(" + EXECUTOR + ")" + EXECUTOR);
  private static final Edit DELAYED_TASK =
      new Edit.OfferArgument(
          POOL,
          "scheduleDelayedTask",
          Hook.ofWaits("scheduleDelayed"),
          "(Ljava/util/concurrent/ScheduledFuture;)Z");
  private static final Edit PARK =
      new Edit.ReplaceCall(LOCK_SUPPORT, "park", Hook.ofWaits("parkOutside"), "()V");
  private static final Edit PARK_NANOS =
      new Edit.ReplaceCall(LOCK_SUPPORT, "parkNanos", Hook.ofWaits("parkOutside"), "(J)V");

  private static final Edit BEGINS_WAIT = new Edit.CallAtStart(Hook.ofWaits("beginsWait"));

  private static final String ASYNC_RUNS_ON_LOOP =
      "asynchronous stages without an executor run on the loop of the task that makes them";
  private static final String DELAYS_ARE_VIRTUAL =
      "timeouts and delayed executors follow the clock of the loop";
  private static final String OUTSIDE_IS_KNOWN =
      "the loop knows that a task waits for something outside of it";
  private static final String PINNED_PARK_IS_SEEN =
      "a task that parks while it is pinned does not stop the whole loop";
  private static final String HOOKS_RUN_ON_LOOP =
      "the shutdown hooks of a task run on the task's loop";
  private static final String OTHERS_RUN_FIRST =
      "a task that waits again and again though it is interrupted does not hold its carrier";
  private static final String EXIT_ENDS_RUN = "exit ends a run of the loop and not the JVM";

  /*
   * The thread that unblocks virtual threads clears onWaitingList first and calls unblock() then; in
   * between, and until unblock() has returned, nothing shows that it still has something to do to
   * them. So it notes whom it unblocks from before the one until after the other.
   */
  private static final String HAND_OVER_IS_SEEN =
      "a monitor on its way to a task can be seen at every moment";

  private static final List<MethodRewrite> WAITS =
      List.of(
          new MethodRewrite(
              FUTURE,
              "supplyAsync",
              "(Ljava/util/function/Supplier;)Ljava/util/concurrent/CompletableFuture;",
              ASYNC_POOL,
              ASYNC_RUNS_ON_LOOP),
          new MethodRewrite(
              FUTURE,
              "runAsync",
              "(Ljava/lang/Runnable;)Ljava/util/concurrent/CompletableFuture;",
              ASYNC_POOL,
              ASYNC_RUNS_ON_LOOP),
          new MethodRewrite(
              FUTURE, "defaultExecutor", "()" + EXECUTOR, ASYNC_POOL, ASYNC_RUNS_ON_LOOP),
          new MethodRewrite(
              FUTURE,
              "delayedExecutor",
              "(JLjava/util/concurrent/TimeUnit;)" + EXECUTOR,
              ASYNC_POOL,
              ASYNC_RUNS_ON_LOOP),
          new MethodRewrite(
              FUTURE,
              "arrangeTimeout",
              "(JLjava/util/concurrent/CompletableFuture$Timeout;)V",
              DELAYED_TASK,
              DELAYS_ARE_VIRTUAL),
          new MethodRewrite(
              DELAYED_EXECUTOR,
              "execute",
              "(Ljava/lang/Runnable;)V",
              DELAYED_TASK,
              DELAYS_ARE_VIRTUAL),
          new MethodRewrite(
              POLLER, "poll", "(IJLjava/util/function/BooleanSupplier;)V", PARK, OUTSIDE_IS_KNOWN),
          new MethodRewrite(
              POLLER,
              "poll",
              "(IIJLjava/util/function/BooleanSupplier;)V",
              new Edit.TellFirstArguments(Hook.ofSockets("poll"), "(II)V"),
              OUTSIDE_IS_KNOWN),
          new MethodRewrite(
              POLLER,
              "pollSelector",
              "(IJ)V",
              new Edit.TellFirstArguments(Hook.ofSockets("pollSelector"), "(I)V"),
              OUTSIDE_IS_KNOWN),
          new MethodRewrite(
              POLLER,
              "poll",
              "(IJLjava/util/function/BooleanSupplier;)V",
              PARK_NANOS,
              OUTSIDE_IS_KNOWN),
          new MethodRewrite(
              VIRTUAL_THREAD,
              "parkOnCarrierThread",
              "(ZJ)V",
              new Edit.ReturnIf(Hook.ofWaits("parkPinned")),
              PINNED_PARK_IS_SEEN),
          new MethodRewrite(VIRTUAL_THREAD, "park", "()V", BEGINS_WAIT, OTHERS_RUN_FIRST),
          new MethodRewrite(VIRTUAL_THREAD, "parkNanos", "(J)V", BEGINS_WAIT, OTHERS_RUN_FIRST),
          new MethodRewrite(
              SELECTOR,
              "lockAndDoSelect",
              "(Ljava/util/function/Consumer;J)I",
              BEGINS_WAIT,
              OTHERS_RUN_FIRST),
          new MethodRewrite(
              VIRTUAL_THREAD,
              "compareAndSetOnWaitingList",
              "(ZZ)Z",
              new Edit.TellUnlessArgument(Hook.ofWaits("unblockBegins")),
              HAND_OVER_IS_SEEN),
          new MethodRewrite(
              VIRTUAL_THREAD,
              "unblock",
              "()V",
              new Edit.CallAtEnd(Hook.ofWaits("unblockEnds")),
              HAND_OVER_IS_SEEN),
          new MethodRewrite(
              RUNTIME, "exit", "(I)V", new Edit.ReturnIf(Hook.ofWaits("exit")), EXIT_ENDS_RUN),
          new MethodRewrite(
              RUNTIME, "halt", "(I)V", new Edit.ReturnIf(Hook.ofShutdown("halt")), EXIT_ENDS_RUN),
          new MethodRewrite(
              RUNTIME,
              "addShutdownHook",
              "(Ljava/lang/Thread;)V",
              new Edit.ReturnIf(Hook.ofShutdown("addShutdownHook")),
              HOOKS_RUN_ON_LOOP),
          new MethodRewrite(
              RUNTIME,
              "removeShutdownHook",
              "(Ljava/lang/Thread;)Z",
              new Edit.ReturnIf(Hook.ofShutdown("removeShutdownHook")),
              HOOKS_RUN_ON_LOOP));

  /** All rows. */
  static final List<MethodRewrite> TABLE = table();

  /** Is there only on Linux. */
  private static final MethodRewrite GROUP_OF_CHANNELS =
      new MethodRewrite(
          "sun/nio/ch/EPollPort$EventHandlerTask",
          "poll",
          "()Lsun/nio/ch/EPollPort$Event;",
          new Edit.FilterField("epfd", Hook.ofSockets("awaitEvents"), "(I)I"),
          "the threads of a group of asynchronous channels do not hold their carrier");

  private static final MethodRewrite TIMEOUTS_OF_CHANNELS =
      new MethodRewrite(
          "sun/nio/ch/AsynchronousChannelGroupImpl",
          "<init>",
          "(Ljava/nio/channels/spi/AsynchronousChannelProvider;Lsun/nio/ch/ThreadPool;)V",
          new Edit.FilterResult(
              "sun/nio/ch/ThreadPool",
              "defaultThreadFactory",
              Hook.ofThreads("threadsOfTimeouts"),
              "(Ljava/util/concurrent/ThreadFactory;)Ljava/util/concurrent/ThreadFactory;"),
          DELAYS_ARE_VIRTUAL);

  /** Rows of classes that may be missing, be others than those that were read, or load late. */
  private static final List<MethodRewrite> OPTIONAL =
      List.of(
          Extensions.REWRITE,
          Statements.REWRITE,
          PoolRewrites.CLOSE_OF_HTTP_CLIENT,
          GROUP_OF_CHANNELS,
          TIMEOUTS_OF_CHANNELS,
          SocketRewrites.THREADS_OF_GROUPS,
          SocketRewrites.DEFAULT_GROUP,
          SocketRewrites.LOCAL_HOST);

  /** The internal names of the classes that have rows. */
  static final List<String> TYPES = types();

  private Rewrites() {}

  private static List<MethodRewrite> table() {
    List<MethodRewrite> table = new ArrayList<>(WAITS);
    table.addAll(ProcessRewrites.TABLE);
    table.addAll(ServiceRewrites.TABLE);
    table.addAll(ThreadRewrites.TABLE);
    table.addAll(OrderRewrites.TABLE);
    table.addAll(WakeRewrites.TABLE);
    table.addAll(PoolRewrites.TABLE);
    table.addAll(HandOverRewrites.TABLE);
    table.addAll(NoteRewrites.TABLE);
    table.addAll(RandomRewrites.TABLE);
    table.addAll(FirstUseRewrites.TABLE);
    table.addAll(SocketRewrites.TABLE);
    return List.copyOf(table);
  }

  private static List<String> types() {
    Set<String> types = new LinkedHashSet<>();
    for (MethodRewrite row : TABLE) {
      types.add(row.type());
    }
    return List.copyOf(types);
  }

  /** Returns the rows of a class that may be missing, given by its internal name. */
  static List<MethodRewrite> optionalOf(String type) {
    return of(type, OPTIONAL);
  }

  /** Returns the rows of a class, given by its internal name. */
  static List<MethodRewrite> of(String type) {
    return of(type, TABLE);
  }

  private static List<MethodRewrite> of(String type, List<MethodRewrite> table) {
    List<MethodRewrite> rows = new ArrayList<>();
    for (MethodRewrite row : table) {
      if (row.type().equals(type)) {
        rows.add(row);
      }
    }
    return rows;
  }
}
