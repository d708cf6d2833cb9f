package dev.standstill;

import dev.standstill.core.OutsideCall;
import dev.standstill.jdk.OutsideThreads;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one at a time on one carrier thread. A task is a virtual thread: when it blocks, the
 * loop runs the next; when none can run, the loop sleeps until a timer is due or another thread
 * hands work over. Ready tasks run first in, first out.
 *
 * <pre>{@code
 * try (EventLoop loop = EventLoop.open()) {
 *   String both = loop.run(() -> {
 *     Task<String> left = loop.spawn("left", () -> fetch("left"));
 *     Task<String> right = loop.spawn("right", () -> fetch("right"));
 *     return left.get() + right.get();
 *   });
 * }
 * }</pre>
 *
 * <p>Virtual threads that a task starts, in whatever way, are tasks of the same loop. Tasks never
 * run at the same time, so plain fields that only tasks of one loop touch need no lock; but any
 * blocking call may let another task run.
 *
 * <p>Any thread may call any method unless it says otherwise. What a thread did before it handed
 * work to a loop happens-before that work. A loop is a {@code ScheduledExecutorService} whose every
 * execution is a task of its own; on a loop that was opened, those run while a thread is in {@link
 * #run} or {@link #runForever}. What is given to {@code execute} may share its virtual thread with
 * what was given before and has ended, but none of what that has left there. {@link #shutdown}
 * refuses new work and lets the tasks that have started go on; {@link #shutdownNow} interrupts
 * them, too, cancels what is scheduled, and returns an empty list, since a task is its own handle.
 *
 * <p>Exceptions of tasks that nobody waits for go to the {@linkplain #setUncaughtExceptionHandler
 * handler}, by default the log.
 *
 * <p>This interface is not meant to be implemented by users.
 */
public interface EventLoop extends ScheduledExecutorService {

  /** What a new loop does to the current loop of the thread that opens it. */
  enum Current {
    /** The new loop becomes current if the thread has no current loop. */
    UNLESS_SET,
    /** The new loop becomes current instead of the one that was. */
    REPLACE,
    /** The new loop becomes current; if the thread has a current loop, no loop is opened. */
    REFUSE,
    /** The current loop, or that there is none, stays as it is. */
    LEAVE
  }

  /** What happens to work that is handed over while the {@linkplain #setLimit limit} is reached. */
  enum WhenFull {
    /** The method throws {@code RejectedExecutionException}. */
    REFUSE,
    /** The caller waits until a task has ended. */
    WAIT
  }

  /**
   * Makes a loop that runs on the thread that calls {@link #run} or {@link #runForever}, and makes
   * it current for the calling thread unless that has a current loop.
   *
   * @return a new loop, named after the calling thread
   * @throws IllegalStateException if this JVM lacks what loops rely on; the message says what to do
   */
  static EventLoop open() {
    return open(Current.UNLESS_SET);
  }

  /**
   * Like {@link #open()}, with a name for messages.
   *
   * @param name the loop's name
   * @return a new loop
   * @throws IllegalStateException if this JVM lacks what loops rely on; the message says what to do
   */
  static EventLoop open(String name) {
    return open(name, Current.UNLESS_SET);
  }

  /**
   * Like {@link #open()}, and says whether the loop becomes current.
   *
   * @param current what happens to the current loop of the calling thread
   * @return a new loop, named after the calling thread
   * @throws IllegalStateException if {@code current} does not allow it in this thread, or if this
   *     JVM lacks what loops rely on; the message says what to do
   */
  static EventLoop open(Current current) {
    return open(Thread.currentThread().getName(), current);
  }

  /**
   * Like {@link #open()}, with a name, and says whether the loop becomes current.
   *
   * @param name the loop's name
   * @param current what happens to the current loop of the calling thread
   * @return a new loop
   * @throws IllegalStateException if {@code current} does not allow it in this thread, or if this
   *     JVM lacks what loops rely on; the message says what to do
   */
  static EventLoop open(String name, Current current) {
    return CurrentLoop.open(current, () -> RealTimeLoop.open(name));
  }

  /**
   * Makes a loop that runs at once, on a daemon thread of its own, until it is closed. The current
   * loop of the calling thread stays as it is.
   *
   * @param name the name of the loop and of its thread
   * @return a new loop
   * @throws IllegalStateException if this JVM lacks what loops rely on; the message says what to do
   */
  static EventLoop start(String name) {
    return RealTimeLoop.start(name);
  }

  /**
   * Returns the current loop: that of the calling task; in a thread that is no task, the one that
   * was opened or set there and is not closed. Where there is none, the {@linkplain #setPolicy
   * policy} decides: the main thread gets {@link #main()}, which is its current loop from then on,
   * all others are refused.
   *
   * @return the loop
   * @throws IllegalStateException if the policy refuses the thread
   */
  static EventLoop current() {
    return CurrentLoop.get();
  }

  /**
   * Returns the current loop, if there is one. The policy is not asked and no loop is made.
   *
   * <pre>{@code
   * EventLoop loop = EventLoop.currentIfPresent().orElseGet(EventLoop::main);
   * }</pre>
   *
   * @return the loop, or empty
   */
  static Optional<EventLoop> currentIfPresent() {
    return Optional.ofNullable(CurrentLoop.ofThread());
  }

  /**
   * Sets the current loop of the calling thread. It stays until another is set or it is closed: a
   * closed loop is nobody's current one.
   *
   * @param loop the loop, or null to have none
   * @throws IllegalStateException if the caller is a task, whose current loop is the one it runs
   *     on, or if the loop is closed
   */
  static void setCurrent(@Nullable EventLoop loop) {
    CurrentLoop.set(loop);
  }

  /**
   * Returns the loop whose task is calling, whatever was set for its thread.
   *
   * @return the loop, or empty in a thread that is no task
   */
  static Optional<EventLoop> running() {
    return Optional.ofNullable(CurrentLoop.ofTask());
  }

  /**
   * Returns the one loop of the process, for threads that share one. It is made on first use, by
   * whichever thread, has no thread of its own, and is nobody's current loop until set. Once it is
   * closed, the next call makes a new one.
   *
   * @return the same loop in every thread
   * @throws IllegalStateException if this JVM lacks what loops rely on; the message says what to do
   */
  static EventLoop main() {
    return CurrentLoop.main();
  }

  /**
   * Sets what {@link #current()} does, in the whole process, in threads that have no loop.
   *
   * @param policy the policy, {@link LoopPolicy#standard()} if never called
   */
  static void setPolicy(LoopPolicy policy) {
    CurrentLoop.setPolicy(Objects.requireNonNull(policy, "policy"));
  }

  /**
   * Returns the loop on a loop that exists already, which runs the tasks on its thread between its
   * own work: a task that blocks, or has much to do, does not hold up the host. While the loop is
   * open and known to anybody, the same host gives the same {@code EventLoop}.
   *
   * <pre>{@code
   * EventLoop loop = EventLoop.on(SwingHost.eventDispatchThread());
   * }</pre>
   *
   * <p>Closing it ends its tasks, and leaves the host open. On the host's thread, {@link #close}
   * does not wait for the tasks, and {@link #run} is refused. If the host ends first, the tasks
   * that are left are cancelled and end on another thread, and the log names them.
   *
   * @param host lends its thread
   * @return the loop, which bears the host's name
   * @throws IllegalStateException if this JVM lacks what loops rely on; the message says what to do
   */
  static EventLoop on(Host host) {
    return WrappedHosts.loopOn(host);
  }

  /**
   * Returns the host of a loop that was made by {@link #on}.
   *
   * @return the host, or empty for a loop on a thread of its own or of its callers
   */
  default Optional<Host> host() {
    return Optional.empty();
  }

  /**
   * Returns an executor that runs each task at once on a platform thread that belongs to no loop,
   * in real time, even if a task of a test loop asks. For what must not follow a loop's time, such
   * as the time-outs of a driver. A task that only wants to wait for something there says {@link
   * #callOutside(Callable)}.
   *
   * <p>A task that waits for a {@code FutureTask} is externally blocked while that runs there.
   * Until it does, and for any other kind of wait, a test has to hold time still.
   *
   * @return the executor; its threads are daemons
   */
  static Executor outside() {
    return OutsideThreads.executor();
  }

  /**
   * Runs {@code body} on a thread outside all loops, and waits for its end: for what would hold the
   * carrier, above all files, for which the operating system lets no thread do something else
   * meanwhile. Other tasks go on; virtual time stands still. A thread that is no task runs it
   * itself.
   *
   * <pre>{@code
   * String text = EventLoop.callOutside(() -> Files.readString(report));
   * List<Path> all =
   *     EventLoop.callOutside(() -> {
   *       try (Stream<Path> paths = Files.walk(folder)) {
   *         return paths.toList();
   *       }
   *     });
   * }</pre>
   *
   * <p>If the task is interrupted, as one that is cancelled or has a {@link Timeout}, the thread
   * outside is interrupted, too, and the task goes on at once. Most calls for files do not heed an
   * interrupt: they go on to their end with nobody waiting, and their result is dropped; what they
   * throw is logged.
   *
   * <p>The body has no current loop, no scoped values and no thread-locals of the task, and may run
   * at the same time as tasks of the loop. What the task did before happens-before the body, and
   * what that did happens-before the task goes on.
   *
   * @param body what to run
   * @param <V> what it computes
   * @return what {@code body} returned
   * @throws InterruptedException if the task is interrupted; if it was before, the body does not
   *     run
   * @throws Exception what {@code body} threw
   */
  static <V extends @Nullable Object> V callOutside(Callable<V> body) throws Exception {
    Objects.requireNonNull(body, "body");
    return CurrentLoop.ofTask() == null ? body.call() : OutsideCall.call(body);
  }

  /**
   * Like {@link #callOutside(Callable)}, for code that returns nothing.
   *
   * <pre>{@code
   * EventLoop.callOutside(() -> Files.delete(report));
   * }</pre>
   *
   * @param body what to run
   * @throws InterruptedException if the task is interrupted; if it was before, the body does not
   *     run
   * @throws Exception what {@code body} threw
   */
  static void callOutside(ThrowingRunnable body) throws Exception {
    callOutside(callable(body));
  }

  /**
   * Returns whether time on this loop is virtual. Then it moves only when all tasks stand still,
   * and a wait that nobody can end any more is told a deadlock by whoever drives the loop.
   *
   * @return false if its tasks live in real time
   */
  default boolean hasVirtualTime() {
    return false;
  }

  /**
   * Returns the loop's name, as messages show it.
   *
   * @return the name
   */
  String name();

  /**
   * Runs {@code body} as a task and returns when it is done. The calling thread drives the loop
   * meanwhile; if another thread does, the caller waits, and takes over when that one leaves.
   *
   * @param body what to run
   * @param <V> what it computes
   * @return what {@code body} returned
   * @throws Exception what {@code body} threw; an {@code InterruptedException} also if the calling
   *     thread is interrupted, which cancels the task
   * @throws IllegalStateException if the caller is a task of this loop, or a virtual thread that
   *     would have to drive it
   * @throws java.util.concurrent.RejectedExecutionException if the loop is closed
   */
  <V extends @Nullable Object> V run(Callable<V> body) throws Exception;

  /**
   * Like {@link #run(Callable)}, for code that returns nothing.
   *
   * @param body what to run
   * @throws Exception what {@code body} threw
   */
  default void run(ThrowingRunnable body) throws Exception {
    run(callable(body));
  }

  /**
   * Drives the loop on the calling thread until {@link #stop} is called or the loop is closed.
   *
   * @throws InterruptedException if the calling thread is interrupted
   * @throws IllegalStateException if the caller is a virtual thread, or the loop runs on a thread
   *     of its own or on a host
   * @throws UnsupportedOperationException if the loop's time is virtual
   * @throws java.util.concurrent.RejectedExecutionException if the loop is closed already
   */
  void runForever() throws InterruptedException;

  /**
   * Lets {@link #runForever} return, the running one or, if there is none, the next. Tasks that are
   * left go on in the next run.
   *
   * @throws IllegalStateException if the loop runs on a thread of its own or on a host, until
   *     {@link #close}
   * @throws UnsupportedOperationException if the loop's time is virtual
   */
  void stop();

  /**
   * Starts a task.
   *
   * @param name the name of the task and of its thread
   * @param body what to run
   * @param <V> what it computes
   * @return the task's handle
   * @throws java.util.concurrent.RejectedExecutionException if the loop is closed, or full
   */
  <V extends @Nullable Object> Task<V> spawn(String name, Callable<V> body);

  /**
   * Starts a task with a name made from a number.
   *
   * @param body what to run
   * @param <V> what it computes
   * @return the task's handle
   * @throws java.util.concurrent.RejectedExecutionException if the loop is closed, or full
   */
  <V extends @Nullable Object> Task<V> spawn(Callable<V> body);

  /**
   * Starts a task that computes nothing.
   *
   * @param name the name of the task and of its thread
   * @param body what to run
   * @return the task's handle, whose result is null
   * @throws java.util.concurrent.RejectedExecutionException if the loop is closed, or full
   */
  default Task<@Nullable Void> spawn(String name, ThrowingRunnable body) {
    return spawn(name, callable(body));
  }

  /**
   * Starts a task that computes nothing, with a name made from a number.
   *
   * @param body what to run
   * @return the task's handle, whose result is null
   * @throws java.util.concurrent.RejectedExecutionException if the loop is closed, or full
   */
  default Task<@Nullable Void> spawn(ThrowingRunnable body) {
    return spawn(callable(body));
  }

  /**
   * Runs {@code body} as a task after {@code delay}, in the loop's time.
   *
   * @param body what to run
   * @param delay how long from now; zero or less is now
   * @return a handle, which can cancel it
   * @throws java.util.concurrent.RejectedExecutionException if the loop is closed
   */
  default ScheduledFuture<?> schedule(Runnable body, Duration delay) {
    return schedule(
        Executors.callable(body), TimeUnit.NANOSECONDS.convert(delay), TimeUnit.NANOSECONDS);
  }

  /**
   * Looks at all living tasks, as one does with a program that hangs. Any thread may ask. Returns
   * when the loop has answered, which it does between two slices. If there are many tasks, it
   * answers in portions of about a millisecond and runs tasks in between, also when one of them
   * asks; each is told as it was at its turn.
   *
   * <p>If a task has not let go of the carrier for half a second, it is listed after those that
   * were told before, and a warning in the log {@code dev.standstill} says that the others are
   * missing. So it does if the caller is interrupted, who then gets what there is.
   *
   * @return the tasks, in the order in which they were started; empty if there are none
   */
  List<TaskSnapshot> tasks();

  /**
   * Shows all living tasks as a tree, as {@code pstree} does with processes: below each task those
   * that it has started, with their state, whom they wait for, and the place in the program where
   * they are. Tasks alike are told as one, and a tree is at most some hundred lines long; so it can
   * be asked for whatever runs. It looks as {@link #tasks} does, and says if the look is
   * incomplete.
   *
   * <pre>{@code
   * EventLoop "shop": 4 tasks.
   * "server" WAITING for "order-1" at shop.Server.serve(Server.java:20), started by "main"
   * ├─ "order-1" WAITING for "stock" at shop.Order.take(Order.java:31)
   * └─ "order-2" WAITING for "stock" at shop.Order.take(Order.java:31)
   * "stock" TIMED_WAITING at shop.Stock.count(Stock.java:12), started by "main"
   * }</pre>
   *
   * @return the lines, without an end of line after the last
   */
  default String taskTree() {
    return TaskTree.of(this, tasks(), true);
  }

  /**
   * Logs tasks that hold the carrier for longer than {@code limit} without blocking, with their
   * stack and while they still do, each method once: as a warning of the log named {@code
   * dev.standstill}. If the task waits for a file, the warning names the call and the line that has
   * made it. Off unless called. A thread of its own watches until the loop is closed.
   *
   * @param limit the longest time that is not logged, in real time; zero to log nothing any more
   * @throws IllegalArgumentException if {@code limit} is negative
   * @throws UnsupportedOperationException if the loop's time is virtual
   */
  void logLongSlices(Duration limit);

  /**
   * Calls {@link #logLongSlices(Duration)} with 100 ms.
   *
   * @throws UnsupportedOperationException if the loop's time is virtual
   */
  default void logLongSlices() {
    logLongSlices(Duration.ofMillis(100));
  }

  /**
   * Sets what gets the exceptions that nobody else sees, as the exception handler of asyncio does:
   *
   * <ul>
   *   <li>those that end a task without a handle, at its end;
   *   <li>those of a task that was {@linkplain #spawn spawned} and that nobody waits for when it
   *       fails, at its end, too. Nobody does if no thread is in {@code get()}, its {@link
   *       Task#toCompletableFuture stages} were not asked for, and it belongs to no {@link
   *       TaskGroup}, which tells failures itself. Who asks later is told once more: {@code get()}
   *       throws the exception as ever. To have it told in one place only, use a group or {@link
   *       TaskGroup#gather};
   *   <li>those of futures that {@code submit}, {@code schedule} and the other methods of executors
   *       return, and those of spawned tasks whose {@code get()} was left before its end, when
   *       nobody can ask any more: once the future is unreachable or the loop is closed.
   * </ul>
   *
   * By default {@code Thread.getDefaultUncaughtExceptionHandler()} gets what is told at the end of
   * a task, if there is one; else, and for the rest, the log named {@code dev.standstill}.
   *
   * <p>What the handler throws is logged, with the exception that it was given.
   *
   * <p>A test loop, and the loop of a JUnit test in real time, waits until it is closed with all
   * failures that have a handle, and throws those that nobody has asked for. What a handler throws
   * it throws then, too.
   *
   * @param handler called in the task that ends; for what is told later by the thread that closes
   *     the loop or one that follows the garbage collector, and then given a thread that has the
   *     name of the task and has run nothing
   */
  void setUncaughtExceptionHandler(Thread.UncaughtExceptionHandler handler);

  /**
   * Limits how many tasks may be there at a time, be they running, blocked or ready. No limit holds
   * unless called; then it should be before work is handed over, because what was handed over
   * before does not count. Another limit may be set at any time.
   *
   * <p>What counts is all that is handed over with {@link #spawn}, {@link #execute}, {@code submit}
   * and the other methods of executors, {@link TaskGroup#spawn} and {@code gather} and the like,
   * from then until it has ended, however it ends. If there is no place, the method throws {@code
   * RejectedExecutionException}, or waits as {@code then} says: callers get places in the order in
   * which they came, be they threads, or tasks of this or another loop. A caller is refused all the
   * same if its waiting would never end: when the loop {@linkplain #close closes}, when the loop
   * needs the calling thread to run the tasks, or when all tasks wait for each other's places; and
   * when it is interrupted, which it stays.
   *
   * <p>Scheduled tasks count from when they are due. As nobody is there to be told then, they are
   * never refused, but wait for their turn.
   *
   * <p>What is not limited and does not count: {@link #run}, whose caller waits anyway; threads
   * that tasks start themselves, which no one could refuse them; the stages of {@link
   * Task#toCompletableFuture}.
   *
   * <pre>{@code
   * loop.setLimit(1_000, EventLoop.WhenFull.REFUSE);
   * }</pre>
   *
   * @param tasks how many, at least 1; {@code Integer.MAX_VALUE} for no limit
   * @param then what happens to more
   * @throws IllegalArgumentException if {@code tasks} is less than 1
   */
  void setLimit(int tasks, WhenFull then);

  /**
   * Starts a task whenever the process gets a signal, in place of what the JVM does with it, such
   * as to end at TERM. The task is named after the signal, {@code SIGTERM}, and may block; what its
   * body throws goes to the {@linkplain #setUncaughtExceptionHandler handler}. On a loop that was
   * opened it runs once a thread drives the loop.
   *
   * <p>A signal has any number of handlers, of one loop or several: each starts its task, in the
   * order in which they were added. A signal that comes while they run starts them anew; the
   * operating system may tell signals that follow each other closely as one. Once the last is
   * closed, or its loop takes no work any more, the JVM does again what it did before the first,
   * unless other code has set a handler since.
   *
   * <p>A signal that the process was started to ignore, as {@code nohup} does with HUP, stays
   * ignored. A loop whose time is virtual leaves the signals of the process alone: see {@code
   * TestLoop.raiseSignal}.
   *
   * @param signal its name, such as {@code TERM} or {@code SIGTERM}
   * @param handler the body of the task
   * @return what takes the handler back; tasks that it has started go on
   * @throws IllegalArgumentException if there is no such signal here, or it cannot be handled by
   *     any program, such as KILL, or by none on a JVM, such as SEGV
   * @throws IllegalStateException if the JVM does not handle signals, because it was started with
   *     {@code -Xrs} or without the module {@code jdk.unsupported}
   * @throws java.util.concurrent.RejectedExecutionException if the loop is closed
   */
  SignalRegistration onSignal(String signal, ThrowingRunnable handler);

  /**
   * Sets how long {@link #close} waits for tasks to end after it has interrupted them, before it
   * logs those that are left; 10 seconds unless called. A loop whose time is virtual gives them as
   * much virtual time as they need, whatever is set.
   *
   * @param grace the time; zero does not wait
   * @throws IllegalArgumentException if it is negative
   */
  void setGrace(Duration grace);

  /**
   * Closes the loop: refuses new work, cancels (interrupts) the tasks that are left, waits until
   * they have ended, but not longer than the {@linkplain #setGrace grace}, and logs those that
   * refuse to end, by name and stack. A thread of the loop's own ends. Called by a task of the
   * loop, it does not wait. Closing twice does nothing.
   *
   * @throws IllegalStateException if the caller is a virtual thread that would have to drive what
   *     is left
   */
  @Override
  void close();

  private static Callable<@Nullable Void> callable(ThrowingRunnable body) {
    Objects.requireNonNull(body, "body");
    return () -> {
      body.run();
      return null;
    };
  }
}
