package dev.standstill.agent;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows about libraries that keep threads, and what these work on, in statics, read from
 * kotlinx.coroutines 1.11.0 and 1.7.3, the standard library of Kotlin 2.4, Netty 4.2 and Reactor
 * Netty 1.3. A row that finds nothing in another version is passed over: loops can do without.
 *
 * <p>Coroutines have one scheduler, one dispatcher for input and output, and one executor for
 * delays in a JVM. Each loop has its own, as it has a common pool: where a method of one is called
 * on a loop, the loop's own takes the place of the receiver. So it is with Netty's global executor
 * where the loop has a network of its own.
 */
final class LibraryRewrites {

  private static final String SCHEDULER = "kotlinx/coroutines/scheduling/CoroutineScheduler";
  private static final String WORKER = SCHEDULER + "$Worker";
  private static final String LIMITED = "kotlinx/coroutines/internal/LimitedDispatcher";
  private static final String DELAYS = "kotlinx/coroutines/DefaultExecutor";
  private static final String EVENT_LOOP = "kotlinx/coroutines/EventLoopImplBase";
  private static final String PROBES = "kotlin/coroutines/jvm/internal/DebugProbesKt";

  private static final String NETTY = "io/netty/util/concurrent/";
  private static final String GLOBAL = NETTY + "GlobalEventExecutor";
  private static final String SCHEDULED = NETTY + "AbstractScheduledEventExecutor";
  private static final String DELAY =
      "JLjava/util/concurrent/TimeUnit;)Lio/netty/util/concurrent/ScheduledFuture;";

  private static final String REACTOR_NETTY = "reactor/netty/";
  private static final String HTTP_RESOURCES = REACTOR_NETTY + "http/HttpResources";
  private static final String TCP_RESOURCES = REACTOR_NETTY + "tcp/TcpResources";

  private static final String DISPATCH =
      "(Lkotlin/coroutines/CoroutineContext;Ljava/lang/Runnable;)V";
  private static final String FRAME = "(Lkotlin/coroutines/Continuation;)V";
  private static final String THREAD = "()Ljava/lang/Thread;";

  private static final Edit OF_LOOP = new Edit.ReplaceReceiver(Hook.ofLibraries("ofLoop"));
  private static final Edit OWN_THREAD =
      new Edit.OwnStatic("_thread", Hook.ofLibraries("ownThread"), Hook.ofLibraries("keepsThread"));

  private static final String DISPATCHER_OF_LOOP =
      "each loop has dispatchers of coroutines of its own";
  private static final String DELAYS_OF_LOOP = "each loop has an executor of delays of its own";
  private static final String GLOBAL_OF_LOOP =
      "each loop has a global executor of Netty of its own";
  private static final String RESOURCES_OF_LOOP =
      "each loop has event loops and connections of Reactor Netty of its own";
  private static final String IDLE_ENDS = "idle threads of coroutines end with their loop";
  private static final String HUNG_ARE_TOLD = "a report tells where coroutines are suspended";

  private static final List<MethodRewrite> OF_KOTLIN_AND_NETTY =
      List.of(
          of(SCHEDULER, "dispatch", "(Ljava/lang/Runnable;ZZ)V", OF_LOOP, DISPATCHER_OF_LOOP),
          // Until 1.9.
          of(
              SCHEDULER,
              "dispatch",
              "(Ljava/lang/Runnable;Lkotlinx/coroutines/scheduling/TaskContext;Z)V",
              OF_LOOP,
              DISPATCHER_OF_LOOP),
          of(LIMITED, "dispatch", DISPATCH, OF_LOOP, DISPATCHER_OF_LOOP),
          of(LIMITED, "dispatchYield", DISPATCH, OF_LOOP, DISPATCHER_OF_LOOP),
          of(WORKER, "park", "()V", new Edit.CallAtStart(Hook.ofThreads("idle")), IDLE_ENDS),
          of(
              DELAYS,
              "invokeOnTimeout",
              "(JLjava/lang/Runnable;Lkotlin/coroutines/CoroutineContext;)Lkotlinx/coroutines/DisposableHandle;",
              OF_LOOP,
              DELAYS_OF_LOOP),
          of(DELAYS, "enqueue", "(Ljava/lang/Runnable;)V", OF_LOOP, DELAYS_OF_LOOP),
          of(
              EVENT_LOOP,
              "scheduleResumeAfterDelay",
              "(JLkotlinx/coroutines/CancellableContinuation;)V",
              OF_LOOP,
              DELAYS_OF_LOOP),
          of(
              EVENT_LOOP,
              "schedule",
              "(JLkotlinx/coroutines/EventLoopImplBase$DelayedTask;)V",
              OF_LOOP,
              DELAYS_OF_LOOP),
          of(DELAYS, "getThread", THREAD, OWN_THREAD, DELAYS_OF_LOOP),
          of(DELAYS, "createThreadSync", THREAD, OWN_THREAD, DELAYS_OF_LOOP),
          of(DELAYS, "run", "()V", OWN_THREAD, DELAYS_OF_LOOP),
          of(
              DELAYS,
              "run",
              "()V",
              new Edit.CallBefore(
                  "java/util/concurrent/locks/LockSupport", "parkNanos", Hook.ofThreads("idle")),
              IDLE_ENDS),
          of(
              PROBES,
              "probeCoroutineCreated",
              "(Lkotlin/coroutines/Continuation;)Lkotlin/coroutines/Continuation;",
              tell("begins"),
              HUNG_ARE_TOLD),
          of(PROBES, "probeCoroutineSuspended", FRAME, tell("suspends"), HUNG_ARE_TOLD),
          of(PROBES, "probeCoroutineResumed", FRAME, tell("resumes"), HUNG_ARE_TOLD),
          of(GLOBAL, "execute", "(Ljava/lang/Runnable;)V", OF_LOOP, GLOBAL_OF_LOOP),
          of(GLOBAL, "inEventLoop", "(Ljava/lang/Thread;)Z", OF_LOOP, GLOBAL_OF_LOOP),
          of(
              GLOBAL,
              "awaitInactivity",
              "(JLjava/util/concurrent/TimeUnit;)Z",
              OF_LOOP,
              GLOBAL_OF_LOOP),
          of(SCHEDULED, "schedule", "(Ljava/lang/Runnable;" + DELAY, OF_LOOP, GLOBAL_OF_LOOP),
          of(
              SCHEDULED,
              "schedule",
              "(Ljava/util/concurrent/Callable;" + DELAY,
              OF_LOOP,
              GLOBAL_OF_LOOP),
          of(
              SCHEDULED,
              "scheduleAtFixedRate",
              "(Ljava/lang/Runnable;J" + DELAY,
              OF_LOOP,
              GLOBAL_OF_LOOP),
          of(
              SCHEDULED,
              "scheduleWithFixedDelay",
              "(Ljava/lang/Runnable;J" + DELAY,
              OF_LOOP,
              GLOBAL_OF_LOOP));

  private static final List<MethodRewrite> TABLE = table();

  private LibraryRewrites() {}

  private static List<MethodRewrite> table() {
    List<MethodRewrite> table = new ArrayList<>(OF_KOTLIN_AND_NETTY);
    table.addAll(resources(HTTP_RESOURCES, "httpResources"));
    table.addAll(resources(TCP_RESOURCES, "tcpResources"));
    return table;
  }

  /** The event loops and connections that all clients and servers of Reactor Netty share. */
  private static List<MethodRewrite> resources(String type, String field) {
    Edit ofLoop = new Edit.StaticOfLoop(field, Hook.ofLibraries("ofLoop"));
    String self = ")L" + type + ";";
    return List.of(
        of(type, "get", "(" + self, ofLoop, RESOURCES_OF_LOOP),
        of(type, "reset", "(" + self, ofLoop, RESOURCES_OF_LOOP),
        of(
            type,
            "set",
            "(Lreactor/netty/resources/ConnectionProvider;" + self,
            ofLoop,
            RESOURCES_OF_LOOP),
        of(
            type,
            "set",
            "(Lreactor/netty/resources/LoopResources;" + self,
            ofLoop,
            RESOURCES_OF_LOOP),
        of(type, "disposeLoopsAndConnections", "()V", ofLoop, RESOURCES_OF_LOOP),
        of(
            type,
            "lambda$disposeLoopsAndConnectionsLater$0",
            "(Ljava/time/Duration;Ljava/time/Duration;)Lreactor/core/publisher/Mono;",
            ofLoop,
            RESOURCES_OF_LOOP));
  }

  private static Edit tell(String hook) {
    return new Edit.TellFirstArguments(Hook.ofLibraries(hook), "(Ljava/lang/Object;)V");
  }

  private static MethodRewrite of(
      String type, String method, String descriptor, Edit edit, String why) {
    return new MethodRewrite(type, method, descriptor, edit, why);
  }

  /** Returns the rows of a class, given by its internal name. */
  static List<MethodRewrite> of(String type) {
    if (!type.startsWith("kotlin") && !type.startsWith(NETTY) && !type.startsWith(REACTOR_NETTY)) {
      return List.of();
    }
    List<MethodRewrite> rows = new ArrayList<>();
    for (MethodRewrite row : TABLE) {
      if (row.type().equals(type)) {
        rows.add(row);
      }
    }
    return rows;
  }
}
