package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.standstill.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rules that make a test loop exact, one by one. What is outside has a test of its own. */
class RulesTest {

  private final TestLoop loop = TestLoop.open();
  private final List<String> log = new ArrayList<>();

  /** Some tests leave tasks that wait, and the loop says so. */
  @AfterEach
  void close() {
    try (var _ = new CapturedLog()) {
      loop.close();
    }
  }

  @Test
  void durablyBlockedIncludesLocks() {
    var lock = new ReentrantLock();
    loop.spawn("holder", () -> holdForAnHour(lock));
    loop.spawn("waiter", lock::lock);

    loop.runUntilBlocked();

    assertThat(loop.blocked())
        .extracting(BlockedTask::name, BlockedTask::isDurablyBlocked)
        .containsExactly(tupleOf("holder", true), tupleOf("waiter", true));
    assertThat(loop.blocked().getLast().owner()).isSameAs(loop.blocked().getFirst().thread());
  }

  private static org.assertj.core.groups.Tuple tupleOf(Object... values) {
    return org.assertj.core.groups.Tuple.tuple(values);
  }

  private static void holdForAnHour(ReentrantLock lock) throws InterruptedException {
    lock.lock();
    try {
      Thread.sleep(Duration.ofHours(1));
    } finally {
      lock.unlock();
    }
  }

  @Test
  void durablyBlockedIncludesMonitors() {
    var monitor = new Object();
    loop.spawn(
        "holder",
        () -> {
          synchronized (monitor) {
            Thread.sleep(Duration.ofHours(1));
          }
        });
    loop.spawn(
        "waiter",
        () -> {
          synchronized (monitor) {
            log.add("entered");
          }
        });

    loop.runUntilBlocked();

    BlockedTask waiter = loop.blocked().getLast();
    assertThat(waiter.isDurablyBlocked()).isTrue();
    assertThat(waiter.object()).isSameAs(monitor);
    assertThat(waiter.owner()).isSameAs(loop.blocked().getFirst().thread());
  }

  @Test
  void whatTheTestItselfHoldsIsDurableToo() {
    var lock = new ReentrantLock();
    var monitor = new Object();
    loop.spawn("locker", lock::lock);
    loop.spawn(
        "enterer",
        () -> {
          synchronized (monitor) {
            log.add("entered");
          }
        });
    lock.lock();
    synchronized (monitor) {
      loop.runUntilBlocked();

      assertThat(loop.blocked()).hasSize(2).allMatch(BlockedTask::isDurablyBlocked);
    }
    lock.unlock();
    loop.runUntilBlocked();
    assertThat(loop.blocked()).isEmpty();
  }

  @Test
  void atAStandstillTimersThatAreDueFireFirst() throws Exception {
    Task<Void> task = loop.spawn("immediate", () -> {});
    loop.schedule(() -> log.add("due now"), Duration.ZERO);

    loop.runUntilBlocked();

    assertThat(task.isDone()).isTrue();
    assertThat(log).containsExactly("due now");
  }

  @Test
  void atAStandstillTheCallReturnsBeforeTimeJumps() {
    loop.schedule(() -> log.add("later"), Duration.ofNanos(1));

    loop.runUntilBlocked();

    assertThat(log).isEmpty();
    assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START);
  }

  @Test
  void runUntilBlockedNeverMovesTime() {
    loop.spawn(
        "sleeper",
        () -> {
          while (true) {
            Thread.sleep(1);
            log.add("awake");
          }
        });

    for (int i = 0; i < 100; i++) {
      loop.runUntilBlocked();
    }

    assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START);
    assertThat(log).isEmpty();
  }

  @Test
  void runReadyNeverMovesTimeEither() {
    loop.spawn("sleeper", () -> Thread.sleep(1));

    loop.runReady();
    loop.runReady();

    assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START);
    assertThat(loop.blocked()).hasSize(1);
  }

  @Test
  void timeJumpsExactlyToTheNextTimer() throws Exception {
    List<Duration> seen = new ArrayList<>();
    for (long millis : new long[] {700, 5, 90}) {
      loop.schedule(() -> seen.add(elapsed()), Duration.ofMillis(millis));
    }

    loop.run(() -> Thread.sleep(1000));

    assertThat(seen)
        .containsExactly(Duration.ofMillis(5), Duration.ofMillis(90), Duration.ofMillis(700));
    assertThat(elapsed()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void advanceFiresEveryTimerUpToAndIncludingTheNewTime() {
    for (int seconds : new int[] {1, 2, 3, 4}) {
      loop.schedule(() -> log.add("+" + seconds), Duration.ofSeconds(seconds));
    }
    loop.schedule(() -> log.add("just after"), Duration.ofSeconds(3).plusNanos(1));

    loop.advance(Duration.ofSeconds(3));

    assertThat(log).containsExactly("+1", "+2", "+3");
    assertThat(elapsed()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void advanceRunsWhatBecomesReadyInBetween() {
    loop.spawn(
        "ticker",
        () -> {
          while (true) {
            Thread.sleep(Duration.ofSeconds(1));
            log.add("tick " + elapsed().toSeconds());
          }
        });

    loop.advance(Duration.ofSeconds(3));

    assertThat(log).containsExactly("tick 1", "tick 2", "tick 3");
  }

  @Test
  void advanceByNothingFiresWhatIsDueNow() {
    loop.schedule(() -> log.add("now"), Duration.ZERO);

    loop.advance(Duration.ZERO);

    assertThat(log).containsExactly("now");
    assertThat(elapsed()).isZero();
  }

  @Test
  void advanceMovesTimeEvenIfNoTimerIsPending() {
    loop.advance(Duration.ofDays(1));

    assertThat(elapsed()).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void timersOfOneInstantFireInTheOrderInWhichTheyWereSet() {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int number = i;
      loop.schedule(() -> order.add(number), Duration.ofSeconds(1));
    }

    loop.runUntilIdle();

    assertThat(order).isSorted().hasSize(20);
  }

  @Test
  void sleepersThatWakeAtOneInstantRunInTheOrderInWhichTheyFellAsleep() {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int number = i;
      loop.spawn(() -> {
        Thread.sleep(number);
        Thread.sleep(1000 - number);
        order.add(number);
      });
    }

    loop.runUntilIdle();

    assertThat(order).isSorted().hasSize(20);
  }

  @Test
  void underASeedTimersOfOneInstantRunInTheSeedsOrder() {
    assertThat(orderOfOneInstant(7)).isEqualTo(orderOfOneInstant(7));
    assertThat(orderOfOneInstant(7)).isNotEqualTo(orderOfOneInstant(8));
    assertThat(orderOfOneInstant(7)).containsExactlyInAnyOrderElementsOf(numbers(20));
  }

  private static List<Integer> orderOfOneInstant(long seed) {
    List<Integer> order = new ArrayList<>();
    try (TestLoop seeded = TestLoop.builder().seed(seed).open()) {
      for (int number : numbers(20)) {
        seeded.schedule(() -> order.add(number), Duration.ofSeconds(1));
      }
      seeded.runUntilIdle();
    }
    return order;
  }

  private static List<Integer> numbers(int count) {
    return java.util.stream.IntStream.range(0, count).boxed().toList();
  }

  @Test
  void whatTasksDidIsVisibleToTheDriverInPlainFields() throws Exception {
    int[] plain = new int[100];
    for (int i = 0; i < plain.length; i++) {
      int index = i;
      loop.spawn(() -> plain[index] = index);
    }

    Thread driver = Thread.ofPlatform().start(loop::runUntilBlocked);
    driver.join();

    for (int i = 0; i < plain.length; i++) {
      assertThat(plain[i]).isEqualTo(i);
    }
  }

  @Test
  void whatTheDriverDidIsVisibleToTasksInPlainFields() throws Exception {
    int[] plain = {0};
    Task<Integer> reader =
        loop.spawn(
            "reader",
            () -> {
              while (plain[0] == 0) {
                Thread.sleep(1);
              }
              return plain[0];
            });
    loop.advance(Duration.ofMillis(10));
    plain[0] = 42;
    Thread otherDriver = Thread.ofPlatform().start(() -> loop.advance(Duration.ofMillis(10)));
    otherDriver.join();

    assertThat(reader.get()).isEqualTo(42);
  }

  @Test
  void aLiveLockIsToldWithTheTasksThatAlternate() {
    try (var _ = new CapturedLog();
        TestLoop limited = TestLoop.builder().livelockLimit(1000).open()) {
      AtomicInteger turn = new AtomicInteger();
      limited.spawn("ping", () -> alternate(turn, 0));
      limited.spawn("pong", () -> alternate(turn, 1));
      limited.spawn("innocent", () -> Thread.sleep(1));

      assertThatExceptionOfType(LivelockException.class)
          .isThrownBy(limited::runUntilBlocked)
          .withMessageStartingWith(
              "TestLoop \"test\" ran 1000 slices and time did not move: the tasks keep each other busy. Running last: \"ping\", \"pong\".")
          .withMessageContaining("To repeat the run: TestLoop.builder().replay(\"2-fifo-");
    }
  }

  private static void alternate(AtomicInteger turn, int mine) throws InterruptedException {
    while (!Thread.interrupted()) {
      if (turn.get() % 2 == mine) {
        turn.incrementAndGet();
      }
      Thread.yield();
    }
  }

  @Test
  void theLimitOfALiveLockCountsAnewWhenTimeMoves() throws Exception {
    try (TestLoop limited = TestLoop.builder().livelockLimit(1000).open()) {
      limited.run(() -> {
        for (int i = 0; i < 10_000; i++) {
          Thread.sleep(1);
        }
      });

      assertThat(limited.slices()).isGreaterThan(10_000);
    }
  }

  @Test
  void movingTimeWithoutEndIsToldToo() {
    try (TestLoop limited = TestLoop.builder().livelockLimit(100).open()) {
      limited.scheduleAtFixedRate(() -> {}, 1, 1, java.util.concurrent.TimeUnit.SECONDS);

      assertThatExceptionOfType(LivelockException.class)
          .isThrownBy(limited::runUntilIdle)
          .withMessageContaining("moved time 100 times and timers are still pending");
    }
  }

  @Test
  void codeMayAskWhetherItRunsOnATestLoop() throws Exception {
    assertThat(TestLoop.currentIfPresent()).isEmpty();
    assertThat(loop.run(TestLoop::currentIfPresent)).containsSame(loop);
  }

  private static final AtomicInteger RUNS = new AtomicInteger();

  @Test
  void aRunChecksItselfAndShowsTheFirstDifferenceWithBothStacks() {
    RUNS.set(0);

    NondeterminismException difference =
        catchThrowableOfType(
            NondeterminismException.class,
            () -> TestLoop.checkDeterminism(Schedule.seeded(1), RulesTest::dependsOnTheRun));

    assertThat(difference.getMessage().lines())
        .element(0)
        .asString()
        .startsWith("Two runs with one schedule (seed 1) differ from slice 3 on");
    assertThat(difference.getMessage())
        .containsPattern("First run:  3 \\+PT0S #1 main \\(0 of 1\\)\\R      at ")
        .contains("RulesTest.sleepInFirstRun(")
        .containsPattern("Second run: 3 \\+PT0S #1 main \\(0 of 1\\)\\R      at ")
        .contains("RulesTest.yieldInLaterRuns(");
  }

  private static void dependsOnTheRun(TestLoop loop) throws Exception {
    boolean first = RUNS.getAndIncrement() == 0;
    loop.run(() -> {
      Thread.yield();
      Thread.yield();
      if (first) {
        sleepInFirstRun();
      } else {
        yieldInLaterRuns();
      }
    });
  }

  private static void sleepInFirstRun() throws InterruptedException {
    Thread.sleep(1);
  }

  private static void yieldInLaterRuns() {
    Thread.yield();
  }

  @Test
  void aRunThatIsOneIsPassedByTheCheck() throws Exception {
    TestLoop.checkDeterminism(
        Schedule.seeded(1), checked -> checked.run(() -> Thread.sleep(Duration.ofDays(1))));
  }

  @Test
  void aRunThatOnlyGoesOnLongerIsADifference() {
    RUNS.set(0);

    assertThatExceptionOfType(NondeterminismException.class)
        .isThrownBy(() ->
            TestLoop.checkDeterminism(
                Schedule.fifo(),
                checked -> {
                  int yields = RUNS.getAndIncrement();
                  checked.run(() -> {
                    for (int i = 0; i < yields; i++) {
                      Thread.yield();
                    }
                  });
                }))
        .withMessageContaining("Two runs with one schedule (first in, first out)")
        .withMessageContaining("differ from slice 1 on");
  }

  @Test
  void aTaskCannotDriveItsLoop() {
    assertThatIllegalStateException()
        .isThrownBy(() -> loop.run(() -> loop.advance(Duration.ofSeconds(1))))
        .withMessage(
            "advance() was called by virtual thread \"main\": a loop has to be driven by a platform thread. A task lets time pass with Thread.sleep().");
    assertThatThrownBy(() -> loop.run(() -> loop.run(() -> 1)))
        .hasMessage(
            "run() was called from task \"main\", which runs on this loop \"test\". Call the code directly, or spawn() it and get() the Task.");
  }

  private Duration elapsed() {
    return Duration.between(TestLoop.DEFAULT_START, loop.now());
  }
}
