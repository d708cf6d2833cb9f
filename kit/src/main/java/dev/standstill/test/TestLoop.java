package dev.standstill.test;

import dev.standstill.EventLoop;
import dev.standstill.Task;
import dev.standstill.ThrowingRunnable;
import dev.standstill.core.Scheduler;
import dev.standstill.test.spi.LoopNetworks;
import dev.standstill.test.spi.NetworkProvider;
import dev.standstill.test.spi.RunFacts;
import dev.standstill.test.spi.SharedLoops;
import dev.standstill.test.spi.Sometimes;
import dev.standstill.test.spi.StrategyLoops;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An event loop in virtual time that runs only while it is told to, and always in the same order.
 *
 * <pre>{@code
 * try (TestLoop loop = TestLoop.open()) {
 *   var event = new Event();
 *   var task = loop.spawn("waiter", () -> {
 *     event.await();
 *     return 42;
 *   });
 *   loop.runUntilBlocked();
 *   assertFalse(task.isDone());
 *   event.set();
 *   loop.runUntilBlocked();
 *   assertEquals(42, task.get());
 * }
 * }</pre>
 *
 * <p>The thread that calls {@link #run}, {@link #step} or one of their like is the <em>driver</em>
 * while the call lasts. Any platform thread may drive, but only one at a time; others are refused
 * with an {@code IllegalStateException}, and so are tasks. All other methods may be called by any
 * thread unless they say otherwise. Everything tasks did before they blocked happens-before such a
 * call returns, and what the driver did before it happens-before what tasks do in it: plain fields
 * may be asserted.
 *
 * <p>Such a call ends early with an {@link OutsideWaitException} or a {@link LivelockException} at
 * the limits that the {@linkplain Builder builder} sets, with an {@link ExitException} if a task
 * calls {@code System.exit} and its shutdown hooks have run, and with a {@link
 * DriverInterruptedException} if the driver is interrupted; {@link #close} goes on to its end.
 * {@link #runForever}, {@link #stop} and {@link #logLongSlices(Duration)} mean nothing in virtual
 * time and throw {@code UnsupportedOperationException}.
 *
 * <p>Tasks, and all that they call, see virtual time: {@code System.nanoTime()}, {@code
 * Instant.now()}, {@code Thread.sleep}, every timed wait. The driver and all other threads see real
 * time.
 *
 * <p>The agent is needed ({@code -javaagent:standstill-agent.jar}); where the JVM allows it, the
 * first loop attaches it.
 */
public sealed interface TestLoop extends EventLoop permits VirtualTimeLoop {

  /**
   * The instant at which virtual time starts unless a test sets another: midnight UTC, year 2000.
   */
  Instant DEFAULT_START = Instant.parse("2000-01-01T00:00:00Z");

  /**
   * Opens a loop that runs ready tasks first in, first out, from {@link #DEFAULT_START} on. It
   * becomes current for the calling thread unless that has a current loop.
   *
   * @return a new loop
   * @throws IllegalStateException if this JVM lacks what loops rely on; the message says what to do
   */
  static TestLoop open() {
    return builder().open();
  }

  /**
   * Returns a builder for a loop that differs from the default.
   *
   * @return a new builder
   */
  static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the test loop whose task is calling, if it is one; quick enough to ask often.
   *
   * @return the loop, or empty for code that runs on no test loop
   */
  static Optional<TestLoop> currentIfPresent() {
    return Scheduler.loopOf(Thread.currentThread()) instanceof TestLoop loop
        ? Optional.of(loop)
        : Optional.empty();
  }

  /**
   * Runs {@code body} on two loops with the same schedule and compares choice by choice.
   *
   * @param schedule the schedule of both
   * @param body drives the loop it is given
   * @throws NondeterminismException if the runs differ; the message shows the first difference with
   *     both stacks
   * @throws Exception what {@code body} threw
   */
  static void checkDeterminism(Schedule schedule, Body body) throws Exception {
    DeterminismCheck.run(schedule, body);
  }

  /**
   * Returns code that runs with fresh statics: each call loads its class, and every class of the
   * program that it uses, in a class loader of its own. The JDK, Standstill and JUnit are shared
   * with the caller.
   *
   * <pre>{@code
   * final class Program implements Callable<Integer> {
   *   private static final AtomicInteger requests = new AtomicInteger();
   *
   *   public Integer call() {
   *     return requests.incrementAndGet();
   *   }
   * }
   *
   * Callable<Integer> program = TestLoop.isolated(Program.class);
   * loop.run(program); // 1
   * loop.run(program); // 1 again
   * }</pre>
   *
   * <p>While it runs, the context class loader of the thread is that loader, and what comes back
   * has to be of a class that is shared. Nothing keeps the loader when the code has returned,
   * unless the code left a thread behind. Any thread may call what is returned, on a loop or not,
   * also several at once.
   *
   * @param code a class with a constructor without parameters; it need not be public
   * @param <V> what the code returns
   * @return code that throws what {@code code} throws, {@code IllegalArgumentException} if an
   *     instance cannot be made, and {@code IllegalStateException} if it returns an object of a
   *     class that is not shared
   * @throws IllegalArgumentException if {@code code} cannot be loaded anew, such as a lambda
   */
  static <V extends @Nullable Object> Callable<V> isolated(Class<? extends Callable<V>> code) {
    return IsolatedCode.of(code);
  }

  /** What {@link #checkDeterminism} runs. */
  @FunctionalInterface
  interface Body {
    /**
     * Drives {@code loop}.
     *
     * @param loop a fresh loop, closed afterwards
     * @throws Exception whatever the code throws
     */
    void run(TestLoop loop) throws Exception;
  }

  /**
   * Runs tasks until nothing can run now. Timers that are due fire; time does not move; nobody is
   * waited for.
   *
   * @throws LivelockException if the limit of slices without time moving is reached
   */
  void runReady();

  /**
   * Runs tasks until each is durably blocked or done. Time does not move. Externally blocked tasks
   * are waited for, in real time.
   *
   * @throws OutsideWaitException if such a wait reaches the real-time limit
   * @throws LivelockException if the limit of slices without time moving is reached
   */
  void runUntilBlocked();

  /**
   * Blocks the calling task until all others of the loop are durably blocked or done. Time does not
   * move. For the body of a test that is a task itself; what the others did before happens-before
   * the return. Several tasks may wait; all go on at the same standstill.
   *
   * <pre>{@code
   * @LoopTest
   * void remindsAfterAnHour(TestLoop loop) throws InterruptedException {
   *   service.start();
   *   loop.awaitStandstill();
   *   assertEquals(List.of("started"), service.log());
   * }
   * }</pre>
   *
   * @throws InterruptedException if the task is interrupted meanwhile
   * @throws IllegalStateException if the caller is no task of this loop
   */
  void awaitStandstill() throws InterruptedException;

  /**
   * Asserts that nothing happens for a while: what can run now runs until all tasks are durably
   * blocked or done; from then on no task of this loop runs, be it for a timer, for a callback or
   * in the background, until time has moved by {@code duration} and all stands still again. What is
   * due exactly then happens, too. Only what the calling task does itself does not count.
   *
   * <pre>{@code
   * @LoopTest
   * void remindsNobodyForTwoDays(TestLoop loop) throws InterruptedException {
   *   service.start();
   *   loop.expectNothing(Duration.ofDays(2).minusNanos(1));
   *   assertEquals(List.of(), service.sent());
   * }
   * }</pre>
   *
   * <p>A task of the loop may call it, such as the body of a test, or the driver. Time stands at
   * the end of the duration when it returns or throws. Where something polls all along, let time
   * pass instead, and assert what is to stay as it was.
   *
   * @param duration for how long, virtual; zero or more
   * @throws AssertionError if a task ran; the message says which was the first, when, and where
   * @throws InterruptedException if the calling task is interrupted meanwhile
   * @throws IllegalArgumentException if {@code duration} is negative
   * @throws OutsideWaitException if an externally blocked task is waited for up to the real-time
   *     limit, and the driver calls
   */
  void expectNothing(Duration duration) throws InterruptedException;

  /**
   * Runs one slice: lets the task that is next run until it blocks, yields or ends.
   *
   * @throws IllegalStateException if no task is ready; the message says what is pending
   */
  void step();

  /**
   * Moves time by {@code duration}. Every timer up to and including the new time fires, in order of
   * time, and what becomes ready runs in between as {@link #runUntilBlocked} does it.
   *
   * @param duration how far, virtual; zero or more
   * @throws IllegalArgumentException if {@code duration} is negative
   * @throws OutsideWaitException if an externally blocked task is waited for up to the real-time
   *     limit
   */
  void advance(Duration duration);

  /**
   * Runs tasks until blocked, moves time exactly to the next timer, and runs tasks until blocked
   * again.
   *
   * @throws IllegalStateException if no timer is pending
   * @throws OutsideWaitException if an externally blocked task is waited for up to the real-time
   *     limit
   */
  void advanceToNextTimer();

  /**
   * Runs tasks, and moves time from timer to timer, until no timer is left and nothing can run.
   *
   * @throws LivelockException if there is no end to it, as with a task that repeats
   * @throws OutsideWaitException if an externally blocked task is waited for up to the real-time
   *     limit
   */
  void runUntilIdle();

  /**
   * Runs until a JVM would exit: until all platform threads that tasks have started, but for
   * daemons, have ended. Virtual threads count as daemons. Then the shutdown hooks run that tasks
   * have registered, to their end. At each standstill time jumps to the next timer.
   *
   * @throws DeadlockException if such threads or hooks are left and all stand still for good
   * @throws OutsideWaitException if an externally blocked task is waited for up to the real-time
   *     limit
   * @throws LivelockException if the limit of slices without time moving is reached
   * @throws ExitException if a task called {@code System.exit}
   */
  void runToExit();

  /**
   * Like {@link #runToExit()}, up to a limit of virtual time. When it is reached, time stands at
   * the limit.
   *
   * @param limit how far time may move, virtual
   * @return whether all such threads have ended
   * @throws DeadlockException if such threads are left and all stand still for good
   */
  boolean runToExit(Duration limit);

  /**
   * Runs {@code body} as a task to its end. At each standstill time jumps to the next timer.
   *
   * @param body what to run
   * @param <V> what it computes
   * @return what {@code body} returned
   * @throws Exception what {@code body} threw
   * @throws DeadlockException if all tasks stand still, no timer is pending and {@code body} is not
   *     done
   * @throws OutsideWaitException if an externally blocked task is waited for up to the real-time
   *     limit
   * @throws LivelockException if the limit of slices without time moving is reached
   * @throws ExitException if a task called {@code System.exit}
   * @throws IllegalStateException if the caller is a task of this loop or another virtual thread
   */
  @Override
  <V extends @Nullable Object> V run(Callable<V> body) throws Exception;

  /**
   * Runs tasks until {@code future} is done. At each standstill time jumps to the next timer.
   *
   * @param future what a task of this loop computes or completes
   * @param <V> what it computes
   * @return the result
   * @throws Exception what the task threw; else as {@link #run(Callable)}
   */
  <V extends @Nullable Object> V runUntilDone(Future<V> future) throws Exception;

  /**
   * Like {@link #runUntilDone(Future)}, up to a limit of virtual time. When it is reached, time
   * stands at the limit.
   *
   * @param future what a task of this loop computes or completes
   * @param timeout how far time may move, virtual
   * @param <V> what it computes
   * @return the result
   * @throws java.util.concurrent.TimeoutException if time would have to move further; the message
   *     lists the blocked tasks
   * @throws Exception what the task threw; else as {@link #run(Callable)}
   */
  <V extends @Nullable Object> V runUntilDone(Future<V> future, Duration timeout) throws Exception;

  /**
   * Returns where tasks are started that are meant to be cut off when the loop closes, such as
   * pollers and servers: they do not count as left over. Neither does what they start themselves.
   *
   * @return the background of this loop
   */
  Background background();

  /** Starts tasks that are meant to be cut off when the loop closes. Any thread may call. */
  @FunctionalInterface
  interface Background {
    /**
     * Starts a task in the background.
     *
     * @param name the name of the task and of its thread
     * @param body what to run
     * @param <V> what it computes
     * @return the task's handle
     * @throws java.util.concurrent.RejectedExecutionException if the loop is closed
     */
    <V extends @Nullable Object> Task<V> spawn(String name, Callable<V> body);

    /**
     * Starts a task in the background that computes nothing.
     *
     * @param name the name of the task and of its thread
     * @param body what to run
     * @return the task's handle, whose result is null
     * @throws java.util.concurrent.RejectedExecutionException if the loop is closed
     */
    default Task<@Nullable Void> spawn(String name, ThrowingRunnable body) {
      return spawn(
          name,
          () -> {
            body.run();
            return null;
          });
    }
  }

  /**
   * Looks at every task that cannot run now.
   *
   * @return the blocked tasks, in the order in which they were started
   */
  List<BlockedTask> blocked();

  /**
   * Describes the loop for a person: virtual time, what is held; for each blocked task, what it
   * waits for and where; and which can run.
   *
   * @return several lines
   */
  String report();

  /**
   * Returns the virtual date.
   *
   * @return the date, which moves only with this loop's time
   */
  Instant now();

  /**
   * Returns a clock that shows {@link #now} in UTC; it is also an {@code InstantSource}.
   *
   * @return the clock, for code that takes one
   */
  Clock clock();

  /**
   * Holds virtual time still until the returned hold is closed: for what the loop cannot see. A
   * jump of time waits for it, in real time, up to the real-time limit.
   *
   * <pre>{@code
   * try (var hold = loop.holdTime("waiting for the broker")) {
   *   broker.send(message);
   * }
   * }</pre>
   *
   * @param reason why, as reports show it
   * @return the hold; closing it twice does nothing
   */
  TimeHold holdTime(String reason);

  /**
   * Does what a signal to the process does on a production loop: starts the tasks of {@link
   * #onSignal}, at this moment of virtual time. They run once the loop is driven. Real signals of
   * the process are left alone; a loop whose time is virtual does not hear of them.
   *
   * @param signal its name, such as {@code TERM} or {@code SIGTERM}
   * @throws IllegalArgumentException if there is no such signal here
   * @throws IllegalStateException if the loop has no handler for it, where a JVM would do what it
   *     does by default, such as end
   * @throws java.util.concurrent.RejectedExecutionException if the loop is closed
   */
  void raiseSignal(String signal);

  /** A reason for virtual time to stand still. */
  interface TimeHold extends AutoCloseable {
    /** Lets time move again, unless others hold it. */
    @Override
    void close();
  }

  /**
   * Returns the choices made so far, which determine the run.
   *
   * @return a value that a builder takes
   */
  Schedule schedule();

  /**
   * Returns the token that repeats the run so far.
   *
   * @return a token that is short enough to paste
   */
  ReplayToken replayToken();

  /**
   * Returns what ran so far, slice by slice, if the loop was built with {@link Builder#trace}.
   *
   * @return the trace, empty if none is kept
   */
  Trace trace();

  /**
   * Returns how many slices have run.
   *
   * @return the number of slices, 0 or more
   */
  long slices();

  /**
   * Returns how many tasks have been started.
   *
   * @return the number of tasks, 0 or more
   */
  int tasksStarted();

  /**
   * Returns whether {@link Builder#network()} can be had: it takes Linux, and {@code
   * standstill-network} on the class path.
   *
   * @return whether it can
   */
  static boolean canHaveNetwork() {
    return LoopNetworks.areThere();
  }

  /**
   * Closes the loop: cancels (interrupts) the tasks that are left, runs them to their end, and logs
   * which were left, with the place that started each, and which refuse to end. {@link
   * Builder#leaks} lets it throw those that were left instead. Called by a task of the loop, it
   * does not wait. Closing twice does nothing.
   *
   * @throws TaskFailedException if a task failed and nobody asked for its result
   * @throws LeakedTaskException if tasks were left and {@link Leaks#FAIL} is set
   * @throws IllegalStateException if the caller is another virtual thread, or another thread drives
   *     the loop
   */
  @Override
  void close();

  /** Sets what differs from the default. For one thread; may be used again. */
  final class Builder {

    private static final System.Logger LOG = System.getLogger("dev.standstill");

    private static final int DEFAULT_STACKS = 10_000;

    String name = "test";
    Instant start = DEFAULT_START;
    Duration realTimeLimit = Duration.ofSeconds(10);
    int livelockLimit = 1_000_000;
    long moveLimit;
    Consumer<String> whenStuck = report -> LOG.log(System.Logger.Level.ERROR, report);
    Schedule schedule = Schedule.fifo();

    /** What random numbers come from under a schedule that has no seed. */
    long randomSeedOfFifo;

    @Nullable ReplayToken expected;
    Leaks leaks = Leaks.WARN;

    /** Null if sockets are the machine's. */
    NetworkProvider.@Nullable Wishes network;

    String packageOfProgram = "";
    @Nullable Integer commonPool;
    boolean replayHint = true;
    boolean trace;

    /** Of how many slices a trace shows where they ended. */
    int stacks;

    static {
      StrategyLoops.provide(
          VirtualTimeLoop::open,
          VirtualTimeLoop::openWithoutOrigins,
          PlannedStrategy::of,
          VirtualTimeLoop::divergence);
      RunFacts.provide(VirtualTimeLoop::takeFacts);
      Sometimes.provide(VirtualTimeLoop::seenOf);
      LoopNetworks.provide(VirtualTimeLoop::networkOf);
      SharedLoops.provide(
          VirtualTimeLoop::limitRealTime,
          VirtualTimeLoop::takeFailures,
          (builder, seed) -> builder.randomSeedOfFifo = seed);
    }

    private Builder() {}

    /**
     * Names the loop; "test" if not called.
     *
     * @param name the name, for messages
     * @return this
     */
    public Builder name(String name) {
      this.name = Objects.requireNonNull(name, "name");
      return this;
    }

    /**
     * Sets when virtual time starts; {@link TestLoop#DEFAULT_START} if not called.
     *
     * @param start the first virtual date
     * @return this
     */
    public Builder start(Instant start) {
      this.start = Objects.requireNonNull(start, "start");
      return this;
    }

    /**
     * Sets how long externally blocked tasks are waited for while nothing else happens, and how
     * long a task may keep the carrier; 10 s if not called. A task that computes gets as much time
     * of a processor, one that loads classes more.
     *
     * @param limit real time, above zero
     * @return this
     * @throws IllegalArgumentException if {@code limit} is not above zero
     */
    public Builder realTimeLimit(Duration limit) {
      if (!limit.isPositive()) {
        throw new IllegalArgumentException("The real-time limit has to be above 0, not " + limit);
      }
      this.realTimeLimit = limit;
      return this;
    }

    /**
     * Sets after how many slices without time moving, or moves of time without an end, a run counts
     * as live-locked; a million if not called. Time that moves because all that runs only polls
     * does not count.
     *
     * @param slices the limit, above zero
     * @return this
     * @throws IllegalArgumentException if {@code slices} is not above zero
     */
    public Builder livelockLimit(int slices) {
      if (slices <= 0) {
        throw new IllegalArgumentException("The live-lock limit has to be above 0, not " + slices);
      }
      this.livelockLimit = slices;
      return this;
    }

    /**
     * Sets how often time may move in a call that only what it waits for ends, such as {@link
     * TestLoop#run}, while none of that runs: as often as {@link #livelockLimit} says if not
     * called. It is others that repeat then, which has no end. Calls that say how far time may move
     * at the most have no such limit.
     *
     * @param moves the limit, above zero
     * @return this
     * @throws IllegalArgumentException if {@code moves} is not above zero
     */
    public Builder moveLimit(long moves) {
      if (moves <= 0) {
        throw new IllegalArgumentException("The limit of moves has to be above 0, not " + moves);
      }
      this.moveLimit = moves;
      return this;
    }

    /**
     * Sets who is told when a task keeps the thread that drives in native code up to the real-time
     * limit, so that the call cannot end: a blocked read of a file, for example. It is called on
     * another thread. If this is not called, the report is logged as an error.
     *
     * @param handler takes the report
     * @return this
     */
    public Builder whenStuck(Consumer<String> handler) {
      this.whenStuck = Objects.requireNonNull(handler, "handler");
      return this;
    }

    /**
     * Leaves out of the messages of failed runs how to repeat the run, which they end with if this
     * is not called. For tools that say so themselves, in words of their own: see {@link
     * TestLoop#replayToken}.
     *
     * @return this
     */
    public Builder withoutReplayHint() {
      this.replayHint = false;
      return this;
    }

    /**
     * Sets which ready task runs next; {@link Schedule#fifo()} if not called.
     *
     * @param schedule the schedule to follow
     * @return this
     */
    public Builder schedule(Schedule schedule) {
      this.schedule = Objects.requireNonNull(schedule, "schedule");
      this.expected = null;
      return this;
    }

    /**
     * Lets the seed decide which ready task runs next, and whether a running one lets others run
     * first: after it has started or unparked one, and where the program takes a lock or gives one
     * back.
     *
     * @param seed any number
     * @return this
     */
    public Builder seed(long seed) {
      return schedule(Schedule.seeded(seed));
    }

    /**
     * Lets a seed decide that is drawn anew, and logged so that the run can be repeated.
     *
     * @return this
     */
    public Builder randomSeed() {
      long seed = RandomGenerator.getDefault().nextLong();
      System.getLogger("dev.standstill")
          .log(System.Logger.Level.INFO, "A TestLoop runs with the drawn seed {0}.", "" + seed);
      return seed(seed);
    }

    /**
     * Repeats the run that printed {@code token}. When the loop closes, a run that went another way
     * is logged.
     *
     * @param token what {@link ReplayToken#toString} gave
     * @return this
     * @throws IllegalArgumentException if it is no token
     */
    public Builder replay(String token) {
      ReplayToken parsed = ReplayToken.parse(token);
      schedule(parsed.schedule());
      this.expected = parsed;
      return this;
    }

    /**
     * Sets what {@link TestLoop#close} does about tasks that are left; {@link Leaks#WARN} if not
     * called.
     *
     * @param leaks what to do
     * @return this
     */
    public Builder leaks(Leaks leaks) {
      this.leaks = Objects.requireNonNull(leaks, "leaks");
      return this;
    }

    /**
     * Gives the loop a network of its own, in memory and in its time: whatever socket a task opens
     * is there, of whatever library, and nobody outside can be reached. All tasks are on one host
     * until the test adds others. What is sent arrives at once.
     *
     * <p>It takes {@code standstill-network}, and Linux.
     *
     * @return this
     */
    public Builder network() {
      return network(Duration.ZERO, Duration.ZERO);
    }

    /**
     * The same, with a time that each packet is on its way: drawn from the schedule, between two.
     *
     * @param least at least so long
     * @param most at most so long
     * @return this
     * @throws IllegalArgumentException if {@code least} is negative or more than {@code most}
     */
    public Builder network(Duration least, Duration most) {
      List<String> real = network == null ? List.of() : network.real();
      this.network = new NetworkProvider.Wishes(least, most, real);
      return this;
    }

    /**
     * Lets tasks reach a server of the machine in spite of {@link #network()}, which the loop has
     * then. While a task waits for the server, time stands still.
     *
     * @param server host and port, such as {@code localhost:5432}
     * @return this
     * @throws IllegalArgumentException if {@code server} is nothing of that kind
     */
    public Builder allowReal(String server) {
      network = (network == null ? NetworkProvider.Wishes.NONE : network).allowing(server);
      return this;
    }

    /**
     * Says that a package is the program's, as are those around it: those that share its first
     * three parts, or all of a shorter name. Reports show frames of the program also where its
     * classes come from a jar; without this call, a jar is taken for a library. It holds for all
     * loops of this JVM.
     *
     * @param name the name of a package
     * @return this
     */
    public Builder packageOfProgram(String name) {
      this.packageOfProgram = name;
      return this;
    }

    /**
     * Sets how many workers the loop's common pool has, which runs parallel streams and the stages
     * of {@code CompletableFuture} without an executor. If not called, the JDK's system property
     * {@code java.util.concurrent.ForkJoinPool.common.parallelism} counts, else there are 3, on
     * every machine. With few of them it shows what starves when all of them are blocked.
     *
     * @param parallelism the number of workers, above zero
     * @return this
     * @throws IllegalArgumentException if {@code parallelism} is not above zero
     */
    public Builder commonPool(int parallelism) {
      if (parallelism <= 0) {
        throw new IllegalArgumentException(
            "The common pool has to have workers, one at least, not " + parallelism);
      }
      this.commonPool = parallelism;
      return this;
    }

    /**
     * Keeps a {@link Trace}; none is kept if not called. It has no stacks.
     *
     * @return this
     */
    public Builder trace() {
      this.trace = true;
      return this;
    }

    /**
     * Keeps a {@link Trace} that shows of the first 10,000 slices where they ended.
     *
     * @return this
     */
    public Builder traceWithStacks() {
      return traceWithStacks(DEFAULT_STACKS);
    }

    /**
     * Keeps a {@link Trace} that shows of the first slices where they ended, and who had what their
     * tasks waited for. It takes some microseconds a slice to find that out.
     *
     * @param slices of how many slices, 0 or more
     * @return this
     * @throws IllegalArgumentException if {@code slices} is negative
     */
    public Builder traceWithStacks(int slices) {
      if (slices < 0) {
        throw new IllegalArgumentException(
            "The number of slices that have stacks has to be 0 or more, not " + slices + ".");
      }
      this.stacks = slices;
      return trace();
    }

    /**
     * Opens the loop. It becomes current for the calling thread unless that has a current loop.
     *
     * @return a new loop
     * @throws IllegalStateException if this JVM lacks what loops rely on; the message says what to
     *     do
     */
    public TestLoop open() {
      return VirtualTimeLoop.open(this);
    }
  }
}
