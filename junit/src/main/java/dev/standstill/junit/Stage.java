package dev.standstill.junit;

import dev.standstill.EventLoop;
import dev.standstill.junit.spi.ApplicationStart;
import dev.standstill.junit.spi.LoopOwner;
import dev.standstill.junit.suite.Observations;
import dev.standstill.test.ExitException;
import dev.standstill.test.TestLoop;
import dev.standstill.test.spi.RunFacts;
import dev.standstill.test.spi.SharedLoops;
import dev.standstill.test.spi.StrategyLoops;
import dev.standstill.test.stage.Durations;
import dev.standstill.test.stage.Performer;
import dev.standstill.test.stage.StackTraces;
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

  private static final System.Logger LOG = System.getLogger("dev.standstill");

  private static final ExecutorService DRIVERS =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().daemon().name("standstill-driver-", 1).factory());

  /** How long a task that has been interrupted at the real-time limit may take to end. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  /** How long an owner may take to end whose loop can run nothing any more. */
  private static final Duration GRACE_OF_OWNER = Duration.ofSeconds(10);

  /** The stage whose phase the calling task runs. */
  private static final ThreadLocal<@Nullable Stage> PERFORMING = new ThreadLocal<>();

  static {
    ApplicationStart.provide(Stage::ownerStarts);
  }

  private final EventLoop loop;
  private final AutoCloseable closing;
  private final @Nullable LoopOwner owner;
  private final Settings opened;
  private volatile Settings settings;
  private final LoopUsers users;
  private final ReentrantLock turn = new ReentrantLock();
  private volatile @Nullable Performer performer;

  /** Whether the owner is started in the phase that runs now. */
  private volatile boolean isStart;

  /** Whether the owner has been started, and whether the loop had to end what ran on it. */
  private volatile boolean started;

  private volatile boolean spoiled;

  /** Whether the loop cannot run anything any more. */
  private volatile boolean abandoned;

  private volatile boolean closed;

  /** The virtual time up to which what the loop has met is told. */
  private Duration told;

  /** When the part that runs, or ran last, began. */
  private long partBegan;

  /**
   * @param closing called by a driver thread when the stage closes, to close what it owns
   * @param users whose loop it is
   */
  Stage(EventLoop loop, AutoCloseable closing, Settings settings, LoopUsers users) {
    this(loop, closing, settings, users, null);
  }

  /**
   * @param owner ends on the loop before that is closed; null for none
   */
  Stage(
      EventLoop loop,
      AutoCloseable closing,
      Settings settings,
      LoopUsers users,
      @Nullable LoopOwner owner) {
    this.users = users;
    this.loop = loop;
    this.closing = closing;
    this.opened = settings;
    this.settings = settings;
    this.owner = owner;
    this.told = virtualTime().orElse(Duration.ZERO);
  }

  /** Whether a test with these settings, too, finds what it wants. */
  boolean suits(Settings settings) {
    return settings.time() == opened.time()
        && settings.commonPool() == opened.commonPool()
        && (settings.ownNetwork() == opened.ownNetwork() || owner != null && owner.ownsNetwork());
  }

  /** Says what the limits of the next phases are, for a loop that tests of other classes share. */
  void use(Settings settings) {
    this.settings = settings;
    if (!isStart) {
      limitWaits(settings.limitOfWaits());
    }
  }

  private void limitWaits(Duration limit) {
    if (loop instanceof TestLoop test) {
      SharedLoops.limitRealTime(test, limit);
    }
  }

  /**
   * Whether the owner of the loop has ended, or has to, because the loop has ended what ran on it:
   * a deadlock, say, would be there in the next test, too.
   */
  boolean isOver() {
    return owner != null && (abandoned || spoiled || started && !mayBeAlive(owner));
  }

  /**
   * Whether an owner is alive, as far as that can be told: what a stuck start has locked would keep
   * JUnit's thread for ever.
   */
  static boolean mayBeAlive(LoopOwner owner) {
    Future<Boolean> alive = DRIVERS.submit(owner::isAlive);
    try {
      return alive.get(GRACE_OF_OWNER.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.log(
          System.Logger.Level.WARNING, "Nobody can tell whether %s is alive".formatted(owner), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return true;
  }

  /** Throws what tasks have thrown with nobody asking, so that the test fails which ran then. */
  void throwFailures() {
    if (loop instanceof TestLoop test && !abandoned && !closed) {
      SharedLoops.takeFailures(test)
          .ifPresent(failure -> {
            throw failure;
          });
    }
  }

  /** What runs now gets the time that starts have. Called by the task of the test. */
  private static void ownerStarts() {
    Stage stage = PERFORMING.get();
    if (stage != null) {
      stage.started = true;
      stage.isStart = true;
      stage.limitWaits(stage.settings.limitOfStart());
    }
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
   * @param id as which JUnit knows the test or class that it is a part of
   */
  <T extends @Nullable Object> T run(
      Invocation<T> invocation, @Nullable Duration timeout, String id) throws Throwable {
    if (EventLoop.running().orElse(null) == loop) {
      return invocation.proceed();
    }
    turn.lock();
    partBegan = System.nanoTime();
    try {
      return abandoned
          ? invocation.proceed()
          : perform(new Phase<>(() -> proceed(invocation), loop, users), timeout);
    } catch (Throwable failure) {
      throw trimmed(failure);
    } finally {
      endStart();
      tell(id);
      turn.unlock();
    }
  }

  /** Keeps for the report of the suite what the loop has met since this was last done. */
  private void tell(String id) {
    if (Observations.areWanted() && loop instanceof TestLoop test) {
      Duration now = virtualTime().orElseThrow();
      Duration real = Duration.ofNanos(System.nanoTime() - partBegan);
      Observations.add(id, now.minus(told), real, RunFacts.take(test));
      told = now;
    }
  }

  /** Called by the task of the test. */
  private <T extends @Nullable Object> T proceed(Invocation<T> invocation) throws Throwable {
    PERFORMING.set(this);
    return invocation.proceed();
  }

  private void endStart() {
    if (isStart) {
      isStart = false;
      limitWaits(settings.limitOfWaits());
    }
  }

  /** Runs {@code invocation} on the calling thread, which drives the loop itself. */
  <T extends @Nullable Object> T watch(Invocation<T> invocation) throws Throwable {
    try {
      return invocation.proceed();
    } catch (Throwable failure) {
      RunDetails.addTo(failure, loop, users);
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
    RunDetails.addBriefly(problem, loop, users);
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
      String message =
          isStart
              ? "What starts on %s took %s of real time, the limit of starts (standstill.startLimit).%n%s"
              : "%s took %s of real time, its limit.%n%s";
      TimeoutException problem =
          located(new TimeoutException(message.formatted(loop, Durations.show(limit()), report())));
      endOrAbandon(driven);
      throw problem;
    } catch (InterruptedException e) {
      located(e);
      endOrAbandon(driven);
      throw e;
    }
  }

  /** Waits up to the limit of what runs, which is another once something starts there. */
  private void await(Future<?> driven)
      throws ExecutionException, TimeoutException, InterruptedException {
    long began = System.nanoTime();
    Duration limit = limit();
    while (true) {
      long left = limit.toNanos() - (System.nanoTime() - began);
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

  private Duration limit() {
    return isStart ? settings.limitOfStart() : settings.limit();
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
   * Ends the owner and the task of the test, and closes what the stage owns.
   *
   * @throws Exception what the loop has to say about tasks that are left or have failed
   */
  @Override
  public void close() throws Exception {
    turn.lock();
    partBegan = System.nanoTime();
    boolean closes = !closed;
    try {
      if (abandoned) {
        endOwnerElsewhere();
      } else if (!closed) {
        try (AutoCloseable last = this::closeLoop) {
          endOwner();
        }
      }
    } catch (Exception problem) {
      throw trimmed(problem);
    } finally {
      if (closes) {
        tell(users.openedBy());
      }
      turn.unlock();
    }
  }

  private void closeLoop() throws Exception {
    closed = true;
    try {
      await(this::end);
      refuseDivergence();
    } catch (Exception problem) {
      RunDetails.addBriefly(problem, loop, users);
      throw problem;
    }
  }

  private void endOwner() throws Exception {
    if (owner == null || !mayBeAlive(owner)) {
      return;
    }
    try {
      run(this::callOwner, null, users.openedBy());
    } catch (Exception | Error problem) {
      throw problem;
    } catch (Throwable problem) {
      throw new AssertionError("%s could not be ended: %s".formatted(owner, problem), problem);
    }
  }

  private @Nullable Void callOwner() throws Exception {
    if (owner != null) {
      owner.close();
    }
    return null;
  }

  /** The loop cannot run it any more; whatever waits for a task there would wait for ever. */
  private void endOwnerElsewhere() throws InterruptedException {
    if (owner == null || closed) {
      return;
    }
    closed = true;
    Future<?> ending = DRIVERS.submit(this::callOwner);
    try {
      ending.get(GRACE_OF_OWNER.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.log(System.Logger.Level.WARNING, "%s did not end with %s".formatted(owner, loop), e);
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
