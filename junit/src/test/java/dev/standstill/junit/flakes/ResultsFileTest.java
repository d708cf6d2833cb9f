package dev.standstill.junit.flakes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of findings. */
class ResultsFileTest {

  private final List<String> problems = new ArrayList<>();

  @TempDir Path folder;

  private ResultsFile file() {
    return new ResultsFile(folder.resolve("new"), problems::add);
  }

  private static Finding finding(String id) {
    return Finding.fresh(id, "Test.of" + id).passed(Way.SEEDS, 1);
  }

  @Test
  void whatIsWrittenIsReadInAnotherRun() {
    Finding flickers =
        finding("a")
            .passed(Way.EXPLORE, 200)
            .failed(Verdict.FLICKERS, Way.EXPLORE, 7L, new Failure("Error: \"x\"", "2-s7-1-0@T.a"));

    file().write(List.of(flickers, finding("b")));

    assertThat(file().read())
        .hasSize(2)
        .containsEntry("a", flickers)
        .containsEntry("b", finding("b"));
    assertThat(problems).isEmpty();
  }

  @Test
  void testsOfOtherRunsStay() {
    file().write(List.of(finding("a"), finding("b")));
    file().write(List.of(finding("b").passed(Way.SEEDS, 1), finding("c")));

    assertThat(file().read().values())
        .containsExactly(finding("a"), finding("b").passed(Way.SEEDS, 1), finding("c"));
  }

  @Test
  void severalMayWriteAtOnce() {
    IntStream.range(0, 20).parallel().forEach(i -> file().write(List.of(finding("t" + i))));

    assertThat(file().read()).hasSize(20);
    assertThat(problems).isEmpty();
  }

  @Test
  void aLineThatCannotBeReadIsToldAndTheOthersCount() throws IOException {
    file().write(List.of(finding("a")));
    Path written = file().path();
    Files.writeString(written, Files.readString(written) + "{\"id\":\"x\"}\nnonsense\n");

    assertThat(file().read()).containsOnlyKeys("a");
    assertThat(problems)
        .satisfiesExactly(
            first -> assertThat(first).contains("because it has no text named \"test\": {"),
            second ->
                assertThat(second).contains("because it is no JSON from letter 1 on: nonsense"));
  }

  @Test
  void whereNothingCanBeWrittenASentenceSaysSo() throws IOException {
    Path noFolder = Files.createFile(folder.resolve("file"));

    new ResultsFile(noFolder, problems::add).write(List.of(finding("a")));

    assertThat(problems)
        .singleElement()
        .asString()
        .startsWith("What was found of flaky tests could not be kept in ");
  }
}
