package dev.standstill.test.structured;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.Task;
import dev.standstill.test.Schedule;
import dev.standstill.test.TestLoop;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The laws of {@link Lives}, whose task is cancelled at a moment that is drawn. */
class LivesInVirtualTimeTest {

  private static final int SEEDS = 10_000;

  @Test
  void obeyTheLawsUnderEverySeed() {
    for (int seed = 0; seed < SEEDS; seed++) {
      live(seed, Schedule.seeded(seed));
    }
  }

  @Test
  void obeyTheLawsFirstInFirstOut() {
    for (int seed = 0; seed < SEEDS; seed++) {
      live(seed, Schedule.fifo());
    }
  }

  private static void live(int seed, Schedule schedule) {
    Lives lives = new Lives(seed);
    try (TestLoop loop = TestLoop.builder().schedule(schedule).open()) {
      Task<?> task = loop.spawn("lives", lives::liveUntilCancelled);
      loop.advance(Duration.ofMillis(new SplittableRandom(seed).nextInt(40)));
      lives.willBeCancelled();
      task.cancel(true);
      loop.advance(Duration.ofSeconds(1));
      assertThat(loop.tasks()).as("tasks left of %d, %s", seed, schedule).isEmpty();
    }
    assertThat(lives.broken()).as("laws broken by %d, %s", seed, schedule).isEmpty();
  }
}
