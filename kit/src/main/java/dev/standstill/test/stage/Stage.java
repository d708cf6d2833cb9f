package dev.standstill.test.stage;

import dev.standstill.EventLoop;
import dev.standstill.test.ExitException;
import dev.standstill.test.TestLoop;
import dev.standstill.test.spi.RunFacts;
import dev.standstill.test.spi.SharedLoops;
import dev.standstill.test.spi.Sightings;
import dev.standstill.test.spi.StrategyLoops;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A loop on which the phases of tests run, whatever framework calls them. Any thread may call;
 * phases take turns.
 *
 * <p>The framework's own thread hands a phase to the {@link Performer}, lets a driver thread run
 * the loop, and waits for both. It does not drive the loop itself: a task that computes for ever
 * would never give that thread back.
 */
@SuppressWarnings("try") // Frameworks close it, and take an interrupt like any exception.
public final class Stage implements AutoCloseable {

  /** While it is open no phase begins but those of the thread that has taken it. */
  @FunctionalInterface
  public interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  private static final ExecutorService DRIVERS =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().daemon().name("standstill-driver-", 1).factory());

  /** How long a task that has been interrupted at the real-time limit may take to end. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final EventLoop loop;
  private final AutoCloseable closing;
  private final Framework framework;
  private final ReentrantLock turn = new ReentrantLock();
  private volatile StageSettings settings;
  private volatile @Nullable Performer performer;

  /** What holds for the phase that runs now instead of the limit of tests; null for that one. */
  private volatile @Nullable RealTimeLimit limitOfPhase;

  /** Whether the loop could not finish a phase. */
  private volatile boolean spoiled;

  /** Whether the loop cannot run anything any more. */
  private volatile boolean abandoned;

  private volatile boolean closed;

  /** The virtual time up to which what the loop has met is told. */
  private Duration told;

  /** When the part that runs, or ran last, began. */
  private long partBegan;

  /**
   * Makes a stage of a loop.
   *
   * @param closing called by a driver thread when the stage closes, to close what it owns
   * @param framework what calls the tests
   */
  public Stage(EventLoop loop, AutoCloseable closing, StageSettings settings, Framework framework) {
    this.loop = loop;
    this.closing = closing;
    this.settings = settings;
    this.framework = framework;
    this.told = virtualTime().orElse(Duration.ZERO);
  }

  /** The loop. */
  public EventLoop loop() {
    return loop;
  }

  /** Whether it has been closed. */
  public boolean isClosed() {
    return closed;
  }

  /** Whether the loop has had to end what ran on it: a deadlock, say, may still be there. */
  public boolean isSpoiled() {
    return spoiled;
  }

  /** Whether the loop cannot run anything any more; phases run on the threads that call then. */
  public boolean isAbandoned() {
    return abandoned;
  }

  /** Says what holds from now on, for a loop that tests with different settings share. */
  public void use(StageSettings settings) {
    this.settings = settings;
  }

  /** Gives the phase that runs now another limit than that of tests, up to its end. */
  public void limitPhase(RealTimeLimit limit) {
    limitOfPhase = limit;
  }

  /** Waits for the phase that runs now, and lets no other begin before the turn is closed. */
  public Turn takeTurn() {
    turn.lock();
    return turn::unlock;
  }

  /** How far the loop's time is, if it is virtual; to be asked between phases. */
  public Optional<Duration> virtualTime() {
    return loop instanceof TestLoop test
        ? Optional.of(Duration.between(TestLoop.DEFAULT_START, test.now()))
        : Optional.empty();
  }

  /**
   * Keeps for the report of the suite what the loop has met since this was last done; to be called
   * after each part of a test, and after closing.
   *
   * @param test what its framework tells it from others by
   */
  public void tell(Object test) {
    turn.lock();
    try {
      if (Observations.areWanted() && loop instanceof TestLoop met) {
        Duration now = virtualTime().orElseThrow();
        Duration real = Duration.ofNanos(System.nanoTime() - partBegan);
        Observations.add(test, now.minus(told), real, RunFacts.take(met));
        told = now;
      }
    } finally {
      turn.unlock();
    }
  }

  /** Keeps what the run was to see sometimes; to be called when that is over. */
  public void note(Sightings sightings) {
    if (loop instanceof TestLoop over) {
      sightings.note(over);
    }
  }

  /**
   * Runs {@code work} on the loop and returns when it is over.
   *
   * @param timeout how far virtual time may move; null for no limit
   */
  public <T extends @Nullable Object> T run(Work<T> work, @Nullable Duration timeout)
      throws Throwable {
    return run(work, timeout, false);
  }

  /**
   * Runs {@code work}, of which fixtures are a part, on the loop and returns when it is over. If
   * the loop cannot finish it, it is interrupted and goes on to its end, so that its fixtures run.
   *
   * @param timeout how far virtual time may move; null for no limit
   */
  public <T extends @Nullable Object> T runWithFixtures(Work<T> work, @Nullable Duration timeout)
      throws Throwable {
    return run(work, timeout, true);
  }

  private <T extends @Nullable Object> T run(
      Work<T> work, @Nullable Duration timeout, boolean withFixtures) throws Throwable {
    if (EventLoop.running().orElse(null) == loop) {
      return work.run();
    }
    turn.lock();
    partBegan = System.nanoTime();
    try {
      return abandoned
          ? work.run()
          : perform(new Phase<>(work, loop, framework), timeout, withFixtures);
    } catch (Throwable failure) {
      throw trimmed(failure);
    } finally {
      limitOfPhase = null;
      turn.unlock();
    }
  }

  /** Runs {@code work} on the calling thread, which drives the loop itself. */
  public <T extends @Nullable Object> T watch(Work<T> work) throws Throwable {
    try {
      return work.run();
    } catch (Throwable failure) {
      framework.tell(failure, loop);
      throw trimmed(failure);
    }
  }

  private <T extends @Nullable Object> T perform(
      Phase<T> phase, @Nullable Duration timeout, boolean withFixtures) throws Throwable {
    ClassLoader classLoader = Thread.currentThread().getContextClassLoader();
    try {
      await(() -> {
        performer(classLoader).perform(phase);
        return drive(phase.ended(), timeout);
      });
    } catch (Exception problem) {
      giveUp(problem);
      if (withFixtures && !abandoned) {
        unwind(phase, problem);
      }
      throw problem;
    }
    return phase.result();
  }

  /** Lets a phase that has been interrupted run to its end. */
  private void unwind(Phase<?> phase, Exception problem) {
    try {
      await(() -> drive(phase.ended(), null));
      phase.result();
    } catch (InterruptedException e) {
      // It ended as it was told to.
    } catch (Throwable failure) {
      problem.addSuppressed(failure);
    }
  }

  /**
   * Called by a driver thread, whose stack is not worth a line in reports as the place that started
   * the test.
   */
  private Performer performer(ClassLoader classLoader) {
    Performer present = performer;
    if (present == null) {
      present = new Performer(loop, classLoader);
      performer = present;
    }
    return present;
  }

  /** Called by a driver thread. */
  private @Nullable Void drive(Future<?> ended, @Nullable Duration timeout) throws Exception {
    if (!(loop instanceof TestLoop test)) {
      loop.run(() -> ended.get());
    } else if (timeout == null) {
      test.runUntilDone(ended);
    } else {
      test.runUntilDone(ended, timeout);
    }
    return null;
  }

  /** The loop could not finish a phase: the task that is stuck in it gets no further ones. */
  private void giveUp(Throwable problem) {
    framework.tellBriefly(problem, loop);
    spoiled = true;
    abandoned |= problem instanceof ExitException;
    cancelPerformer();
    performer = null;
  }

  private void cancelPerformer() {
    Performer stuck = performer;
    if (stuck != null) {
      stuck.cancel();
    }
  }

  /** Lets a driver thread run {@code driving} and waits for it. */
  private void await(Callable<@Nullable Void> driving) throws Exception {
    Future<?> driven = DRIVERS.submit(driving);
    try {
      await(driven);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception problem) {
        throw located(problem);
      }
      throw new AssertionError("The loop failed, please report this.", e.getCause());
    } catch (TimeoutException e) {
      TimeoutException problem =
          located(new TimeoutException("%s%n%s".formatted(limit().describe(loop), report())));
      endOrAbandon(driven);
      throw problem;
    } catch (InterruptedException e) {
      located(e);
      endOrAbandon(driven);
      throw e;
    }
  }

  /** Waits up to the limit of the phase, which is another once it has asked for that. */
  private void await(Future<?> driven)
      throws ExecutionException, TimeoutException, InterruptedException {
    long began = System.nanoTime();
    RealTimeLimit limit = limit();
    while (true) {
      long left = limit.duration().toNanos() - (System.nanoTime() - began);
      try {
        driven.get(Math.max(0, left), TimeUnit.NANOSECONDS);
        return;
      } catch (TimeoutException e) {
        if (limit.equals(limit())) {
          throw e;
        }
        limit = limit();
      }
    }
  }

  private RealTimeLimit limit() {
    RealTimeLimit ofPhase = limitOfPhase;
    return ofPhase == null ? settings.limit() : ofPhase;
  }

  /** Lets the stack trace show where the test is. */
  private <X extends Exception> X located(X problem) {
    Performer stuck = performer;
    StackTraceElement[] stack = stuck == null ? new StackTraceElement[0] : stuck.stack();
    if (stack.length > 0) {
      problem.setStackTrace(stack);
    }
    return problem;
  }

  private String report() {
    try {
      return loop instanceof TestLoop test
          ? test.report()
          : "Its tasks:" + StackTraces.describe(loop.tasks());
    } catch (IllegalStateException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private void endOrAbandon(Future<?> driven) {
    cancelPerformer();
    try {
      driven.get(GRACE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | InterruptedException e) {
      abandoned = true;
    } catch (ExecutionException e) {
      // What made the wait end is reported already.
    }
  }

  /**
   * Ends the task of the test, and closes what the stage owns.
   *
   * @throws Exception what the loop has to say about tasks that are left or have failed
   */
  @Override
  public void close() throws Exception {
    turn.lock();
    partBegan = System.nanoTime();
    try {
      if (!abandoned && !closed) {
        closed = true;
        if (closing == loop && loop instanceof TestLoop own) {
          limitOfPhase = settings.limitOfClosing();
          SharedLoops.limitRealTime(own, settings.limitOfWaitsWhileClosing());
        }
        await(this::end);
        refuseDivergence();
      }
    } catch (Exception problem) {
      framework.tellBriefly(problem, loop);
      throw trimmed(problem);
    } finally {
      turn.unlock();
    }
  }

  /** A run that was to be repeated, and was not, shows nothing, whatever became of the test. */
  private void refuseDivergence() {
    if (loop instanceof TestLoop repeating) {
      StrategyLoops.divergenceOf(repeating)
          .ifPresent(divergence -> {
            throw trimmed(
                new AssertionError(
                    "%s So what became of the test is not what became of it in that run.%s"
                        .formatted(divergence, withoutToken(repeating))));
          });
    }
  }

  private String withoutToken(TestLoop repeating) {
    OptionalLong seed = repeating.schedule().seed();
    return seed.isPresent()
        ? " To look for it anew, run the test under many schedules: @%s(seeds = 1_000), or explore it."
            .formatted(framework.annotation())
        : "";
  }

  /** Called by a driver thread. */
  private @Nullable Void end() throws Exception {
    Performer idle = performer;
    if (idle != null && !loop.isShutdown()) {
      drive(idle.end(), null);
    }
    closing.close();
    return null;
  }

  private <X extends Throwable> X trimmed(X failure) {
    if (!settings.fullStackTraces()) {
      StackTraces.trim(failure);
    }
    return failure;
  }
}
