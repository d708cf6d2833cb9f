package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A task that sleeps below a native frame, as in a class initialiser, cannot let others run
 * meanwhile: the loop's time passes at once, for all.
 */
class PinnedTaskTest {

  private static final Duration ONE_HOUR = Duration.ofHours(1);

  private final TestLoop loop = TestLoop.open();

  private Duration elapsed() {
    return Duration.between(TestLoop.DEFAULT_START, loop.now());
  }

  private static int sleepAnHour() {
    try {
      Thread.sleep(ONE_HOUR);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return 1;
  }

  private static final class SleepsWhenInitialised {
    static final int VALUE = sleepAnHour();
  }

  @Test
  void aSleepTakesExactlyItsVirtualTime() throws Exception {
    try (loop) {
      int value = loop.run(() -> SleepsWhenInitialised.VALUE);

      assertThat(value).isEqualTo(1);
      assertThat(elapsed()).isEqualTo(ONE_HOUR);
    }
  }

  private static final class SleepsBesideOthers {
    static final int VALUE = sleepAnHour();
  }

  @Test
  void timersThatWereDueMeanwhileFireAfterwards() throws Exception {
    List<Duration> woken = new ArrayList<>();
    try (loop) {
      loop.schedule(() -> woken.add(elapsed()), Duration.ofMinutes(30));
      loop.schedule(() -> woken.add(elapsed()), Duration.ofMinutes(90));
      loop.run(() -> {
        assertThat(SleepsBesideOthers.VALUE).isEqualTo(1);
        Thread.sleep(ONE_HOUR);
      });
    }

    assertThat(woken).containsExactly(ONE_HOUR, Duration.ofMinutes(90));
  }

  private static final class SleepsLongerThanTheAdvance {
    static final int VALUE = sleepAnHour();
  }

  @Test
  void timeNeverGoesBackToTheEndOfAnAdvance() throws Exception {
    try (loop) {
      var task = loop.spawn("pinned", () -> SleepsLongerThanTheAdvance.VALUE);
      loop.advance(Duration.ofSeconds(1));

      assertThat(task.get()).isEqualTo(1);
      assertThat(elapsed()).isEqualTo(ONE_HOUR);
    }
  }
}
