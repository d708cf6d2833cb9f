package dev.standstill.jdk;

import java.lang.invoke.VarHandle;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The loop's end of the agent's hooks.
 *
 * <p>The agent defines {@code java.lang.StandstillHooks} and lets rewritten code call it; here its
 * delegates are bound to the scheduler of the calling task. A scheduler takes part by implementing
 * {@link Hooked}.
 */
public final class AgentHooks {

  /**
   * What tasks share as the threads of a JVM do: all tasks of a loop that are in no other process,
   * or those of one of its processes. What a task starts is in its process. Each method is called
   * by one of the tasks.
   */
  public interface Process extends Executor {

    /** The loop that runs the tasks. Any thread may call. */
    Hooked loop();

    /** What {@code System.currentTimeMillis()} returns. */
    long currentTimeMillis();

    /**
     * What {@code jdk.internal.misc.VM.getNanoTimeAdjustment} returns: nanoseconds since {@code
     * offsetSeconds} after the epoch, or -1 if they are too many.
     */
    long nanoTimeAdjustment(long offsetSeconds);

    /** Where {@code CompletableFuture} runs what has no executor. */
    Executor asyncExecutor();

    /** Runs a delayed action of {@code CompletableFuture}, which is a {@code Runnable}, in time. */
    void scheduleDelayed(ScheduledFuture<?> action);

    /** {@code System.exit} was called; returns only if the JVM shall exit. */
    void exit(int status);

    /** {@code Runtime.halt} was called; returns only if the JVM shall end. */
    void halt(int status);

    /** Registers a shutdown hook, as {@code Runtime.addShutdownHook} does. */
    void addShutdownHook(Thread hook);

    /** Takes a shutdown hook out again; false if it was not registered here. */
    boolean removeShutdownHook(Thread hook);

    /** What tasks get for the common pool. */
    ForkJoinPool commonPool();

    /** What there is in place of what libraries have once in a JVM. */
    LibraryTwins twins();
  }

  /**
   * A scheduler whose tasks live in virtual time. Each method is called by one of its tasks. No
   * method is a default one: a tool for coverage links a constant in those, and that leads here
   * again.
   */
  public interface Hooked extends Process {

    /** What {@code System.nanoTime()} returns. Any thread may call. */
    long nanoTime();

    /** The calling task may have made another ready. */
    void handsOver();

    /**
     * The program of the calling task is about to take a lock, or has given one back or notified.
     */
    void atHandOver();

    /** Starts a thread for the calling task, which tells later that it has made another ready. */
    void startWithoutHandOver(Thread thread);

    /** Where the calling task tells what it is about to do; null unless schedules are explored. */
    @Nullable SwitchPoints switchPoints();

    /** The calling task is about to ask for the time, by whichever clock. */
    void readsClock();

    /** The calling task begins, or ends, to wait for something outside the loop. */
    void waitsOutside(boolean waits);

    /** The calling task begins to wait for the end of a process. */
    void waitsForProcess();

    /** The calling task begins to wait for a thread of the JDK that is not the loop's. */
    void waitsFor(JdkService service);

    /** The calling task is about to wait for an event, 0 for any, of a file descriptor. */
    void polls(int file, int event);

    /** A future keeps what the calling task has thrown. */
    void keepsFailure(Throwable failure);

    /** Handles a park of a task that cannot unmount; false to park the carrier. */
    boolean parkPinned(long nanos);

    /** Whether tasks shall end that wait for nothing but more work. */
    boolean isEnding();

    /** Something may have happened outside that the loop waits for. Any thread may call. */
    void wake();

    /** Where tasks get random numbers. */
    Randomness randomness();

    /** Where tasks get the numbers of threads, pools and timers. */
    Numbers numbers();

    /** Where is noted what only reports show. */
    TaskNotes notes();

    /** Handles an exception that has ended a platform thread without handlers of its own. */
    void uncaught(Thread thread, Throwable exception);
  }

  private static final String HOOKS = "java.lang.StandstillHooks";
  private static final long NOT_HOOKED = Long.MIN_VALUE;

  private static boolean active;

  private AgentHooks() {}

  /** Opens to this module what the agent can open; does nothing without the agent. */
  @SuppressWarnings("unchecked")
  static void openJdk() {
    Class<?> hooks = hooks();
    if (hooks != null && read(hooks, "opener") instanceof Consumer<?> opener) {
      ((Consumer<Module>) opener).accept(AgentHooks.class.getModule());
    }
  }

  /**
   * Makes the hooks ask the scheduler of the calling task, from now on.
   *
   * @throws UnsupportedJdkException if the agent found a JDK class that it cannot rewrite
   */
  static synchronized void activate() {
    Class<?> hooks = hooks();
    if (hooks == null) {
      throw new IllegalStateException("The agent is not there; JdkCheck attaches it.");
    }
    if (!active) {
      if (read(hooks, "problem") instanceof Supplier<?> finder
          && finder.get() instanceof String problem) {
        throw UnsupportedJdkException.agent(problem);
      }
      install();
      installShutdown();
      BackedThread.activate();
      HandedOver.activate();
      TaskNotes.activate();
      LibraryTwins.activate();
      Numbers.activate();
      SocketWaits.activate();
      Randomness.activate();
      active = true;
    }
  }

  /** The field in which the JVM's unblocker thread says whom it hands a monitor to. */
  static VarHandle unblocking() {
    return Hooks.field(HOOKS, "unblocking", Thread.class);
  }

  static boolean isAgentThere() {
    return hooks() != null;
  }

  private static @Nullable Class<?> hooks() {
    try {
      return Class.forName(HOOKS, false, null);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  private static @Nullable Object read(Class<?> hooks, String field) {
    try {
      return hooks.getField(field).get(null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("The agent's hooks have no " + field, e);
    }
  }

  /** The scheduler of the calling task if its time is virtual, else null. */
  public static @Nullable Hooked ofCaller() {
    return of(Thread.currentThread());
  }

  /** The scheduler of a task in virtual time; null if the thread is none. */
  static @Nullable Hooked of(Thread thread) {
    Process process = processOf(thread);
    return process == null ? null : process.loop();
  }

  /** The process of the calling task if its time is virtual, else null. */
  public static @Nullable Process processOfCaller() {
    return processOf(Thread.currentThread());
  }

  private static @Nullable Process processOf(Thread thread) {
    return VirtualThreads.schedulerOf(thread) instanceof Process process ? process : null;
  }

  private static void install() {
    Hooks.activate(
        HOOKS,
        (LongSupplier)
            () ->
                processOfReader() instanceof Process process
                    ? process.loop().nanoTime()
                    : System.nanoTime(),
        (LongSupplier)
            () ->
                processOfReader() instanceof Process process
                    ? process.currentTimeMillis()
                    : System.currentTimeMillis(),
        (LongUnaryOperator)
            offset ->
                processOfReader() instanceof Process process
                    ? process.nanoTimeAdjustment(offset)
                    : NOT_HOOKED,
        (UnaryOperator<Executor>)
            jdk -> processOfCaller() instanceof Process process ? process.asyncExecutor() : jdk,
        (Predicate<ScheduledFuture<?>>) AgentHooks::scheduleDelayed,
        tell(loop -> loop.waitsOutside(true)),
        tell(Hooked::waitsForProcess),
        (Consumer<Object>) AgentHooks::waitsForService,
        tell(loop -> loop.waitsOutside(false)),
        (LongPredicate) nanos -> ofCaller() instanceof Hooked loop && loop.parkPinned(nanos),
        (IntPredicate) AgentHooks::exit);
  }

  /** The same for a task that is about to ask for the time. */
  private static @Nullable Process processOfReader() {
    Process process = processOfCaller();
    if (process != null) {
      process.loop().readsClock();
    }
    return process;
  }

  private static void installShutdown() {
    Hooks.activate(
        "java.lang.StandstillShutdown",
        (Predicate<Thread>) AgentHooks::addShutdownHook,
        (Predicate<Thread>)
            hook ->
                processOfCaller() instanceof Process process && process.removeShutdownHook(hook),
        (IntPredicate)
            status -> {
              if (processOfCaller() instanceof Process process) {
                process.halt(status);
              }
              return false;
            });
  }

  private static boolean addShutdownHook(Thread hook) {
    Process process = isOfTheJdk(hook) ? null : processOfCaller();
    if (process != null) {
      process.addShutdownHook(hook);
    }
    return process != null;
  }

  /** What the JDK cleans up, such as its logging, is for the whole JVM. */
  private static boolean isOfTheJdk(Thread hook) {
    return !hook.isVirtual()
        && hook.getClass() != Thread.class
        && hook.getClass().getClassLoader() == null;
  }

  static void handsOver() {
    Hooked loop = ofCaller();
    if (loop != null) {
      loop.handsOver();
    }
  }

  static void atHandOver() {
    Hooked loop = ofCaller();
    if (loop != null) {
      loop.atHandOver();
    }
  }

  private static boolean scheduleDelayed(ScheduledFuture<?> action) {
    Process process = processOfCaller();
    if (process != null) {
      process.scheduleDelayed(action);
    }
    return process != null;
  }

  private static void waitsForService(Object waitedIn) {
    Hooked loop = ofCaller();
    JdkService service = loop == null ? null : JdkService.of(waitedIn, loop);
    if (loop != null && service != null) {
      loop.waitsFor(service);
    }
  }

  private static boolean exit(int status) {
    if (processOfCaller() instanceof Process process) {
      process.exit(status);
    }
    return false;
  }

  private static Runnable tell(Consumer<Hooked> what) {
    return () -> {
      Hooked loop = ofCaller();
      if (loop != null) {
        what.accept(loop);
      }
    };
  }
}
