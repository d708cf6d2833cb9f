package dev.standstill.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.standstill.EventLoop;
import dev.standstill.Task;
import dev.standstill.test.BlockedTask;
import dev.standstill.test.DeadlockException;
import dev.standstill.test.LeakedTaskException;
import dev.standstill.test.Leaks;
import dev.standstill.test.RunDetails;
import dev.standstill.test.TaskFailedException;
import dev.standstill.test.TestLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.reporting.ReportEntry;
import org.opentest4j.AssertionFailedError;

/** How tests fail, and what they say then. */
class FailureTest {

  @Test
  void anAssertionKeepsItsTypeAndItsMessage() {
    assertThat(Runs.failing(Wrong.class))
        .isInstanceOf(AssertionFailedError.class)
        .hasMessage("\nexpected: 2\n but was: 1");
  }

  @Test
  void aFailureIsToldWhenItHappenedAndHowToRepeatIt() {
    Throwable failure = Runs.failing(Wrong.class);

    String token = failure.getSuppressed()[0].getMessage().replaceAll("(?s).*D.*?=|@.*", "");
    assertThat(Runs.details(failure))
        .isEqualToNormalizingNewlines(
            """
            It is 2000-01-01T01:00:00Z of virtual time; schedule: first in, first out.
            To repeat the run: @LoopTest(replay = "%s"), or -Dstandstill.replay=%s@FailureTest.Wrong.fails\
            """
                .formatted(token, token));
    assertThat(token).startsWith("2-fifo-");
  }

  @Test
  void stackTracesShowTheTestAlone() {
    assertThat(Runs.failing(Wrong.class).getStackTrace())
        .extracting(StackTraceElement::getMethodName)
        .containsExactly("fails");
  }

  @Test
  void stackTracesAreLeftAsTheyAreOnRequest() {
    var results =
        Runs.with(
            Map.of(
                "standstill.stacktraces", "full",
                "junit.platform.stacktrace.pruning.enabled", "false"),
            Wrong.class);

    assertThat(Runs.print(Runs.failing(results))).contains("dev.standstill.test.stage.Phase.run");
  }

  static class Wrong {
    @LoopTest
    void fails() throws InterruptedException {
      Thread.sleep(Duration.ofHours(1));
      assertThat(1).isEqualTo(2);
    }
  }

  @Test
  void aTimeoutTellsOfAThreadThatTheTestHasWokenAndThatNobodyCouldSee() {
    assertThat(Runs.details(Runs.failing(AsksADriver.class)))
        .contains("Time moved PT5S while thread \"driver\", woken by this test, was running.");
  }

  /** Its driver waits for the network, in native code, before it answers. */
  static class AsksADriver {
    private static final LinkedBlockingQueue<CompletableFuture<String>> REQUESTS =
        new LinkedBlockingQueue<>();

    private static ServerSocket network;
    private static Thread driver;

    @BeforeAll
    static void startDriver() throws IOException {
      network = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      driver = Thread.ofPlatform().name("driver").daemon().start(AsksADriver::answer);
      while (driver.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }

    private static void answer() {
      try {
        CompletableFuture<String> request = REQUESTS.take();
        network.accept();
        request.complete("answer");
      } catch (InterruptedException | IOException e) {
        // The test is over.
      }
    }

    @AfterAll
    static void endDriver() throws IOException, InterruptedException {
      network.close();
      driver.interrupt();
      driver.join();
    }

    @LoopTest
    void fails() throws Exception {
      CompletableFuture<String> answer = new CompletableFuture<>();
      REQUESTS.add(answer);
      answer.get(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void aFailureNamesTheTasksThatAreBlocked() {
    assertThat(Runs.details(Runs.failing(WrongBesideAWaiter.class)))
        .contains("1 task is blocked")
        .contains("\"waiter\" is blocked on a latch (CountDownLatch#1)");
  }

  static class WrongBesideAWaiter {
    @LoopTest
    void fails(TestLoop loop) throws InterruptedException {
      loop.background().spawn("waiter", () -> new CountDownLatch(1).await());
      Thread.sleep(1);
      throw new IllegalStateException("wrong");
    }
  }

  @Test
  void anAssumptionThatDoesNotHoldAbortsTheTest() {
    var results = Runs.of(Assuming.class);

    results.testEvents().assertStatistics(counts -> counts.aborted(1).failed(0));
  }

  static class Assuming {
    @LoopTest
    void assumes() {
      Assumptions.abort("not here");
    }
  }

  @Test
  void aStandstillForGoodIsADeadlockAtOnce() {
    Throwable failure = Runs.failing(Standing.class);

    assertThat(failure)
        .isInstanceOf(DeadlockException.class)
        .hasMessageStartingWith("Deadlock: 1 task is blocked")
        .hasMessageContaining("\"test\" is blocked on a latch (CountDownLatch#1)")
        .hasMessageContaining("FailureTest$Standing.waits(FailureTest.java:");
    assertThat(failure.getMessage()).doesNotContain("started at");
    assertThat(failure.getStackTrace())
        .extracting(StackTraceElement::getMethodName)
        .last()
        .isEqualTo("waits");
    assertThat(Runs.details(failure)).contains("@LoopTest(replay = ");
  }

  @Test
  void fixturesRunAfterADeadlock() {
    Standing.cleanedUpInVirtualTime = false;

    Runs.of(Standing.class);

    assertThat(Standing.cleanedUpInVirtualTime).isTrue();
  }

  static class Standing {
    static boolean cleanedUpInVirtualTime;

    @LoopTest
    void waits() throws InterruptedException {
      new CountDownLatch(1).await();
    }

    @AfterEach
    void cleanUp() throws InterruptedException {
      Thread.sleep(Duration.ofHours(1));
      cleanedUpInVirtualTime = true;
    }
  }

  @Test
  void aDeadlockShowsItsCycle() {
    assertThat(Runs.failing(Cycle.class))
        .isInstanceOf(DeadlockException.class)
        .hasMessageContaining("Cycle: \"test\" holds ReentrantLock#");
  }

  static class Cycle {
    @LoopTest
    void locksInTwoOrders(TestLoop loop) throws Exception {
      var first = new ReentrantLock();
      var second = new ReentrantLock();
      loop.spawn("other", () -> lockBoth(second, first));
      lockBoth(first, second);
    }

    private static void lockBoth(ReentrantLock one, ReentrantLock two) throws Exception {
      one.lock();
      Thread.sleep(1);
      two.lock();
    }
  }

  @Test
  void aTaskThatIsLeftFailsTheTest() {
    assertThat(Runs.failing(Leaking.class))
        .isInstanceOf(LeakedTaskException.class)
        .hasMessageStartingWith("TestLoop \"Leaking.leaks\" was closed with 1 task left:")
        .hasMessageContaining("\"worker\" is blocked on a latch (CountDownLatch#1)")
        .hasMessageContaining("started at " + Leaking.class.getName() + ".leaks(FailureTest.java:");
  }

  static class Leaking {
    @LoopTest
    void leaks(TestLoop loop) {
      loop.spawn("worker", () -> new CountDownLatch(1).await());
    }
  }

  @Test
  void tasksMayBeLeftWhereThatIsMeant() {
    Runs.passing(LeakingOnPurpose.class);
  }

  static class LeakingOnPurpose {
    @LoopTest(leaks = Leaks.IGNORE)
    void ignores(TestLoop loop) {
      loop.spawn("worker", () -> new CountDownLatch(1).await());
    }

    @LoopTest(leaks = Leaks.WARN)
    void warns(TestLoop loop) {
      loop.spawn("warned of", () -> new CountDownLatch(1).await());
    }

    @LoopTest
    void runsInTheBackground(TestLoop loop) {
      loop.background().spawn("poller", () -> new CountDownLatch(1).await());
    }

    @LoopTest
    void endsByItself(TestLoop loop) {
      loop.spawn("worker", () -> 42);
    }
  }

  @Test
  void anExceptionInTheBackgroundFailsTheTest() {
    assertThat(Runs.failing(ThrowingInTheBackground.class))
        .isInstanceOf(TaskFailedException.class)
        .hasMessageContaining("a task failed and nobody asked for its result")
        .cause()
        .hasMessage("boom");
  }

  static class ThrowingInTheBackground {
    @LoopTest
    void fails() {
      Thread.startVirtualThread(() -> {
        throw new IllegalStateException("boom");
      });
    }
  }

  @Test
  void inRealTimeATaskThatIsLeftFailsTheTest() {
    assertThat(Runs.failing(LeakingInRealTime.class))
        .isInstanceOf(LeakedTaskException.class)
        .hasMessageStartingWith(
            "EventLoop \"LeakingInRealTime.leaks\" was closed with 1 task left:")
        .hasMessageContaining("\"worker\"")
        .hasMessageContaining("FailureTest$LeakingInRealTime.lambda$leaks$0(FailureTest.java:");
  }

  static class LeakingInRealTime {
    @LoopTest(time = LoopTest.Time.REAL)
    void leaks(EventLoop loop) {
      loop.spawn("worker", () -> new CountDownLatch(1).await());
    }

    @LoopTest(time = LoopTest.Time.REAL)
    void endsByItself(EventLoop loop) {
      loop.spawn("worker", () -> Thread.sleep(1));
    }

    @LoopTest(time = LoopTest.Time.REAL, leaks = Leaks.IGNORE)
    void ignores(EventLoop loop) {
      loop.spawn("worker", () -> new CountDownLatch(1).await());
    }

    @LoopTest(time = LoopTest.Time.REAL, leaks = Leaks.WARN)
    void warns(EventLoop loop) {
      loop.spawn("warned of", () -> new CountDownLatch(1).await());
    }
  }

  @Test
  void inRealTimeATestThatHangsEndsAtTheLimit() {
    assertThat(Runs.failing(HangingInRealTime.class))
        .isInstanceOf(TimeoutException.class)
        .hasMessageStartingWith(
            "EventLoop \"HangingInRealTime.waits\" took 1 s of real time, its limit.")
        .hasMessageContaining("\"test\"")
        .hasMessageContaining("FailureTest$HangingInRealTime.waits(FailureTest.java:");
  }

  static class HangingInRealTime {
    @LoopTest(time = LoopTest.Time.REAL, realTimeLimit = "1 s")
    void waits() throws InterruptedException {
      new CountDownLatch(1).await();
    }
  }

  @Test
  void inRealTimeAnExceptionInTheBackgroundFailsTheTest() {
    assertThat(Runs.failing(ThrowingInRealTime.class))
        .isInstanceOf(TaskFailedException.class)
        .hasMessageStartingWith(
            "EventLoop \"ThrowingInRealTime.fails\": a task failed and nobody asked for its result:")
        .cause()
        .hasMessage("boom");
  }

  static class ThrowingInRealTime {
    @LoopTest(time = LoopTest.Time.REAL)
    void fails() {
      Thread.startVirtualThread(() -> {
        throw new IllegalStateException("boom");
      });
    }
  }

  @Test
  void inRealTimeAFailureThatNobodyAsksForFailsTheTest() {
    assertThat(Runs.failing(ForgettingInRealTime.class))
        .isInstanceOf(TaskFailedException.class)
        .hasMessageStartingWith(
            "EventLoop \"ForgettingInRealTime.fails\": a task failed and nobody asked for its result:")
        .cause()
        .hasMessage("boom");
  }

  static class ForgettingInRealTime {
    @LoopTest(time = LoopTest.Time.REAL)
    void fails(EventLoop loop) {
      loop.spawn(
          "forgotten",
          () -> {
            throw new IllegalStateException("boom");
          });
    }

    @LoopTest(time = LoopTest.Time.REAL)
    void asks(EventLoop loop) throws Exception {
      Task<?> task =
          loop.spawn(
              "asked for",
              () -> {
                throw new IllegalStateException("boom");
              });
      assertThatExceptionOfType(ExecutionException.class).isThrownBy(task::get);
    }

    @LoopTest(time = LoopTest.Time.REAL)
    void asksWhenTheTaskHasEnded(EventLoop loop) throws Exception {
      Task<?> task =
          loop.spawn(
              "asked for",
              () -> {
                throw new IllegalStateException("boom");
              });
      while (!task.isDone()) {
        Thread.sleep(1);
      }
      assertThatExceptionOfType(ExecutionException.class).isThrownBy(task::get);
    }
  }

  @Test
  void aPlainTestThatDrivesItsLoopIsToldHowToRepeatItToo() {
    Throwable failure = Runs.failing(WrongWhileDriving.class);

    assertThat(Runs.details(failure))
        .startsWith("It is 2000-01-01T00:01:00Z of virtual time; schedule: first in, first out.")
        .contains("To repeat the run: @LoopTest(replay = \"2-fifo-")
        .contains("\"waiter\" is blocked on a latch (CountDownLatch#1)");
    assertThat(failure.getStackTrace())
        .extracting(StackTraceElement::getMethodName)
        .last()
        .isEqualTo("fails");
  }

  @ExtendWith(LoopExtension.class)
  static class WrongWhileDriving {
    @Test
    void fails(TestLoop loop) {
      loop.background().spawn("waiter", () -> new CountDownLatch(1).await());
      loop.advance(Duration.ofMinutes(1));
      assertThat(1).isEqualTo(2);
    }
  }

  @Test
  void aTaskThatComputesForEverEndsAtTheLimit() {
    Throwable failure = Runs.failing(Computing.class);

    assertThat(failure)
        .isInstanceOf(TimeoutException.class)
        .hasMessageStartingWith("TestLoop \"Computing.computes\" took 1 s of real time, its limit.")
        .hasMessageContaining("\"test\" is running")
        .hasMessageContaining("FailureTest$Computing.computes(FailureTest.java:");
    assertThat(failure.getStackTrace())
        .extracting(StackTraceElement::getMethodName)
        .contains("computes");
    assertThat(Computing.cleanedUp).isTrue();
    Computing.stop.set(true);
  }

  static class Computing {
    static final AtomicBoolean stop = new AtomicBoolean();
    static volatile boolean cleanedUp;
    private long steps;

    @LoopTest(realTimeLimit = "1 s")
    void computes() {
      while (!stop.get()) {
        steps++;
      }
    }

    @AfterEach
    void cleanUp() {
      cleanedUp = true;
    }
  }

  @Test
  void aWaitForAThreadOutsideEndsAtTheLimit() throws InterruptedException {
    var end = new CountDownLatch(1);
    WaitingOutside.outsider = Thread.ofVirtual().name("outsider").start(() -> awaitQuietly(end));

    assertThat(Runs.failing(WaitingOutside.class))
        .isInstanceOf(TimeoutException.class)
        .hasMessageStartingWith("TestLoop \"WaitingOutside.joins\" took 500 ms of real time")
        .hasMessageContaining("externally, waits for the end of a thread that is not the loop's");
    end.countDown();
    WaitingOutside.outsider.join();
  }

  private static void awaitQuietly(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static class WaitingOutside {
    static Thread outsider;

    @LoopTest(realTimeLimit = "500 ms")
    void joins() throws InterruptedException {
      outsider.join();
    }
  }

  @Test
  void theTimeoutOfJUnitIsInRealTime() {
    assertThat(Runs.failing(TimedOutInRealTime.class))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("timed out after 500 milliseconds");
    TimedOutInRealTime.stop.set(true);
  }

  static class TimedOutInRealTime {
    static final AtomicBoolean stop = new AtomicBoolean();
    private long steps;

    @LoopTest
    @Timeout(value = 500, unit = TimeUnit.MILLISECONDS)
    void computes() throws InterruptedException {
      Thread.sleep(Duration.ofHours(1));
      while (!stop.get()) {
        steps++;
      }
    }
  }

  @Test
  void theTimeoutOfALoopTestIsInVirtualTime() {
    assertThat(Runs.failing(TimedOut.class))
        .isInstanceOf(TimeoutException.class)
        .hasMessageStartingWith(
            "TestLoop \"TimedOut.sleeps\": not done after PT1M of virtual time.")
        .hasMessageContaining("\"test\" is blocked on sleep");
  }

  static class TimedOut {
    @LoopTest(timeout = "1 min")
    void sleeps() throws InterruptedException {
      Thread.sleep(Duration.ofHours(1));
    }

    @LoopTest(timeout = "1 min")
    void isInTime() throws InterruptedException {
      Thread.sleep(Duration.ofMinutes(1));
    }
  }

  @Test
  void aTimeoutThatIsNoneIsRefused() {
    assertThat(Runs.failing(Mistyped.class))
        .hasMessageContaining("@LoopTest(timeout = \"soon\") is no duration");
  }

  static class Mistyped {
    @LoopTest(timeout = "soon")
    void neverRuns() {}
  }

  @Test
  void anInterruptThatATestLeavesBehindDoesNoHarm() {
    Runs.passing(Interrupted.class);
  }

  static class Interrupted {
    @LoopTest
    void interruptsItself() {
      Thread.currentThread().interrupt();
    }

    @AfterEach
    void sleeps() throws InterruptedException {
      Thread.sleep(1);
    }
  }

  @Test
  void toolsReadTheDetailsOfARun() {
    Throwable failure = Runs.failing(WaitsForNobody.class);

    RunDetails details = RunDetails.of(failure).orElseThrow();
    assertThat(details.now()).isEqualTo(TestLoop.DEFAULT_START.plusSeconds(5));
    assertThat(details.getMessage()).contains(details.replayToken().toString());
    assertThat(details.blocked()).extracting(BlockedTask::name).containsExactly("test");
    assertThat(RunDetails.of(new IllegalStateException())).isEmpty();
  }

  static class WaitsForNobody {
    @LoopTest
    void waits() throws Exception {
      Thread.sleep(Duration.ofSeconds(5));
      new CompletableFuture<>().get();
    }
  }

  @Test
  void aTestTellsItsVirtualTimeIfAskedTo() {
    assertThat(virtualTimes(Map.of("standstill.virtualTime", "true"))).containsExactly("PT5S");
    assertThat(virtualTimes(Map.of())).isEmpty();
  }

  private static List<String> virtualTimes(Map<String, String> configuration) {
    return Runs.with(configuration, WaitsForNobody.class)
        .allEvents()
        .reportingEntryPublished()
        .map(event -> event.getRequiredPayload(ReportEntry.class))
        .map(entry -> entry.getKeyValuePairs().get("standstill.virtualTime"))
        .toList();
  }
}
