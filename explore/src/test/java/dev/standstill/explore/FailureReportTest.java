package dev.standstill.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.explore.programs.Reported;
import org.junit.jupiter.api.Test;

/** What is said of a failure, as approved. */
class FailureReportTest {

  @Test
  void aLostUpdateIsShownWithTheSwitchAndTheValues() {
    assertThat(report(Reported::lostUpdate, SearchStrategy.DFS))
        .isEqualTo(
            """
            1 switch decides: Thread-0 is preempted between Reported.java:19 (reads balance) and :19 (writes balance),
              and Thread-1 runs.

            What they do to the things that more than one of them uses:
                                         main               Thread-0            Thread-1
            Reported.java:19 deposit                        reads balance: 0
                                                            -- is preempted --
            Reported.java:19 deposit                                            reads balance: 0
            Reported.java:19 deposit                                            writes balance: 20
            Reported.java:19 deposit                        writes balance: 10
            Reported.java:28 lostUpdate  reads balance: 10

            Found in schedule 9 of 10,000 (dfs).\
            """);
  }

  @Test
  void aDeadlockIsShownWithTheLocksByTheNumbersOfItsMessage() {
    assertThat(report(Reported::lockBothWays, SearchStrategy.DFS))
        .isEqualTo(
            """
            1 switch decides: Thread-0 is preempted between Reported.java:40 (calls first.lock) and :41 (calls second.lock),
              and Thread-1 runs.

            What they do to the things that more than one of them uses:
                                  Thread-0                       Thread-1
            Reported.java:40 eat  ReentrantLock#2.lock()
                                  -- is preempted --
            Reported.java:40 eat                                 ReentrantLock#1.lock()
            Reported.java:41 eat                                 ReentrantLock#2.lock(), waits
            Reported.java:41 eat  ReentrantLock#1.lock(), waits

            Found in schedule 15 of 10,000 (dfs).\
            """);
  }

  @Test
  void whatFailsAnywayNeedsNoSwitch() {
    assertThat(report(Reported::fails, SearchStrategy.DFS))
        .isEqualTo(
            """
            No switch decides: it fails even if each task goes on until it waits.

            Found in schedule 1 of 10,000 (dfs).\
            """);
  }

  @Test
  void manyTasksAndStepsFitAScreen() {
    String report = report(() -> Reported.crowd(40, 30), SearchStrategy.RANDOM);

    assertThat(report.lines().count()).isLessThan(60);
    assertThat(report.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(120));
  }

  private static String report(ClassicBugsTest.Program program, SearchStrategy strategy) {
    ScheduleFailure failure =
        Exploration.of(loop -> program.run()).strategy(strategy).run().failure().orElseThrow();
    assertThat(failure.getMessage()).contains(failure.report());
    return failure.report();
  }
}
