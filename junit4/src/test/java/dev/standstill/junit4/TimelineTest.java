package dev.standstill.junit4;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.AssumptionViolatedException;
import org.junit.FixMethodOrder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.runner.JUnitCore;
import org.junit.runner.RunWith;
import org.junit.runner.notification.Failure;
import org.junit.runners.MethodSorters;

/** When timelines of tests are written, and where. */
class TimelineTest {

  private static final Path FOLDER = Path.of("target", "standstill", "timelines");

  @BeforeEach
  void forgetTimelines() throws IOException {
    for (String test :
        List.of("Each.fails", "Each.passes", "Each.isAborted", "Silent.fails", "Shared.fails")) {
      Files.deleteIfExists(page(test));
    }
  }

  @AfterEach
  void forgetParameter() {
    System.clearProperty("standstill.timeline");
  }

  private static Path page(String test) {
    return FOLDER.resolve(test + ".html");
  }

  /** What the failures of a class are told besides. */
  private static List<String> said(Class<?> testClass) {
    return JUnitCore.runClasses(testClass).getFailures().stream()
        .map(Failure::getException)
        .flatMap(failure -> Stream.of(failure.getSuppressed()))
        .map(Throwable::getMessage)
        .filter(line -> line.contains("imeline"))
        .toList();
  }

  @RunWith(LoopRunner.class)
  public static class Each {

    @OnLoop(timeline = OnLoop.Timeline.ON_FAILURE, seeds = 3)
    @org.junit.Test
    public void fails() throws InterruptedException {
      Thread.sleep(10);
      throw new IllegalStateException("on purpose");
    }

    @OnLoop(timeline = OnLoop.Timeline.ALWAYS)
    @org.junit.Test
    public void passes() throws InterruptedException {
      Thread.sleep(10);
    }

    @OnLoop(timeline = OnLoop.Timeline.ON_FAILURE)
    @org.junit.Test
    public void isAborted() {
      throw new AssumptionViolatedException("on purpose");
    }
  }

  @Test
  void aTestThatFailsSaysWhereItsTimelineIs() throws IOException {
    assertThat(said(Each.class)).containsExactly("Timeline: " + page("Each.fails"));

    assertThat(Files.readString(page("Each.fails"))).startsWith("<!doctype html>");
    assertThat(page("Each.passes")).isNotEmptyFile();
    assertThat(page("Each.isAborted")).doesNotExist();
  }

  @RunWith(LoopRunner.class)
  public static class Silent {

    @org.junit.Test
    public void fails() throws InterruptedException {
      Thread.sleep(10);
      throw new IllegalStateException("on purpose");
    }
  }

  @Test
  void withoutAWordThereIsNone() {
    assertThat(said(Silent.class)).isEmpty();
    assertThat(page("Silent.fails")).doesNotExist();
  }

  @Test
  void theParameterSaysItForAll() {
    System.setProperty("standstill.timeline", "on_failure");

    assertThat(said(Silent.class)).containsExactly("Timeline: " + page("Silent.fails"));
  }

  @Test
  void aParameterThatCannotBeReadIsToldWithASentence() {
    System.setProperty("standstill.timeline", "sometimes");

    assertThat(JUnitCore.runClasses(Silent.class).getFailures())
        .extracting(Failure::getMessage)
        .containsExactly(
            "The parameter standstill.timeline = \"sometimes\" cannot be read: write never,"
                + " on_failure or always.");
  }

  @RunWith(LoopRunner.class)
  @OnLoop(scope = OnLoop.Scope.CLASS, timeline = OnLoop.Timeline.ON_FAILURE)
  @FixMethodOrder(MethodSorters.NAME_ASCENDING)
  public static class Shared {

    @org.junit.Test
    public void aPasses() throws InterruptedException {
      Thread.sleep(10);
    }

    @org.junit.Test
    public void fails() throws InterruptedException {
      Thread.sleep(10);
      throw new IllegalStateException("on purpose");
    }
  }

  @Test
  void aTestThatSharesItsLoopShowsWhatRanOnItSoFar() {
    assertThat(said(Shared.class)).containsExactly("Timeline: " + page("Shared.fails"));
    assertThat(page("Shared.fails")).isNotEmptyFile();
  }
}
