package dev.standstill.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.explore.programs.Named;
import org.junit.jupiter.api.Test;

/** Reports call things what the program calls them, as far as that tells them apart. */
class NamesInReportsTest {

  @Test
  void aFieldGivesItsName() {
    assertThat(report(Named::twoCounters)).contains("opened.get(): 0").contains("lent.get(): 0");
  }

  @Test
  void soDoesAVariableThatALambdaHasCaptured() {
    assertThat(report(Named::captured)).contains("(calls counter.get)");
  }

  @Test
  void whatHasNoNameOfItsOwnIsCalledByItsClassAndANumber() {
    assertThat(report(Named::sameNameForTwo))
        .contains("AtomicInteger#1.get(): 0")
        .contains("AtomicInteger#2.")
        .doesNotContain(" counter.get(): 0");
  }

  @Test
  void aNameIsNotTakenFromAnotherBranch() {
    assertThat(report(Named::either))
        .contains("AtomicInteger#1.get(): 0")
        .doesNotContain("right.get(): 0");
  }

  @Test
  void argumentsThatAreComputedDoNotTakeTheNameAway() {
    assertThat(report(Named::withArguments)).contains("counter.compareAndSet(): ");
  }

  private static String report(ClassicBugsTest.Program program) {
    return Exploration.of(loop -> program.run())
        .strategy(SearchStrategy.DFS)
        .run()
        .failure()
        .orElseThrow()
        .report();
  }
}
