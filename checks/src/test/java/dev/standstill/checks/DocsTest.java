package dev.standstill.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the README and the pages in docs/ show is run and compared. */
class DocsTest {

  private static final String SAMPLE =
      """
      ```java
      int answer = 6 * 7;
      System.out.println("The answer is " + answer + ".");
      ```
      """;

  @TestFactory
  Stream<DynamicTest> everythingShownIsTrue() {
    var examples = new Examples(Repository.exampleSources());
    return Repository.pages().stream()
        .map(page -> dynamicTest(page.getFileName().toString(), () -> check(page, examples)));
  }

  private static void check(Path page, Examples examples) {
    assertThat(new PageCheck(examples).problemsOf(Page.blocksOf(page))).isEmpty();
  }

  @Test
  void aRegionOfAnExampleMayBeShown() {
    assertThat(problemsOf(SAMPLE)).isEmpty();
  }

  @Test
  void codeThatNoExampleHoldsIsReported() {
    assertThat(problemsOf("Text.\n```java\nint answer = 43;\n```\n"))
        .singleElement()
        .asString()
        .startsWith("page.md:2: no example");
  }

  @Test
  void outputOfAnExampleIsCompared() {
    assertThat(problemsOf(SAMPLE + "```text\nThe answer is 41.\n```\n"))
        .singleElement()
        .asString()
        .contains("page.md:5: the page shows\nThe answer is 41.", "printed:\nThe answer is 42.");
  }

  @Test
  void wallClockTimesMayDiffer() {
    assertThat(
            problemsOf(
                SAMPLE
                    + """
                    <!-- wall clock: took [0-9]+ ns -->
                    ```text
                    The answer is 42.
                    It took 17 ns.
                    ```
                    """))
        .isEmpty();
  }

  @Test
  void wallClockPatternThatHidesMoreThanANumberIsReported() {
    assertThat(problemsOf(SAMPLE + "<!-- wall clock: (?s).+ -->\n```text\nSomething else.\n```\n"))
        .singleElement()
        .asString()
        .contains("matches more than one number");
  }

  @Test
  void outputOfACommandIsCompared() {
    assertThat(problemsOf("```console\n$ echo $?\n0\n$ echo $?\n1\n```\n"))
        .singleElement()
        .asString()
        .contains("the page shows\n1\n", "printed:\n0\n");
  }

  @Test
  void outputThatNothingPrintsIsReported() {
    assertThat(problemsOf("```sh\nmvn verify\n```\n```text\nBUILD SUCCESS\n```\n"))
        .containsExactly("page.md:4: nothing that can be run comes before this output");
  }

  @Test
  void commandThatIsNotRunMayShowNoOutput() {
    assertThat(problemsOf("```console\n$ mvn verify\nBUILD SUCCESS\n```\n"))
        .containsExactly(
            "page.md:1: only commands of the launcher can show output, not: mvn verify");
  }

  @Test
  void blockOfAnotherLanguageIsReported() {
    assertThat(problemsOf("```\nx\n```\n"))
        .containsExactly("page.md:1: a block is java, console, sh or text, not \"\"");
  }

  private static List<String> problemsOf(String markdown) {
    var examples = new Examples(List.of(Repository.root().resolve("checks/src")));
    return new PageCheck(examples).problemsOf(Page.blocksOf("page.md", markdown));
  }
}
