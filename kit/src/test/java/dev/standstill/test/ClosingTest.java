package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.standstill.Event;
import dev.standstill.Task;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Nothing is lost in silence: what a loop says and throws when it closes. */
class ClosingTest {

  private static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Broken(String message) {
      super(message);
    }
  }

  private static Void fail(String message) {
    throw new Broken(message);
  }

  @Test
  void aFailureThatNobodyAskedForIsThrown() {
    TestLoop loop = TestLoop.open();
    loop.spawn("broken", () -> fail("one"));
    loop.runUntilBlocked();

    TaskFailedException failure = catchThrowableOfType(TaskFailedException.class, loop::close);

    assertThat(failure)
        .hasMessageMatching(
            "TestLoop \"test\": a task failed and nobody asked for its result: .*Broken: one\\. To repeat the run: TestLoop\\.builder\\(\\)\\.replay\\(\"2-fifo-1-[0-9a-f]{8}\"\\)")
        .hasCauseInstanceOf(Broken.class);
  }

  @Test
  void furtherFailuresAreSuppressedInTheOrderInWhichTheyHappened() {
    TestLoop loop = TestLoop.open();
    for (String name : new String[] {"one", "two", "three"}) {
      loop.spawn(name, () -> fail(name));
    }
    loop.runUntilBlocked();

    TaskFailedException failure = catchThrowableOfType(TaskFailedException.class, loop::close);

    assertThat(failure.getCause()).hasMessage("one");
    assertThat(failure.getSuppressed())
        .extracting(Throwable::getMessage)
        .containsExactly("two", "three");
  }

  @Test
  void aFailureThatSomebodyAskedForIsNot() {
    TestLoop loop = TestLoop.open();
    Task<Void> broken = loop.spawn("broken", () -> fail("seen"));
    loop.runUntilBlocked();

    assertThat(broken.state()).isEqualTo(Future.State.FAILED);
    loop.close();
  }

  @Test
  void aFailureThatAnotherTaskAskedForIsNot() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      loop.run(() -> {
        Task<Void> broken = loop.spawn("broken", () -> fail("seen"));
        assertThatExceptionOfType(ExecutionException.class).isThrownBy(broken::get);
      });
    }
  }

  @Test
  void aFailureIsThrownEvenIfItsTaskIsGarbageByThen() {
    try (var log = new CapturedLog()) {
      TestLoop loop = TestLoop.open();
      WeakReference<Task<Void>> handle =
          new WeakReference<>(loop.spawn("broken", () -> fail("collected")));
      loop.spawn("other", ClosingTest::letTheLoopForgetEarlierTasks);
      loop.runUntilBlocked();
      while (handle.get() != null) {
        System.gc();
      }
      letCleanersRun();

      assertThatExceptionOfType(TaskFailedException.class)
          .isThrownBy(loop::close)
          .withStackTraceContaining("collected");
      assertThat(log.messages()).isEmpty();
    }
  }

  private static void letTheLoopForgetEarlierTasks() {
    for (int i = 0; i < 1000; i++) {
      Thread.yield();
    }
  }

  /** Cleaners run in the order of discovery; when one of ours has run, earlier ones have. */
  private static void letCleanersRun() {
    var ran = new java.util.concurrent.CountDownLatch(1);
    java.lang.ref.Cleaner.create().register(new Object(), ran::countDown);
    while (ran.getCount() > 0) {
      System.gc();
    }
  }

  @Test
  void anUncaughtExceptionOfAChildThreadIsThrownToo() {
    TestLoop loop = TestLoop.open();
    loop.spawn("parent", () -> Thread.ofVirtual().name("child").start(() -> fail("in child")));
    loop.runUntilBlocked();

    assertThatExceptionOfType(TaskFailedException.class)
        .isThrownBy(loop::close)
        .withStackTraceContaining("in child");
  }

  @Test
  void whatWasExecutedWithoutAHandleIsThrownToo() {
    TestLoop loop = TestLoop.open();
    loop.execute(() -> fail("executed"));
    loop.runUntilBlocked();

    assertThatExceptionOfType(TaskFailedException.class)
        .isThrownBy(loop::close)
        .withStackTraceContaining("executed");
  }

  @Test
  void whatWasScheduledAndFailedIsThrownToo() {
    TestLoop loop = TestLoop.open();
    loop.scheduleAtFixedRate(() -> fail("ticked"), 1, 1, TimeUnit.SECONDS);
    loop.advance(Duration.ofSeconds(5));

    assertThatExceptionOfType(TaskFailedException.class)
        .isThrownBy(loop::close)
        .withStackTraceContaining("ticked");
  }

  @Test
  void anExceptionHandlerOfTheUserGetsUncaughtExceptionsInstead() {
    List<String> handled = new ArrayList<>();
    try (TestLoop loop = TestLoop.open()) {
      loop.setUncaughtExceptionHandler(
          (thread, e) -> handled.add(thread.getName() + ": " + e.getMessage()));
      loop.spawn("parent", () -> Thread.ofVirtual().name("child").start(() -> fail("in child")));
      loop.runUntilBlocked();
    }

    assertThat(handled).containsExactly("child: in child");
  }

  @Test
  void aFailureWhileTasksEndIsThrown() {
    try (var _ = new CapturedLog()) {
      TestLoop loop = TestLoop.open();
      loop.execute(() -> {
        try {
          Thread.sleep(Duration.ofHours(1));
        } catch (InterruptedException e) {
          fail("at the end");
        }
      });
      loop.runUntilBlocked();

      assertThatExceptionOfType(TaskFailedException.class)
          .isThrownBy(loop::close)
          .withStackTraceContaining("at the end");
    }
  }

  @Test
  void aFailureIsThrownEvenIfTheEndOfTheLoopWasAwaitedBefore() throws Exception {
    TestLoop loop = TestLoop.open();
    loop.spawn("broken", () -> fail("before the end"));
    loop.shutdown();
    assertThat(loop.awaitTermination(1, TimeUnit.SECONDS)).isTrue();

    assertThatExceptionOfType(TaskFailedException.class).isThrownBy(loop::close);
  }

  @Test
  void tasksThatAreLeftAreNamedWithThePlaceThatStartedThem() {
    try (var log = new CapturedLog()) {
      TestLoop loop = TestLoop.open();
      startSleeper(loop);
      loop.spawn("never run", () -> {});
      loop.runUntilBlocked();
      loop.close();

      assertThat(log.messages()).hasSize(1);
      assertThat(log.messages().getFirst().lines())
          .element(0)
          .isEqualTo("TestLoop \"test\" was closed with 1 task left:");
      assertThat(log.messages().getFirst().lines())
          .element(1)
          .isEqualTo("  \"sleeper\" is blocked on sleep since 2000-01-01T00:00:00Z");
      assertThat(log.messages().getFirst().lines())
          .last()
          .asString()
          .startsWith("      started at " + getClass().getName() + ".startSleeper(");
    }
  }

  private static void startSleeper(TestLoop loop) {
    loop.spawn("sleeper", () -> Thread.sleep(Duration.ofHours(1)));
  }

  @Test
  void aTaskThatWasScheduledIsNamedWithThePlaceThatScheduledIt() {
    try (var log = new CapturedLog()) {
      TestLoop loop = TestLoop.open();
      scheduleSleeper(loop);
      loop.advance(Duration.ofSeconds(1));
      loop.close();

      assertThat(log.messages().getFirst().lines())
          .last()
          .asString()
          .startsWith("      started at " + getClass().getName() + ".scheduleSleeper(");
    }
  }

  private static void scheduleSleeper(TestLoop loop) {
    loop.schedule(() -> sleepUntilInterrupted(), Duration.ofSeconds(1));
  }

  private static void sleepUntilInterrupted() {
    try {
      Thread.sleep(Duration.ofHours(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void tasksThatAreLeftAreInterruptedAndRunToTheirEnd() {
    try (var _ = new CapturedLog()) {
      List<String> ends = new ArrayList<>();
      TestLoop loop = TestLoop.open();
      Task<Void> sleeper =
          loop.spawn(
              "sleeper",
              () -> {
                try {
                  Thread.sleep(Duration.ofHours(1));
                } finally {
                  Thread.sleep(Duration.ofSeconds(1));
                  ends.add("cleaned up");
                }
              });
      loop.runUntilBlocked();
      loop.close();

      assertThat(ends).containsExactly("cleaned up");
      assertThat(sleeper.isCancelled()).isTrue();
    }
  }

  @Test
  void tasksThatRefuseToEndAreNamed() {
    try (var log = new CapturedLog()) {
      var never = new Event();
      TestLoop loop = TestLoop.open();
      loop.spawn(
          "stubborn",
          () -> {
            while (true) {
              try {
                never.await();
              } catch (InterruptedException e) {
                // refuses to end
              }
            }
          });
      loop.runUntilBlocked();
      loop.close();

      assertThat(log.messages()).hasSize(2);
      assertThat(log.messages().getLast())
          .startsWith("TestLoop \"test\" was closed, but 1 task did not end when interrupted:")
          .contains("\"stubborn\" is blocked on a condition");
    }
  }

  @Test
  void tasksThatRefuseToEndAndLetTimePassAreNamedToo() {
    try (var log = new CapturedLog()) {
      TestLoop loop = TestLoop.builder().livelockLimit(1000).open();
      loop.spawn(
          "heartbeat",
          () -> {
            while (true) {
              try {
                Thread.sleep(Duration.ofSeconds(1));
              } catch (InterruptedException e) {
                // refuses to end
              }
            }
          });
      loop.advance(Duration.ofSeconds(3));
      loop.close();

      assertThat(log.messages().getLast())
          .startsWith("TestLoop \"test\" was closed, but 1 task did not end when interrupted:")
          .contains("\"heartbeat\" is blocked on sleep");
    }
  }

  @Test
  void whatIsScheduledAndNotStartedIsCancelledInSilence() {
    try (var log = new CapturedLog()) {
      TestLoop loop = TestLoop.open();
      var scheduled = loop.schedule(() -> fail("too late"), Duration.ofHours(1));
      loop.close();

      assertThat(scheduled.isCancelled()).isTrue();
      assertThat(log.messages()).isEmpty();
    }
  }

  @Test
  void tasksThatEndedBeforeAreNotMentioned() throws Exception {
    try (var log = new CapturedLog()) {
      try (TestLoop loop = TestLoop.open()) {
        loop.run(() -> Thread.sleep(1));
      }

      assertThat(log.messages()).isEmpty();
    }
  }

  @Test
  void aClosedLoopRefusesWorkAndSaysWhoClosedIt() {
    TestLoop loop = TestLoop.builder().name("mine").open();
    loop.close();
    loop.close();

    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> loop.spawn(() -> 1))
        .withMessageMatching(
            "TestLoop \"mine\" is closed: it was closed by thread \".*\" \\(ClosingTest\\.java:\\d+\\)\\. Open a new one\\.");
    assertThat(loop.isShutdown()).isTrue();
    assertThat(loop.isTerminated()).isTrue();
  }

  @Test
  void awaitingTheEndOfALoopThatIsNotShutDownDoesNotEndIt() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      loop.spawn("sleeper", () -> Thread.sleep(Duration.ofHours(1)));

      assertThat(loop.awaitTermination(2, TimeUnit.HOURS)).isFalse();
      assertThat(loop.isTerminated()).isFalse();
      assertThat(Duration.between(TestLoop.DEFAULT_START, loop.now()))
          .isEqualTo(Duration.ofHours(2));
      assertThat(loop.run(() -> "lives on")).isEqualTo("lives on");
    }
  }

  @Test
  void awaitingTheEndTakesNoMoreVirtualTimeThanAllowed() throws Exception {
    try (var _ = new CapturedLog();
        TestLoop loop = TestLoop.open()) {
      loop.spawn("sleeper", () -> Thread.sleep(Duration.ofHours(3)));
      loop.shutdown();

      assertThat(loop.awaitTermination(1, TimeUnit.HOURS)).isFalse();
      assertThat(loop.awaitTermination(2, TimeUnit.HOURS)).isTrue();
      assertThat(Duration.between(TestLoop.DEFAULT_START, loop.now()))
          .isEqualTo(Duration.ofHours(3));
    }
  }

  @Test
  void aFailureOfTheTestComesFirst() {
    assertThatThrownBy(
            () -> {
              try (TestLoop loop = TestLoop.open()) {
                loop.spawn("broken", () -> fail("in task"));
                loop.runUntilBlocked();
                throw new AssertionError("in test");
              }
            })
        .hasMessage("in test")
        .satisfies(
            e -> assertThat(e.getSuppressed()).hasOnlyElementsOfType(TaskFailedException.class));
  }

  @Test
  void aDrawnSeedIsAlwaysPrinted() throws Exception {
    try (var log = new CapturedLog();
        TestLoop loop = TestLoop.builder().randomSeed().open()) {
      long seed = loop.schedule().seed().orElseThrow();

      assertThat(log.messages())
          .containsExactly("A TestLoop runs with the drawn seed " + seed + ".");
    }
  }
}
