package dev.standstill.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.core.ProgramCode;
import dev.standstill.explore.programs.Changing;
import dev.standstill.explore.programs.InTurn;
import dev.standstill.explore.programs.LoadedBefore;
import dev.standstill.explore.programs.Races;
import dev.standstill.explore.programs.Spins;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExplorationTest {

  @Test
  void doesNotCareHowThreadsEndThatAreLeft() {
    ExplorationResult result = Exploration.of(loop -> Spins.leftBehind()).schedules(200).run();

    assertThat(result.orThrow().limits())
        .noneSatisfy(limit -> assertThat(limit).contains("not searched to their end"));
  }

  @Test
  void repeatsAFailureFromItsToken() {
    ExplorationResult found = Exploration.of(loop -> Races.lostUpdate()).run();
    String token = found.failure().orElseThrow().token().toString();

    ExplorationResult again = Exploration.of(loop -> Races.lostUpdate()).replay(token);

    assertThat(again.failure().orElseThrow().getCause()).hasMessage("counted 1");
  }

  @Test
  void aClassThatSomebodyElseChangesBetweenTwoExplorationsIsExploredAllTheSame() throws Exception {
    LoadedBefore.load();
    Exploration exploration = Exploration.of(loop -> LoadedBefore.loseAnUpdate());
    assertThat(exploration.run().failure()).isPresent();

    ProgramCode.changeAgain(List.of(LoadedBefore.class));

    assertThat(exploration.run().failure()).isPresent();
  }

  @Test
  void aCleanRunTellsItsPointsAndThatThereAreOtherSchedules() {
    ExplorationResult result =
        Exploration.of(loop -> Changing.run(Changing.Kind.MENDED))
            .strategy(SearchStrategy.RANDOM)
            .schedules(200)
            .run();

    assertThat(result.points()).isEqualTo(200 * Changing.POINTS);
    assertThat(result.toString())
        .contains(": none fails; there are others.")
        .contains("%d.0 points a schedule.".formatted(Changing.POINTS));
  }

  @Test
  void thatAllSchedulesHavePassedIsSaid() {
    ExplorationResult result =
        Exploration.of(loop -> InTurn.oneStepEach()).strategy(SearchStrategy.DFS).run();

    assertThat(result.toString()).containsPattern("none fails; all [0-9,]+ schedules pass\\.");
  }

  @Test
  void tasksThatNeverOverlapAreNamed() {
    assertThat(Exploration.of(loop -> InTurn.run(2)).schedules(300).run().limits())
        .containsExactly(
            "Never overlapped, as one always ended before the other began: step 1 and step 2.");
    assertThat(Exploration.of(loop -> InTurn.run(4)).schedules(300).run().limits())
        .containsExactly(
            "Never overlapped, as one always ended before the other began: step 1 and step 2, step 1 and step 3, step 1 and step 4, and 3 more pairs.");
    assertThat(Exploration.of(loop -> Changing.run(Changing.Kind.MENDED)).run().limits())
        .as("they do overlap")
        .isEmpty();
  }

  @Test
  void tasksOfOneStepHaveNothingBetweenTheirSteps() {
    assertThat(Exploration.of(loop -> InTurn.oneStepEach()).schedules(300).run().limits())
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void whereThereIsNothingToExploreThatIsAFailure(SearchStrategy strategy) {
    ExplorationResult result =
        Exploration.of(loop -> new AtomicInteger().incrementAndGet())
            .strategy(strategy)
            .schedules(20)
            .run();

    assertThat(result.hadChoice()).isFalse();
    assertThatThrownBy(result::orThrow)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(
            ": there was nothing to explore, as there never was more than one task that could run");
  }

  @ParameterizedTest
  @EnumSource(
      value = Changing.Kind.class,
      names = {"MENDED_WITH_MORE_POINTS", "FAILS_ANYWAY"})
  void aTokenThatDoesNotFitSaysThatTheProgramHasChanged(Changing.Kind changed) {
    String token =
        Exploration.of(loop -> Changing.run(Changing.Kind.BROKEN))
            .run()
            .failure()
            .orElseThrow()
            .token()
            .toString();

    assertThat(Exploration.of(loop -> Changing.run(Changing.Kind.BROKEN)).replay(token).limits())
        .isEmpty();
    assertThat(Exploration.of(loop -> Changing.run(Changing.Kind.MENDED)).replay(token).limits())
        .as("the same steps")
        .isEmpty();
    assertThat(Exploration.of(loop -> Changing.run(changed)).replay(token).limits())
        .singleElement()
        .asString()
        .startsWith("The program is not the one that the token was made of: ");
  }

  @Test
  void aTokenOfMorePointsDoesNotFitFewer() {
    Exploration most = Exploration.of(loop -> Changing.run(Changing.Kind.FAILS_ANYWAY));
    Exploration fewer = Exploration.of(loop -> Changing.run(Changing.Kind.BROKEN));

    String token = most.run().failure().orElseThrow().token().toString();

    assertThat(fewer.replay(token).toString()).contains("The program is not the one");
  }
}
