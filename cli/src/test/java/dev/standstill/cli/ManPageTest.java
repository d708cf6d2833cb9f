package dev.standstill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The manual page says of each command what its help says. */
class ManPageTest {

  private final Outcome outcome = Outcome.of("generate-man-page");

  @Test
  void tellsOfEachCommandWithItsOptionsAndExitCodes() {
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .startsWith(".TH STANDSTILL 1 \"\" \"standstill ")
        .contains(".SH NAME\nstandstill \\- Runs concurrent Java programs")
        .contains("\n.SS run\n", "\n.SS explore\n", "\n.SS replay\n", "\n.SS notebook\n")
        .contains("\n.TP\n.B \\-\\-fail\\-on\\-races\nFail at a data race, too.")
        .contains("\n.B \\-\\-schedules=N\n")
        .contains("\n.TP\n.B 130\nCtrl\\-C was pressed");
  }

  @Test
  void variablesOfTheHelpAreReplaced() {
    assertThat(outcome.out()).doesNotContain("${", "%n");
  }

  @Test
  void requestsOfTroffAreOursOnly() {
    assertThat(outcome.out().lines())
        .filteredOn(line -> line.startsWith(".") || line.startsWith("'"))
        .allMatch(line -> line.matches("\\.(TH|SH|SS|PP|TP|B|nf|fi)( .*)?"));
  }
}
