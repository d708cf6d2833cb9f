package dev.standstill.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.explore.programs.Classics;
import org.junit.jupiter.api.Test;

class ExplorationTest {

  @Test
  void findsALostUpdate() {
    ExplorationResult result = Exploration.of(loop -> Classics.lostUpdate()).run();
    System.out.println(result);
    assertThat(result.failure()).isPresent();
    System.out.println(result.failure().orElseThrow());
    ExplorationResult again =
        Exploration.of(loop -> Classics.lostUpdate())
            .replay(result.failure().orElseThrow().token().toString());
    assertThat(again.failure()).isPresent();
  }
}
