package dev.standstill.junit;

import dev.standstill.EventLoop;
import dev.standstill.test.ExitException;
import dev.standstill.test.TestLoop;
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
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.InvocationInterceptor.Invocation;

/**
 * A loop on which the phases of tests run. Any thread may call; phases take turns.
 *
 * <p>JUnit's own thread hands a phase to the {@link Performer}, lets a driver thread run the loop,
 * and waits for both. It does not drive the loop itself: a task that computes for ever would never
 * give that thread back.
 */
@SuppressWarnings({
  "try", // JUnit's stores close it, and take an interrupt like any exception.
  "deprecation" // Those of JUnit 5.12 close nothing else.
})
final class Stage implements AutoCloseable, CloseableResource {

  private static final ExecutorService DRIVERS =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().daemon().name("standstill-driver-", 1).factory());

  /** How long a task that has been interrupted at the real-time limit may take to end. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final EventLoop loop;
  private final AutoCloseable closing;
  private final Settings settings;
  private final @Nullable TestName test;
  private final ReentrantLock turn = new ReentrantLock();
  private volatile @Nullable Performer performer;

  /** Whether the loop cannot run anything any more. */
  private boolean abandoned;

  private volatile boolean closed;

  /**
   * @param closing called by a driver thread when the stage closes, to close what it owns
   * @param test whose loop it is; null if tests share it that have no name in common
   */
  Stage(EventLoop loop, AutoCloseable closing, Settings settings, @Nullable TestName test) {
    this.test = test;
    this.loop = loop;
    this.closing = closing;
    this.settings = settings;
  }

  EventLoop loop() {
    return loop;
  }

  boolean isClosed() {
    return closed;
  }

  /** How far the loop's time is, if it is virtual; to be asked between phases. */
  Optional<Duration> virtualTime() {
    return loop instanceof TestLoop test
        ? Optional.of(Duration.between(TestLoop.DEFAULT_START, test.now()))
        : Optional.empty();
  }

  /**
   * Runs {@code invocation} on the loop and returns when it is over.
   *
   * @param timeout how far virtual time may move; null for no limit
   */
  <T extends @Nullable Object> T run(Invocation<T> invocation, @Nullable Duration timeout)
      throws Throwable {
    if (EventLoop.running().orElse(null) == loop) {
      return invocation.proceed();
    }
    turn.lock();
    try {
      return abandoned
          ? invocation.proceed()
          : perform(new Phase<>(invocation, loop, test), timeout);
    } catch (Throwable failure) {
      throw trimmed(failure);
    } finally {
      turn.unlock();
    }
  }

  /** Runs {@code invocation} on the calling thread, which drives the loop itself. */
  <T extends @Nullable Object> T watch(Invocation<T> invocation) throws Throwable {
    try {
      return invocation.proceed();
    } catch (Throwable failure) {
      RunDetails.addTo(failure, loop, test);
      throw trimmed(failure);
    }
  }

  private <T extends @Nullable Object> T perform(Phase<T> phase, @Nullable Duration timeout)
      throws Throwable {
    ClassLoader classLoader = Thread.currentThread().getContextClassLoader();
    try {
      await(() -> {
        performer(classLoader).perform(phase);
        return drive(phase.ended(), timeout);
      });
    } catch (Exception problem) {
      giveUp(problem);
      throw problem;
    }
    return phase.result();
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
    RunDetails.addBriefly(problem, loop, test);
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
    Duration limit = settings.limit();
    Future<?> driven = DRIVERS.submit(driving);
    try {
      driven.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception problem) {
        throw located(problem);
      }
      throw new AssertionError("The loop failed, please report this.", e.getCause());
    } catch (TimeoutException e) {
      String message = "%s took %s of real time, its limit.%n%s";
      TimeoutException problem =
          located(new TimeoutException(message.formatted(loop, Durations.show(limit), report())));
      endOrAbandon(driven);
      throw problem;
    } catch (InterruptedException e) {
      located(e);
      endOrAbandon(driven);
      throw e;
    }
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
    try {
      if (!abandoned && !closed) {
        closed = true;
        await(this::end);
        refuseDivergence();
      }
    } catch (Exception problem) {
      RunDetails.addBriefly(problem, loop, test);
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

  private static String withoutToken(TestLoop loop) {
    OptionalLong seed = loop.schedule().seed();
    return seed.isPresent()
        ? " To look for it anew, run the test under many schedules: @LoopTest(seeds = 1_000), or explore it."
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
