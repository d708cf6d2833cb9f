package dev.standstill.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.junit.explored.Bookings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.opentest4j.TestAbortedException;

/** When timelines of tests are written, and where. */
class TimelineTest {

  private static final Path FOLDER = Path.of("target", "standstill", "timelines");

  private static final String OF_FAILED = "TimelineTest.Sleeper.fails.html";
  private static final String OF_PASSED = "TimelineTest.Sleeper.passes.html";

  static class Sleeper {

    @LoopTest(timeline = LoopTest.Timeline.ON_FAILURE)
    void fails() throws InterruptedException {
      Thread.sleep(10);
      throw new IllegalStateException("on purpose");
    }

    @LoopTest(timeline = LoopTest.Timeline.ALWAYS)
    void passes() throws InterruptedException {
      Thread.sleep(10);
    }

    @LoopTest
    void saysNothing() {
      throw new IllegalStateException("on purpose");
    }

    @LoopTest(timeline = LoopTest.Timeline.ON_FAILURE)
    void isAborted() {
      throw new TestAbortedException("on purpose");
    }
  }

  @BeforeEach
  void forgetTimelines() throws IOException {
    if (Files.exists(FOLDER)) {
      try (Stream<Path> files = Files.list(FOLDER)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static EngineExecutionResults run(String method, Map<String, String> configuration) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(DiscoverySelectors.selectMethod(Sleeper.class, method))
        .configurationParameters(configuration)
        .execute();
  }

  private static Stream<String> said(Throwable failure) {
    return Stream.of(failure.getSuppressed()).map(Throwable::getMessage);
  }

  @Test
  void aTestThatFailsSaysWhereItsTimelineIs() throws IOException {
    Throwable failure = Runs.failing(run("fails", Map.of()));

    assertThat(said(failure)).contains("Timeline: " + FOLDER.resolve(OF_FAILED));
    assertThat(Files.readString(FOLDER.resolve(OF_FAILED))).startsWith("<!doctype html>");
  }

  @Test
  void oneThatPassesReportsItIfItIsAlwaysWanted() {
    EngineExecutionResults results = run("passes", Map.of());

    assertThat(Runs.failures(results)).isEmpty();
    assertThat(Runs.entries(results, "standstill.timeline"))
        .containsExactly("Timeline: " + FOLDER.resolve(OF_PASSED));
    assertThat(FOLDER.resolve(OF_PASSED)).isNotEmptyFile();
  }

  @Test
  void withoutAWordThereIsNone() {
    assertThat(said(Runs.failing(run("saysNothing", Map.of()))))
        .noneMatch(line -> line.startsWith("Timeline"));
    assertThat(FOLDER.resolve("TimelineTest.Sleeper.saysNothing.html")).doesNotExist();
  }

  @Test
  void theConfigurationSaysItForAll() {
    assertThat(said(Runs.failing(run("saysNothing", Map.of("standstill.timeline", "on_failure")))))
        .anyMatch(line -> line.startsWith("Timeline: "));
    assertThat(Runs.failing(run("saysNothing", Map.of("standstill.timeline", "sometimes"))))
        .hasMessage(
            "The configuration parameter standstill.timeline = \"sometimes\" cannot be read: write never, on_failure or always.");
  }

  @Test
  void whatIsAbortedHasNone() {
    run("isAborted", Map.of());

    assertThat(FOLDER.resolve("TimelineTest.Sleeper.isAborted.html")).doesNotExist();
  }

  @Test
  void whatExploringFindsHasOneByDefault() {
    Throwable failure = Runs.failing(Bookings.Overbooked.class);

    assertThat(said(failure))
        .anySatisfy(line -> assertThat(line).containsPattern("Timeline: .*Overbooked.*\\.html"));
    assertThat(FOLDER).isDirectoryContaining("glob:**Overbooked*.html");
  }

  @Test
  void unlessItIsSaidThatItHasNone() {
    Throwable failure =
        Runs.failing(Runs.with(Map.of("standstill.timeline", "never"), Bookings.Overbooked.class));

    assertThat(said(failure)).noneMatch(line -> line.contains("Timeline"));
  }
}
