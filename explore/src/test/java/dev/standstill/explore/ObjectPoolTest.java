package dev.standstill.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.explore.programs.ObjectPool;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mistake that is planted in a pool such as many programs use is found, and made small. */
class ObjectPoolTest {

  private static final int SEEDS = 5;

  @ParameterizedTest
  @ValueSource(longs = {0, 1_000_000, 2_000_000})
  void whoBorrowsWhatIsJustEvictedIsFoundWithFewSwitches(long seed) {
    ScheduleFailure failure =
        Exploration.of(loop -> ObjectPool.askWhileOthersEvict(false))
            .seed(seed)
            .schedules(20_000)
            .shrinkFor(Duration.ofSeconds(20))
            .run()
            .failure()
            .orElseThrow();

    assertThat(failure.getCause()).isInstanceOf(IllegalStateException.class);
    assertThat(failure.switches()).as(failure.report()).isBetween(1, 3);
    assertThat(failure.report())
        .contains("ObjectPool.java:")
        .contains("evictor")
        .contains("is preempted");
    assertThat(failure.report().lines().count()).isLessThan(60);
  }

  @Test
  void soItIsWhateverElseGoesOn() {
    for (SearchStrategy strategy :
        new SearchStrategy[] {SearchStrategy.POS, SearchStrategy.RANDOM, SearchStrategy.SURW}) {
      for (long seed = 0; seed < SEEDS; seed++) {
        ScheduleFailure failure =
            Exploration.of(loop -> ObjectPool.twoAskWhileOthersEvict())
                .strategy(strategy)
                .seed(seed * 1_000_000)
                .schedules(20_000)
                .shrinkFor(Duration.ofSeconds(20))
                .run()
                .failure()
                .orElseThrow();

        assertThat(failure.switches())
            .as("%s, seed %d: %s", strategy, seed, failure.report())
            .isBetween(1, 3);
      }
    }
  }

  @Test
  void theCorrectedPoolPasses() {
    Exploration.of(loop -> ObjectPool.askWhileOthersEvict(true)).schedules(1_000).run().orThrow();
  }
}
