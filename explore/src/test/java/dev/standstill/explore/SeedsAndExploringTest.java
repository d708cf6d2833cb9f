package dev.standstill.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.explore.programs.Overdrawn;
import dev.standstill.test.TestLoop;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Seeds and exploring change the same classes; neither sees what the other has changed. */
class SeedsAndExploringTest {

  @Test
  void findWhatTheyFindAlone() throws Exception {
    List<String> explored = explore();
    List<String> seeded = seeds();
    List<String> exploredAgain = explore();

    assertThat(seeded).isNotEmpty();
    assertThat(exploredAgain).isEqualTo(explored).isNotEmpty();
    assertThat(seeds()).isEqualTo(seeded);
  }

  private static List<String> explore() {
    ExplorationResult result = Exploration.of(loop -> Overdrawn.run()).schedules(1_000).run();
    return result.failure().stream()
        .map(failure -> failure.token() + " of " + result.schedules())
        .toList();
  }

  private static List<String> seeds() throws Exception {
    List<String> failing = new ArrayList<>();
    for (long seed = 0; seed < 50; seed++) {
      try (TestLoop loop = TestLoop.builder().seed(seed).open()) {
        try {
          loop.run(() -> {
            Overdrawn.run();
            return true;
          });
        } catch (IllegalStateException e) {
          failing.add(loop.replayToken().toString());
        }
      }
    }
    return failing;
  }
}
