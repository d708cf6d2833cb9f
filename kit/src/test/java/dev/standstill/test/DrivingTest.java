package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.standstill.Event;
import dev.standstill.Task;
import dev.standstill.TaskSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the calls that drive a loop do at their limits, and how they refuse misuse. */
class DrivingTest {

  private final TestLoop loop = TestLoop.builder().name("mine").open();

  /** Some tests leave tasks that wait, and the loop says so. */
  @AfterEach
  void close() {
    try (var _ = new CapturedLog()) {
      loop.close();
    }
  }

  @Test
  void timeCannotBeAdvancedByLessThanNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> loop.advance(Duration.ofSeconds(-1)))
        .withMessage("Time cannot be advanced by PT-1S.");
  }

  @Test
  void tasksAreToldUntilTheyHaveEnded() {
    loop.spawn("sleeper", () -> Thread.sleep(1));
    loop.spawn("second", () -> {});
    loop.step();
    assertThat(loop.tasks()).extracting(TaskSnapshot::name).containsExactly("sleeper", "second");

    loop.runUntilBlocked();
    assertThat(loop.tasks()).extracting(TaskSnapshot::name).containsExactly("sleeper");

    loop.runUntilIdle();
    assertThat(loop.tasks()).isEmpty();
  }

  @Test
  void timeCanBeAdvancedByAnything() {
    loop.advance(Duration.ofSeconds(Long.MAX_VALUE));
    loop.advance(Duration.ofDays(1));

    assertThat(loop.now()).isAfter(TestLoop.DEFAULT_START.plus(Duration.ofDays(100_000)));
  }

  @Test
  void thereHasToBeATimerToAdvanceTo() {
    assertThatIllegalStateException()
        .isThrownBy(loop::advanceToNextTimer)
        .withMessage("advanceToNextTimer(): no timer is pending on TestLoop \"mine\".");
  }

  @Test
  void advancingToTheNextTimerMovesTimeExactlyThere() {
    List<String> log = new ArrayList<>();
    loop.schedule(() -> log.add("first"), Duration.ofMillis(1500));
    loop.schedule(() -> log.add("second"), Duration.ofMillis(1501));

    loop.advanceToNextTimer();
    assertThat(log).containsExactly("first");
    assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plusMillis(1500));

    loop.advanceToNextTimer();
    assertThat(log).containsExactly("first", "second");
  }

  @Test
  void runningUntilIdleLeavesNoTimer() {
    List<String> log = new ArrayList<>();
    loop.spawn(
        "sleeper",
        () -> {
          Thread.sleep(Duration.ofDays(1));
          loop.schedule(() -> log.add("in two days"), Duration.ofDays(1));
        });

    loop.runUntilIdle();

    assertThat(log).containsExactly("in two days");
    assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plus(Duration.ofDays(2)));
    assertThat(loop.blocked()).isEmpty();
  }

  @Test
  void aLoopIsDrivenByOneThreadAtATime() throws Exception {
    var running = new CountDownLatch(1);
    var finish = new CountDownLatch(1);
    loop.spawn(
        "busy",
        () -> {
          running.countDown();
          while (finish.getCount() > 0) {
            // computes, so that the other thread goes on driving
          }
        });
    Thread other = Thread.ofPlatform().start(loop::runReady);
    running.await();

    assertThatIllegalStateException()
        .isThrownBy(loop::step)
        .withMessage(
            "step() was called by thread \"%s\" while TestLoop \"mine\" is being driven already: one thread at a time can."
                .formatted(Thread.currentThread().getName()));

    finish.countDown();
    other.join();
    loop.runUntilBlocked();
  }

  @Test
  void aVirtualThreadOfNoLoopCannotDriveEither() throws Exception {
    var driving = new FutureTask<>(loop::runUntilBlocked, null);
    Thread.ofVirtual().name("stranger").start(driving).join();

    assertThat(driving.exceptionNow())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("runUntilBlocked() was called by virtual thread \"stranger\"");
  }

  @Test
  void theDriverCannotWaitForATaskThatNobodyDrives() {
    Task<Void> task = loop.spawn("never", () -> new Event().await());

    assertThatIllegalStateException()
        .isThrownBy(task::get)
        .withMessage(
            "Thread \"%s\" would wait for ever for a task of TestLoop \"mine\", which nobody drives: call run(), runUntilBlocked() or advance() first."
                .formatted(Thread.currentThread().getName()));
  }

  @Test
  void aLoopInVirtualTimeHasNoForever() {
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(loop::runForever)
        .withMessageContaining("use run(), runUntilBlocked() or runUntilIdle()");
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(loop::stop)
        .withMessage("TestLoop \"mine\" stops by itself whenever nothing can run.");
  }

  @Test
  void aLoopInVirtualTimeDoesNotMeasureSlices() {
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> loop.logLongSlices(Duration.ofMillis(20)))
        .withMessage(
            "TestLoop \"mine\" stands still whenever its driver does, so how long a slice takes says little: watch a loop in real time.");
  }

  @Test
  void limitsHaveToBeAboveZero() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestLoop.builder().realTimeLimit(Duration.ZERO))
        .withMessage("The real-time limit has to be above 0, not PT0S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestLoop.builder().livelockLimit(0))
        .withMessage("The live-lock limit has to be above 0, not 0");
  }

  @Test
  void runThrowsWhatTheBodyThrew() {
    var thrown = new java.io.IOException("as it was");

    assertThatExceptionOfType(java.io.IOException.class)
        .isThrownBy(() ->
            loop.run(() -> {
              throw thrown;
            }))
        .isSameAs(thrown);
  }

  @Test
  void anEventOfOneLoopWakesATaskOfAnother() throws Exception {
    var event = new Event();
    try (TestLoop other = TestLoop.builder().name("other").open()) {
      Task<String> waiter =
          other.spawn(
              "waiter",
              () -> {
                event.await();
                return "woken";
              });
      other.runUntilBlocked();
      loop.run(event::set);
      other.runUntilBlocked();

      assertThat(waiter.get()).isEqualTo("woken");
    }
  }
}
