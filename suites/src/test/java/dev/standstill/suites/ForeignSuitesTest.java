package dev.standstill.suites;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The tests of other projects, as they were published, run as one program on one loop and, once
 * more, on a loop for each test: what passes plainly passes there, or the documentation says why it
 * cannot.
 */
@Tag("slow")
class ForeignSuitesTest {

  private static final String EACH = ", a loop each";

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource
  @Timeout(value = 3, unit = TimeUnit.HOURS)
  void whatPassesPlainlyPassesOnLoops(ForeignSuite suite) throws Exception {
    SuiteRun onLoops = suite.runOnLoops();
    assertThat(onLoops.tests()).as("%s on loops:%n%s", suite, onLoops.end()).isNotEmpty();
    SuiteRun plain = suite.runPlainly();
    assertThat(plain.tests()).as("%s:%n%s", suite, plain.end()).isNotEmpty();

    System.out.println(row(suite.toString(), plain, onLoops));
    Explanations explanations = Explanations.ofPage();
    assertThat(unexplained(suite.toString(), plain, onLoops, explanations))
        .as("passes plainly, not on loops, and docs/foreign-suites.md does not say why")
        .isEmpty();

    Path report = directory.resolve("report.html");
    SuiteRun each = suite.runOnALoopForEachTest(report);
    System.out.println(row(suite + EACH, plain, each));
    assertThat(each.tests()).as("%s%s:%n%s", suite, EACH, each.end()).isNotEmpty();
    assertThat(each.summary()).as("%s:%n%s", suite, each.end()).contains("all on loops");
    assertThat(report).isNotEmptyFile();
    assertThat(unexplained(suite + EACH, plain, each, explanations))
        .as("passes plainly, not on a loop of its own, and docs/foreign-suites.md is silent")
        .isEmpty();
  }

  @Test
  void seedsFindTheDeadlockOfFailsafesBulkhead() throws Exception {
    SuiteRun run = ForeignSuite.FAILSAFE.runUnderSeeds(100, "dev.failsafe.functional.BulkheadTest");

    assertThat(run.printed())
        .contains(
            "holds BulkheadImpl#1, wants FailsafeFuture#1",
            "holds FailsafeFuture#1, wants BulkheadImpl#1");
  }

  private static String unexplained(
      String name, SuiteRun plain, SuiteRun onLoops, Explanations explanations) {
    Map<String, Outcome> failing = Comparison.failingOnLoopsOnly(plain, onLoops);
    failing.forEach((test, outcome) ->
        System.out.printf("%s: only on loops: %s: %s%n", name, test, firstLine(outcome)));
    return failing.entrySet().stream()
        .filter(test -> !explanations.explain(name, TestName.of(test.getKey())))
        .map(test -> test.getKey() + ": " + test.getValue())
        .collect(Collectors.joining(System.lineSeparator()));
  }

  /** As it stands in the documentation. */
  private static String row(String name, SuiteRun plain, SuiteRun onLoops) {
    return "| %s | %d | %d | %d | %s | %s | %s |"
        .formatted(
            name,
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
