package dev.standstill.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.explore.programs.Races;
import dev.standstill.explore.programs.Spins;
import org.junit.jupiter.api.Test;

class ExplorationTest {

  @Test
  void doesNotCareHowThreadsEndThatAreLeft() {
    ExplorationResult result = Exploration.of(loop -> Spins.leftBehind()).schedules(200).run();

    assertThat(result.orThrow().limits()).isEmpty();
  }

  @Test
  void repeatsAFailureFromItsToken() {
    ExplorationResult found = Exploration.of(loop -> Races.lostUpdate()).run();
    String token = found.failure().orElseThrow().token().toString();

    ExplorationResult again = Exploration.of(loop -> Races.lostUpdate()).replay(token);

    assertThat(again.failure().orElseThrow().getCause()).hasMessage("counted 1");
  }
}
