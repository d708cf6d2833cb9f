package dev.standstill.testng;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testng.SkipException;

/** When timelines of tests are written, and where. */
class TimelineTest {

  private static final Path FOLDER = Path.of("target", "standstill", "timelines");

  @BeforeEach
  void forgetTimelines() throws IOException {
    for (String test :
        List.of("Each.fails", "Each.passes", "Each.isSkipped", "Silent.fails", "Shared.fails")) {
      Files.deleteIfExists(page(test));
    }
  }

  private static Path page(String test) {
    return FOLDER.resolve(test + ".html");
  }

  /** What the failures of a run are told besides. */
  private static List<String> said(Runs runs) {
    return runs.failures().stream()
        .flatMap(failure -> Stream.of(failure.getSuppressed()))
        .map(Throwable::getMessage)
        .filter(line -> line.contains("imeline"))
        .toList();
  }

  public static class Each {

    @OnLoop(timeline = OnLoop.Timeline.ON_FAILURE)
    @org.testng.annotations.Test
    public void fails() throws InterruptedException {
      Thread.sleep(10);
      throw new IllegalStateException("on purpose");
    }

    @OnLoop(timeline = OnLoop.Timeline.ALWAYS)
    @org.testng.annotations.Test
    public void passes() throws InterruptedException {
      Thread.sleep(10);
    }

    @OnLoop(timeline = OnLoop.Timeline.ON_FAILURE)
    @org.testng.annotations.Test
    public void isSkipped() {
      throw new SkipException("on purpose");
    }
  }

  @Test
  void aTestThatFailsSaysWhereItsTimelineIs() throws IOException {
    assertThat(said(Runs.of(Each.class))).containsExactly("Timeline: " + page("Each.fails"));

    assertThat(Files.readString(page("Each.fails"))).startsWith("<!doctype html>");
    assertThat(page("Each.passes")).isNotEmptyFile();
    assertThat(page("Each.isSkipped")).doesNotExist();
  }

  @OnLoop
  public static class Silent {

    @org.testng.annotations.Test
    public void fails() throws InterruptedException {
      Thread.sleep(10);
      throw new IllegalStateException("on purpose");
    }
  }

  @Test
  void withoutAWordThereIsNone() {
    assertThat(said(Runs.of(Silent.class))).isEmpty();
    assertThat(page("Silent.fails")).doesNotExist();
  }

  @Test
  void theParameterSaysItForAll() {
    assertThat(said(Runs.with(Map.of("standstill.timeline", "on_failure"), Silent.class)))
        .containsExactly("Timeline: " + page("Silent.fails"));
  }

  @OnLoop(scope = OnLoop.Scope.CLASS, timeline = OnLoop.Timeline.ON_FAILURE)
  public static class Shared {

    @org.testng.annotations.Test
    public void fails() throws InterruptedException {
      Thread.sleep(10);
      throw new IllegalStateException("on purpose");
    }
  }

  @Test
  void aTestThatSharesItsLoopShowsWhatRanOnItSoFar() {
    assertThat(said(Runs.of(Shared.class))).containsExactly("Timeline: " + page("Shared.fails"));
    assertThat(page("Shared.fails")).isNotEmptyFile();
  }
}
