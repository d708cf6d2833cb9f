package dev.standstill.junit;

import dev.standstill.EventLoop;
import dev.standstill.junit.spi.ApplicationStart;
import dev.standstill.junit.spi.LoopOwner;
import dev.standstill.test.TestLoop;
import dev.standstill.test.spi.SharedLoops;
import dev.standstill.test.spi.Sightings;
import dev.standstill.test.stage.Stage;
import dev.standstill.test.stage.StageSettings;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.InvocationInterceptor.Invocation;

/**
 * A {@link Stage} in JUnit's stores, which close it: with what owns its loop, if something does,
 * and with what the report of a suite has to know. Any thread may call; phases take turns.
 */
@SuppressWarnings({
  "try", // JUnit's stores close it, and take an interrupt like any exception.
  "deprecation" // Those of JUnit 5.12 close nothing else.
})
final class StoredStage implements AutoCloseable, CloseableResource {

  /** The stage whose phase the calling task runs. */
  private static final ThreadLocal<@Nullable StoredStage> PERFORMING = new ThreadLocal<>();

  static {
    ApplicationStart.provide(StoredStage::ownerStarts);
  }

  private final Stage stage;
  private final @Nullable LoopOwner owner;
  private final LoopTest.Time time;
  private final StageSettings opened;
  private volatile Settings settings;
  private final LoopUsers users;

  /** Whether the owner is started in the phase that runs now. */
  private volatile boolean isStart;

  /** Whether the owner has been started. */
  private volatile boolean started;

  /** Whether the owner was ended although the loop could not run it any more. */
  private volatile boolean endedElsewhere;

  /**
   * @param closing called by a driver thread when the stage closes, to close what it owns
   * @param users whose loop it is
   */
  StoredStage(EventLoop loop, AutoCloseable closing, Settings settings, LoopUsers users) {
    this(loop, closing, settings, users, null);
  }

  /**
   * @param owner ends on the loop before that is closed; null for none
   */
  StoredStage(
      EventLoop loop,
      AutoCloseable closing,
      Settings settings,
      LoopUsers users,
      @Nullable LoopOwner owner) {
    this.stage = new Stage(loop, closing, settings.loop(), users.framework());
    this.users = users;
    this.time = settings.time();
    this.opened = settings.loop();
    this.settings = settings;
    this.owner = owner;
  }

  /** Whether a test with these settings, too, finds what it wants. */
  boolean suits(Settings settings) {
    return settings.time() == time
        && settings.loop().commonPool() == opened.commonPool()
        && (settings.loop().network() == opened.network()
            || owner != null && owner.servesOnNetwork());
  }

  /** Says what the limits of the next phases are, for a loop that tests of other classes share. */
  void use(Settings settings) {
    this.settings = settings;
    stage.use(settings.loop());
    if (!isStart) {
      limitWaits(settings.loop().limitOfWaits());
    }
  }

  private void limitWaits(Duration limit) {
    if (loop() instanceof TestLoop test) {
      SharedLoops.limitRealTime(test, limit);
    }
  }

  /**
   * Whether the owner of the loop has ended, or has to, because the loop has ended what ran on it:
   * a deadlock, say, would be there in the next test, too.
   */
  boolean isOver() {
    return owner != null
        && (stage.isAbandoned() || stage.isSpoiled() || started && !Owners.mayBeAlive(owner));
  }

  /** Throws what tasks have thrown with nobody asking, so that the test fails which ran then. */
  void throwFailures() {
    if (loop() instanceof TestLoop test && !stage.isAbandoned() && !isClosed()) {
      SharedLoops.takeFailures(test)
          .ifPresent(failure -> {
            throw failure;
          });
    }
  }

  /** What runs now gets the time that starts have. Called by the task of the test. */
  private static void ownerStarts() {
    StoredStage performing = PERFORMING.get();
    if (performing != null) {
      performing.started = true;
      performing.isStart = true;
      performing.stage.limitPhase(performing.settings.limitOfStart());
      performing.limitWaits(performing.settings.limitOfStart().duration());
    }
  }

  EventLoop loop() {
    return stage.loop();
  }

  boolean isClosed() {
    return stage.isClosed() || endedElsewhere;
  }

  /** Keeps what the run was to see sometimes. */
  void note(Sightings sightings) {
    stage.note(sightings);
  }

  /** How far the loop's time is, if it is virtual; to be asked between phases. */
  Optional<Duration> virtualTime() {
    return stage.virtualTime();
  }

  /**
   * Runs {@code invocation} on the loop and returns when it is over.
   *
   * @param timeout how far virtual time may move; null for no limit
   * @param id as which JUnit knows the test or class that it is a part of
   */
  <T extends @Nullable Object> T run(
      Invocation<T> invocation, @Nullable Duration timeout, String id) throws Throwable {
    if (EventLoop.running().orElse(null) == loop()) {
      return invocation.proceed();
    }
    try (Stage.Turn turn = stage.takeTurn()) {
      try {
        return stage.run(() -> proceed(invocation), timeout);
      } finally {
        endStart();
        stage.tell(id);
      }
    }
  }

  /** Called by the task of the test; by JUnit's thread if the loop can run nothing any more. */
  private <T extends @Nullable Object> T proceed(Invocation<T> invocation) throws Throwable {
    if (!stage.isAbandoned()) {
      PERFORMING.set(this);
    }
    return invocation.proceed();
  }

  private void endStart() {
    if (isStart) {
      isStart = false;
      limitWaits(settings.loop().limitOfWaits());
    }
  }

  /** Runs {@code invocation} on the calling thread, which drives the loop itself. */
  <T extends @Nullable Object> T watch(Invocation<T> invocation) throws Throwable {
    return stage.watch(invocation::proceed);
  }

  /**
   * Ends the owner and the task of the test, and closes what the stage owns.
   *
   * @throws Exception what the loop has to say about tasks that are left or have failed
   */
  @Override
  public void close() throws Exception {
    try (Stage.Turn turn = stage.takeTurn()) {
      boolean closes = !isClosed();
      try {
        endAll();
      } finally {
        if (closes) {
          stage.tell(users.openedBy());
        }
      }
    }
  }

  private void endAll() throws Exception {
    if (!stage.isAbandoned()) {
      try (AutoCloseable last = stage) {
        endOwner();
      }
    } else if (owner != null && !endedElsewhere) {
      endedElsewhere = true;
      Owners.endElsewhere(owner, loop());
    }
  }

  private void endOwner() throws Exception {
    if (owner == null || isClosed() || !Owners.mayBeAlive(owner)) {
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
}
