package dev.standstill.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the examples as a reader does, each in a JVM of its own. */
class ExamplesTest {

  @Test
  void waiterWaitsAndIsWoken() throws Exception {
    ProgramRun run = ProgramRun.java(Waiter.class);

    assertThat(run.out())
        .isEqualTo(
            """
            Waiting
            done? false
            Done
            done? true, with 42
            """);
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void outageOfThreeHoursIsOverlived() throws Exception {
    ProgramRun run = ProgramRun.standstill("Payments");

    assertThat(run.out())
        .startsWith("00:00:02 books: attempt 1: the provider is down, again in ")
        .contains("opens the circuit until", "the circuit is open")
        .containsPattern("03:[0-9:]+ books: paid at attempt [0-9]+\n")
        .containsPattern("03:[0-9:]+ lamp: paid at attempt [0-9]+\n")
        .endsWith("main: all paid\n");
    assertThat(run.err()).contains("Standstill: 3 tasks, ", "virtual 3 h ");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void philosophersDeadlockAndTheCycleIsShown() throws Exception {
    ProgramRun run = ProgramRun.standstill("DiningPhilosophers");

    assertThat(run.out()).startsWith("00:14 Arendt eats meal 1\n");
    assertThat(run.err())
        .startsWith("Deadlock: 5 tasks wait for each other.\n")
        .contains(
            "\"Plato\" is blocked on a monitor (Fork#1) of \"Hypatia\" since 2000-01-01T02:04:00Z",
            """
            Cycle: "Plato" holds Fork#5, wants Fork#1
                 → "Hypatia" holds Fork#1, wants Fork#2
                 → "Kant" holds Fork#2, wants Fork#3
                 → "Arendt" holds Fork#3, wants Fork#4
                 → "Laozi" holds Fork#4, wants Fork#5
            """);
    assertThat(run.exitCode()).isEqualTo(3);
  }

  @Test
  void loavesGoOverTheShelf() throws Exception {
    ProgramRun run = ProgramRun.standstill("ProducerConsumer");

    assertThat(run.out())
        .isEqualTo(
            """
            00:10 baker has put loaf 1 on the shelf
            00:10 Ada takes loaf 1
            00:20 baker has put loaf 2 on the shelf
            00:20 Bo takes loaf 2
            00:30 baker has put loaf 3 on the shelf
            00:40 baker has put loaf 4 on the shelf
            00:55 Ada takes loaf 3
            00:55 baker has put loaf 5 on the shelf
            01:05 Bo takes loaf 4
            01:05 baker has put loaf 6 on the shelf
            01:40 Ada takes loaf 5
            01:50 Bo takes loaf 6
            02:35 main closes
            """);
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void pricesAreComparedForADay() throws Exception {
    ProgramRun run = ProgramRun.standstill("PriceWatch");

    assertThat(run.out())
        .startsWith("08:00:0")
        .containsPattern("16:00:[0-9]{2} pool-1-thread-1 the lowest price is 1[0-4]\n")
        .endsWith("00:01:00 main closed\n");
    assertThat(run.err()).contains("virtual 1 d 1 min");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void fourThreadsFindTheirLoops() throws Exception {
    ProgramRun run = ProgramRun.java(FourThreads.class);

    assertThat(run).isEqualTo(new ProgramRun(0, "Everything is ok...\n", ""));
  }

  @Test
  void pageIsFetched() throws Exception {
    ProgramRun run = ProgramRun.java(Fetch.class);

    assertThat(run).isEqualTo(new ProgramRun(0, "This is /hello\n", ""));
  }

  @Test
  void hundredPagesAreFetchedTenAtATime() throws Exception {
    ProgramRun run = ProgramRun.java(FetchMany.class);

    assertThat(run)
        .isEqualTo(
            new ProgramRun(
                0,
                """
                100 pages, from "This is /page-0"
                to "This is /page-99"
                at most 10 at a time
                """,
                ""));
  }

  @ParameterizedTest
  @CsvSource({"Payments, 7", "DiningPhilosophers, 3", "ProducerConsumer, 11"})
  void theSameSeedGivesTheSameOutput(String program, String seed) throws Exception {
    ProgramRun first = ProgramRun.standstill(program, "--seed", seed);
    ProgramRun second = ProgramRun.standstill(program, "--seed", seed);

    assertThat(second.out()).isEqualTo(first.out());
    assertThat(second.errWithoutRealTime()).isEqualTo(first.errWithoutRealTime());
  }
}
