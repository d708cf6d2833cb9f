package dev.standstill.test.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.Event;
import dev.standstill.PeriodicCallback;
import dev.standstill.ThrowingRunnable;
import dev.standstill.test.BlockedTask;
import dev.standstill.test.Leaks;
import dev.standstill.test.TaskFailedException;
import dev.standstill.test.TestLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** In virtual time, the turns of a periodic callback come exactly when they are to. */
class PeriodicCallbackInVirtualTimeTest {

  private static final int SEEDS = 2_000;
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final List<Duration> turns = new ArrayList<>();

  private static Duration now() {
    return Duration.between(TestLoop.DEFAULT_START, Instant.now());
  }

  private PeriodicCallback everySecond(TestLoop loop, ThrowingRunnable body) {
    return new PeriodicCallback(
        loop,
        "heartbeat",
        SECOND,
        () -> {
          turns.add(now());
          body.run();
        });
  }

  private static List<Duration> seconds(double... seconds) {
    List<Duration> all = new ArrayList<>();
    for (double each : seconds) {
      all.add(Duration.ofMillis(Math.round(each * 1000)));
    }
    return all;
  }

  @Test
  void comesAfterEachPeriodUntilItIsStopped() {
    try (TestLoop loop = TestLoop.open()) {
      loop.advance(Duration.ofMillis(300));
      PeriodicCallback heartbeat = everySecond(loop, () -> {});
      assertThat(heartbeat.isRunning()).isFalse();

      heartbeat.start();
      heartbeat.start(); // once is enough
      assertThat(heartbeat.isRunning()).isTrue();
      loop.advance(Duration.ofMillis(3_100));
      heartbeat.stop();
      heartbeat.stop();
      assertThat(heartbeat.isRunning()).isFalse();
      loop.advance(Duration.ofHours(1));

      assertThat(turns).isEqualTo(seconds(1.3, 2.3, 3.3));
    }
  }

  @Test
  void skipsTurnsItIsTooLateForAndStaysOnTheGrid() {
    try (TestLoop loop = TestLoop.open()) {
      everySecond(loop, () -> Thread.sleep(turns.size() == 2 ? 3_500 : 10)).start();
      loop.advance(Duration.ofSeconds(8));

      assertThat(turns).isEqualTo(seconds(1, 2, 6, 7, 8));
    }
  }

  @Test
  void doesNotSkipATurnThatIsJustDueWhenTheOneBeforeEnds() {
    try (TestLoop loop = TestLoop.open()) {
      everySecond(loop, () -> Thread.sleep(SECOND)).start();
      loop.advance(Duration.ofSeconds(4));

      assertThat(turns).isEqualTo(seconds(1, 2, 3, 4));
    }
  }

  @Test
  void reportsAFailureAtOnceAndGoesOn() {
    try (TestLoop loop = TestLoop.open()) {
      List<String> failures = new ArrayList<>();
      loop.setUncaughtExceptionHandler(
          (thread, e) -> failures.add(now() + " " + thread.getName() + " " + e.getMessage()));
      everySecond(
              loop,
              () -> {
                if (turns.size() < 3) {
                  throw new IllegalStateException("no pulse");
                }
              })
          .start();

      loop.advance(SECOND);
      assertThat(failures).containsExactly("PT1S heartbeat no pulse");
      loop.advance(SECOND.multipliedBy(3));
      assertThat(failures).hasSize(2);
      assertThat(turns).isEqualTo(seconds(1, 2, 3, 4));
    }
  }

  @Test
  void aFailureThatNobodyHandlesFailsTheTest() {
    TestLoop loop = TestLoop.open();
    everySecond(
            loop,
            () -> {
              throw new IllegalStateException("no pulse");
            })
        .start();
    loop.advance(SECOND);

    assertThatThrownBy(loop::close)
        .isInstanceOf(TaskFailedException.class)
        .hasMessageContaining("no pulse");
  }

  @Test
  void aTurnMayStopIt() {
    try (TestLoop loop = TestLoop.open()) {
      var heartbeat = new PeriodicCallback[1];
      heartbeat[0] =
          everySecond(
              loop,
              () -> {
                heartbeat[0].stop();
                Thread.sleep(SECOND); // is not interrupted
                turns.add(now());
              });
      heartbeat[0].start();
      loop.advance(Duration.ofMinutes(1));

      assertThat(turns).isEqualTo(seconds(1, 2));
      assertThat(heartbeat[0].isRunning()).isFalse();
    }
  }

  @Test
  void stoppingItDoesNotInterruptTheTurnThatRuns() {
    try (TestLoop loop = TestLoop.open()) {
      PeriodicCallback heartbeat =
          everySecond(
              loop,
              () -> {
                Thread.sleep(500);
                turns.add(now());
              });
      heartbeat.start();
      loop.advance(Duration.ofMillis(1_200));
      heartbeat.stop();
      loop.advance(Duration.ofMinutes(1));

      assertThat(turns).isEqualTo(seconds(1, 1.5));
    }
  }

  @Test
  void countsFromItsLatestStartAndNeverRunsTwiceAtOnce() {
    try (TestLoop loop = TestLoop.open()) {
      PeriodicCallback heartbeat =
          everySecond(
              loop,
              () -> {
                if (turns.size() == 1) {
                  Thread.sleep(Duration.ofMillis(2_000));
                }
              });
      heartbeat.start();
      loop.advance(Duration.ofMillis(1_500));
      heartbeat.stop();
      heartbeat.start(); // the first turn goes on until 3
      loop.advance(Duration.ofMillis(3_000));

      assertThat(turns).isEqualTo(seconds(1, 3.5, 4.5));
    }
  }

  @Test
  void isNeitherLeftNorAFailureWhenTheLoopCloses() {
    for (int millis = 0; millis < 2_000; millis += 250) {
      TestLoop loop = TestLoop.builder().leaks(Leaks.FAIL_ALL).open();
      PeriodicCallback heartbeat = everySecond(loop, () -> Thread.sleep(Duration.ofDays(1)));
      heartbeat.start();
      loop.advance(Duration.ofMillis(millis));

      assertThatCode(loop::close).doesNotThrowAnyException();
      assertThat(heartbeat.isRunning()).isFalse();
      assertThatThrownBy(() -> new PeriodicCallback(loop, "late", SECOND, () -> {}).start())
          .isInstanceOf(RejectedExecutionException.class);
    }
  }

  @Test
  void aTurnThatBlocksShowsByItsName() {
    try (TestLoop loop = TestLoop.open()) {
      everySecond(loop, () -> new Event().await()).start();
      loop.advance(SECOND);

      assertThat(loop.blocked()).extracting(BlockedTask::name).containsExactly("heartbeat");
    }
  }

  @Test
  void anInterruptEndsATurnNotTheCallback() {
    try (TestLoop loop = TestLoop.open()) {
      List<Class<?>> failures = new ArrayList<>();
      loop.setUncaughtExceptionHandler((thread, e) -> failures.add(e.getClass()));
      everySecond(loop, () -> Thread.sleep(Duration.ofMillis(100))).start();
      loop.advance(SECOND);
      loop.blocked().getFirst().thread().interrupt();
      loop.advance(SECOND);

      assertThat(failures).containsExactly(InterruptedException.class);
      assertThat(turns).isEqualTo(seconds(1, 2));
    }
  }

  @Test
  void jitterComesFromTheSeedAndKeepsToItsWindow() {
    assertThat(withJitter(1)).isEqualTo(withJitter(1)).isNotEqualTo(withJitter(2));
  }

  private List<Duration> withJitter(long seed) {
    turns.clear();
    try (TestLoop loop = TestLoop.builder().seed(seed).open()) {
      var heartbeat = new PeriodicCallback(loop, "heartbeat", SECOND, 0.25, () -> turns.add(now()));
      heartbeat.start();
      loop.advance(Duration.ofSeconds(100).plusMillis(300));
    }
    assertThat(turns).hasSize(100);
    for (int i = 0; i < 100; i++) {
      assertThat(turns.get(i))
          .isBetween(SECOND.multipliedBy(i + 1), Duration.ofMillis(1000L * i + 1250));
    }
    assertThat(turns).extracting(Duration::toMillisPart).doesNotContainSequence(0, 0, 0);
    return List.copyOf(turns);
  }

  @Test
  void needsAPeriodAndAJitterThatMakeSense() {
    try (TestLoop loop = TestLoop.open()) {
      assertThatThrownBy(() -> new PeriodicCallback(loop, "x", Duration.ZERO, () -> {}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Periodic callback \"x\" needs a period above 0, not PT0S.");
      assertThatThrownBy(() -> new PeriodicCallback(loop, "x", SECOND, Double.NaN, () -> {}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageEndingWith("from 0 to 1, not NaN.");
    }
  }

  /** Turns come at the start and whole periods after it, never two at once, under any schedule. */
  @Test
  void lawOfTheGrid() {
    for (int seed = 0; seed < SEEDS; seed++) {
      var random = new SplittableRandom(seed);
      turns.clear();
      try (TestLoop loop = TestLoop.builder().seed(seed).open()) {
        int[] running = {0};
        List<Duration> ends = new ArrayList<>();
        Duration start = Duration.ofMillis(random.nextInt(1_000));
        loop.advance(start);
        PeriodicCallback heartbeat =
            everySecond(
                loop,
                () -> {
                  assertThat(++running[0]).isOne();
                  Thread.sleep(random.nextInt(4) * 500L);
                  if (random.nextInt(4) == 0) {
                    Thread.startVirtualThread(() -> {}).join();
                  }
                  running[0]--;
                  ends.add(now());
                });
        heartbeat.start();
        loop.spawn(
            "busy",
            () -> {
              for (int i = 0; i < 20; i++) {
                Thread.sleep(500);
              }
            });
        loop.advance(Duration.ofSeconds(12));

        Duration ended = start;
        for (int i = 0; i < turns.size(); i++) {
          long periods =
              Math.max(i == 0 ? 1 : 0, Math.ceilDiv(ended.minus(start).toMillis(), 1000));
          Duration due = start.plus(SECOND.multipliedBy(periods));
          if (i > 0 && due.equals(turns.get(i - 1))) {
            due = due.plus(SECOND);
          }
          assertThat(turns.get(i)).as("turn %d under seed %d", i, seed).isEqualTo(due);
          if (i < ends.size()) {
            ended = ends.get(i);
          }
        }
        heartbeat.stop();
        loop.advance(SECOND.multipliedBy(3));
      }
    }
  }
}
