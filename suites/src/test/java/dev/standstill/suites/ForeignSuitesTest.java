package dev.standstill.suites;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The tests of other projects, as they were published, run as one program on one loop: what passes
 * plainly passes there, or the documentation says why it cannot.
 */
@Tag("slow")
class ForeignSuitesTest {

  @ParameterizedTest
  @EnumSource
  @Timeout(value = 2, unit = java.util.concurrent.TimeUnit.HOURS)
  void whatPassesPlainlyPassesOnLoops(ForeignSuite suite) throws Exception {
    SuiteRun onLoops = suite.runOnLoops();
    assertThat(onLoops.tests()).as("%s on loops:%n%s", suite, onLoops.end()).isNotEmpty();
    SuiteRun plain = suite.runPlainly();
    assertThat(plain.tests()).as("%s:%n%s", suite, plain.end()).isNotEmpty();

    System.out.println(row(suite, plain, onLoops));
    Map<String, Outcome> failing = Comparison.failingOnLoopsOnly(plain, onLoops);
    failing.forEach((test, outcome) ->
        System.out.printf("%s: only on loops: %s: %s%n", suite, test, firstLine(outcome)));

    Explanations explanations = Explanations.ofPage();
    assertThat(
            failing.entrySet().stream()
                .filter(test -> !explanations.explain(suite.toString(), TestName.of(test.getKey())))
                .map(test -> test.getKey() + ": " + test.getValue())
                .collect(Collectors.joining(System.lineSeparator())))
        .as("passes plainly, not on loops, and docs/foreign-suites.md does not say why")
        .isEmpty();
  }

  /** As it stands in the documentation. */
  private static String row(ForeignSuite suite, SuiteRun plain, SuiteRun onLoops) {
    return "| %s | %d | %d | %d | %s | %s | %s |"
        .formatted(
            suite,
            plain.tests().size(),
            plain.count(Outcome.Kind.PASSED),
            onLoops.count(Outcome.Kind.PASSED),
            inWords(plain.real()),
            inWords(onLoops.real()),
            onLoops.virtual());
  }

  private static String inWords(Duration duration) {
    long minutes = duration.toMinutes();
    return (minutes > 0 ? minutes + " min " : "") + duration.toSecondsPart() + " s";
  }

  private static String firstLine(Outcome outcome) {
    return outcome.toString().lines().findFirst().orElse("");
  }
}
