package dev.standstill.suites;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read from reports and from the documentation, and how two runs are compared. */
class ReadingTest {

  private static final String CLASS = "[engine:junit-jupiter]/[class:org.acme.TestPool]";
  private static final String BORROWS = CLASS + "/[method:testBorrow()]";
  private static final String LENDS =
      CLASS + "/[test-template:testLend(int)]/[test-template-invocation:#2]";
  private static final String RESTS = CLASS + "/[nested-class:Idle]/[method:testRest()]";

  @TempDir Path directory;

  @Test
  void outcomesComeFromTheReportOfEachEngine() throws Exception {
    Files.writeString(
        directory.resolve("TEST-junit-jupiter.xml"),
        """
        <testsuite>
          <testcase name="testBorrow()" classname="org.acme.TestPool">
            <system-out><![CDATA[printed]]></system-out>
            <system-out><![CDATA[
        unique-id: %s
        display-name: testBorrow()
        ]]></system-out>
          </testcase>
          <testcase name="testLend(int)[2]" classname="org.acme.TestPool">
            <failure message="gone"><![CDATA[AssertionError: gone]]></failure>
            <system-out><![CDATA[
        unique-id: %s
        ]]></system-out>
          </testcase>
        </testsuite>
        """
            .formatted(BORROWS, LENDS));
    Files.writeString(
        directory.resolve("TEST-testng.xml"),
        """
        <testsuite>
          <testcase name="testRest()" classname="org.acme.TestPool$Idle">
            <skipped/>
          </testcase>
        </testsuite>
        """);

    assertThat(TestReport.outcomesIn(directory))
        .containsOnly(
            Map.entry(BORROWS, passed()),
            Map.entry(LENDS, failed("AssertionError: gone")),
            Map.entry(
                "[class:org.acme.TestPool$Idle]/[method:testRest()]",
                new Outcome(Outcome.Kind.SKIPPED, "")));
  }

  @Test
  void testsHaveShortNames() {
    assertThat(TestName.of(BORROWS)).isEqualTo("TestPool.testBorrow");
    assertThat(TestName.of(LENDS)).isEqualTo("TestPool.testLend");
    assertThat(TestName.of(RESTS)).isEqualTo("Idle.testRest");
    assertThat(TestName.of(CLASS)).isEqualTo("TestPool");
  }

  @Test
  void aTestThatFailsOrIsMissingOnLoopsIsTold() {
    SuiteRun plain =
        run(Map.of(BORROWS, passed(), LENDS, passed(), RESTS, failed("always"), CLASS, passed()));
    SuiteRun onLoops = run(Map.of(BORROWS, passed(), LENDS, failed("late"), RESTS, failed("so")));

    assertThat(Comparison.failingOnLoopsOnly(plain, onLoops))
        .containsOnly(Map.entry(LENDS, failed("late")), Map.entry(CLASS, Outcome.DID_NOT_RUN));
  }

  @Test
  void theTableOfThePageExplains() {
    Explanations explanations =
        Explanations.in(
            """
            | suite | tests |
            | --- | --- |
            | acme | 12 |

            | suite | test | why it fails |
            | --- | --- | --- |
            | acme | `TestPool.testLend` | it looks at the sky |
            | acme | `TestSoft` | fills the heap |
            | acme, a loop each | `TestHard` | keeps a thread |
            """);

    assertThat(explanations.rows()).hasSize(3);
    assertThat(explanations.explain("acme", "TestPool.testLend")).isTrue();
    assertThat(explanations.explain("acme", "TestPool.testLendAgain")).isFalse();
    assertThat(explanations.explain("acme", "TestSoft.testMuch")).isTrue();
    assertThat(explanations.explain("acme", "TestHard.testMuch")).isFalse();
    assertThat(explanations.explain("acme, a loop each", "TestHard.testMuch")).isTrue();
    assertThat(explanations.explain("acme, a loop each", "TestSoft.testMuch")).isTrue();
    assertThat(explanations.explain("other", "TestSoft.testMuch")).isFalse();
  }

  @Test
  void theVirtualTimeIsThatOfTheLastLines() {
    String printed = "Standstill: 4 tasks, 30 slices, virtual 5 min 48 s, real 28.1 s\nSchedule: …";
    assertThat(new SuiteRun(Map.of(), Duration.ZERO, printed).virtual()).isEqualTo("5 min 48 s");
  }

  @Test
  void theReportOfASuiteBeginsWithItsSummary() {
    String summary =
        "Standstill: 2 tests, all on loops, none failed. Virtual time 3 d, real time 8 ms.";
    SuiteRun run = new SuiteRun(Map.of(), Duration.ZERO, "noise\n" + summary + "\nSaved time:\n");

    assertThat(run.summary()).isEqualTo(summary);
    assertThat(run.virtual()).isEqualTo("3 d");
  }

  private static SuiteRun run(Map<String, Outcome> tests) {
    return new SuiteRun(tests, Duration.ZERO, "");
  }

  private static Outcome passed() {
    return new Outcome(Outcome.Kind.PASSED, "");
  }

  private static Outcome failed(String message) {
    return new Outcome(Outcome.Kind.FAILED, message);
  }
}
