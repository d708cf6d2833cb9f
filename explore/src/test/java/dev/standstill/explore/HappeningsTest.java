package dev.standstill.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.explore.programs.Datagrams;
import dev.standstill.explore.programs.WakeUps;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What need not happen is taken out of a failing schedule, and what has to is shown. */
class HappeningsTest {

  private static final int SEEDS = 3;

  static Stream<Arguments> programs() {
    return Stream.of(
        program("one lost", 0, 1, Datagrams::oneIsLost),
        program("one lost, and a property broken", 0, 1, Datagrams::aPropertyBreaks),
        program("one lost and a switch", 1, 1, Datagrams::oneIsLostAndOneNotCounted),
        program("three lost", 0, 3, Datagrams::threeAreLost),
        program("one overtaken", 0, 1, Datagrams::oneIsOvertaken),
        program("a switch, whatever is lost", 1, 0, Datagrams::oneIsNotCounted));
  }

  private static Arguments program(
      String name, int switches, int happenings, Exploration.Body body) {
    return Arguments.of(name, switches, happenings, body);
  }

  private static Exploration exploration(Exploration.Body body) {
    return Exploration.of(body)
        .settings(builder -> builder.network())
        .shrinkFor(Duration.ofMinutes(1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("programs")
  void onlyWhatDecidesIsLeft(String name, int switches, int happenings, Exploration.Body body) {
    for (SearchStrategy strategy :
        new SearchStrategy[] {SearchStrategy.AUTO, SearchStrategy.POS, SearchStrategy.RANDOM}) {
      for (long seed = 0; seed < SEEDS; seed++) {
        ScheduleFailure failure = find(exploration(body).strategy(strategy).seed(seed * 1_000_000));

        String about = "%s, seed %d: %s".formatted(strategy, seed, failure.report());
        assertThat(failure.happenings()).as(about).isEqualTo(happenings);
        assertThat(failure.switches()).as(about).isEqualTo(switches);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("programs")
  void theTokenOfTheSmallScheduleRepeatsIt(
      String name, int switches, int happenings, Exploration.Body body) {
    Exploration exploration = exploration(body).strategy(SearchStrategy.RANDOM);
    ScheduleFailure found = find(exploration);

    ScheduleFailure again = exploration.replay(found.token().toString()).failure().orElseThrow();

    assertThat(again.getCause()).hasMessage(found.getCause().getMessage());
    assertThat(again.happenings()).isEqualTo(happenings);
    assertThat(again.switches()).isEqualTo(switches);
    assertThat(again.steps()).isEqualTo(found.steps());
    assertThat(found.report()).startsWith(again.report());
  }

  @Test
  void theReportShowsBothInTheOrderOfTime() {
    ScheduleFailure failure =
        find(exploration(Datagrams::oneIsLostAndOneNotCounted).strategy(SearchStrategy.RANDOM));

    assertThat(failure.report())
        .matches(
            """
            (?s)\\Q1 switch and 1 happening decide:
              1. the network loses a datagram from localhost:5001 to localhost:5002, while main is at Datagrams.java:100
              2. Thread-0 is preempted between Datagrams.java:31 (reads value) and :31 (writes value), and Thread-1 runs

            What they do to the things that more than one of them uses:
                                main            Thread-0                Thread-1
            Datagrams.java:100  -- the network loses a datagram from localhost:5001 to localhost:5002 (1) --
            Datagrams.java:31                   reads value: 0
                                                -- is preempted (2) --
            Datagrams.java:31                                           reads value: 0
            Datagrams.java:31                                           writes value: 1
            Datagrams.java:31                   writes value: 1
            Datagrams.java:40   reads value: 1

            \\EFound in schedule [0-9]+ of 10,000 \\(random\\), shrunk from [0-9]+ switches and [0-9]+ happenings \
            to 1 switch and 1 happening in [0-9,]+ ms\\.\
            """);
  }

  @Test
  void aWaitThatEndsWithoutACauseIsOneOfThem() {
    ScheduleFailure failure =
        find(
            Exploration.of(loop -> WakeUps.monitor(false))
                .strategy(SearchStrategy.RANDOM)
                .spuriousWakeUps());

    assertThat(failure.happenings()).as(failure.report()).isEqualTo(1);
    assertThat(failure.report())
        .contains("a wait ends without a cause, while Thread-0 is at WakeUps.java:");
  }

  private static ScheduleFailure find(Exploration exploration) {
    return exploration.run().failure().orElseThrow();
  }
}
