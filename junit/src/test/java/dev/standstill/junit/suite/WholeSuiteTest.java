package dev.standstill.junit.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.EventLoop;
import dev.standstill.children.Jvm;
import dev.standstill.explore.ScheduleFailure;
import dev.standstill.junit.LoopExtension;
import dev.standstill.junit.LoopTest;
import dev.standstill.junit.suite.Suites.Outcome;
import dev.standstill.test.LeakedTaskException;
import dev.standstill.test.TestLoop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that run on loops because a configuration parameter says so, with no annotation. */
class WholeSuiteTest {

  private static Outcome run(String pattern, Class<?>... testClasses) {
    return with(Map.of(), pattern, testClasses);
  }

  /** Failures of one test are no business of the next. */
  private static Outcome with(
      Map<String, String> parameters, String pattern, Class<?>... testClasses) {
    Map<String, String> all = new HashMap<>(parameters);
    all.put("standstill.loop", pattern);
    all.putIfAbsent("standstill.report", "none");
    all.putIfAbsent("standstill.failures", "none");
    return Suites.run(all, testClasses);
  }

  @Test
  void aSuiteThatKnowsNothingOfLoopsWaitsForHoursAtOnce() {
    Outcome outcome = run("all", Unannotated.ALL);

    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome.warnings()).isEmpty();
    assertThat(outcome.passed()).hasSize(13);
  }

  @Test
  void itRunsInParallelToo() {
    Outcome outcome =
        with(
            Map.of(
                "junit.jupiter.execution.parallel.enabled", "true",
                "junit.jupiter.execution.parallel.mode.default", "concurrent"),
            "all",
            Unannotated.ALL);

    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome.passed()).hasSize(13);
  }

  @Test
  void withoutTheParameterNoTestRunsOnALoop() {
    Outcome outcome = Suites.run(Map.of(), OffLoop.class);

    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome.passed()).containsExactly("runsOnJUnitsThread()");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"none", "all, !OffLoop", "!OffLoop", "OnLoop", "all, !OffLoop#runs*", "*OnLoop"})
  void whatIsNotMeantStaysOnTheThreadOfJUnit(String pattern) {
    assertThat(run(pattern, OffLoop.class).failures()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "all",
        "OnLoop",
        "dev.standstill.junit.suite.*",
        "WholeSuiteTest",
        "!OffLoop",
        "all, !OnLoop#other",
        "OnLoop#runs*"
      })
  void whatIsMeantRunsOnALoop(String pattern) {
    assertThat(run(pattern, OnLoop.class).failures()).isEmpty();
  }

  static class OffLoop {
    @Test
    void runsOnJUnitsThread() {
      assertThat(EventLoop.running()).isEmpty();
    }
  }

  static class OnLoop {
    @Test
    void runsOnALoop() {
      assertThat(EventLoop.running()).isPresent();
    }
  }

  @Test
  void theNearestAnnotationCounts() {
    assertThat(run("all", Annotated.class, DrivenByHand.class).failures()).isEmpty();
  }

  static class Annotated {
    @LoopTest(time = LoopTest.Time.REAL)
    void runsInRealTime(EventLoop loop) {
      assertThat(loop).isNotInstanceOf(TestLoop.class);
    }

    @LoopTest
    void hasAClock(Clock clock, TestLoop loop) {
      assertThat(clock.instant()).isEqualTo(loop.now());
    }

    @Test
    void runsOnALoop(TestLoop loop) {
      assertThat(EventLoop.running()).hasValue(loop);
    }
  }

  @ExtendWith(LoopExtension.class)
  static class DrivenByHand {
    @Test
    void drivesItsLoop(TestLoop loop) {
      loop.spawn("task", () -> {});
      loop.runUntilBlocked();
    }
  }

  @Test
  void parametersAreResolvedByThoseWhoDidBefore() {
    assertThat(run("all", WithAClockOfItsOwn.class).failures()).isEmpty();
  }

  @ExtendWith(WithAClockOfItsOwn.Fixed.class)
  static class WithAClockOfItsOwn {

    static class Fixed implements ParameterResolver {
      @Override
      public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Clock.class;
      }

      @Override
      public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
      }
    }

    @Test
    void isGivenIt(Clock clock) {
      assertThat(clock.instant()).isEqualTo(Instant.EPOCH);
      assertThat(EventLoop.running()).isPresent();
    }
  }

  @Test
  void aPatternThatCannotBeReadEndsTheRun() {
    assertThatThrownBy(() -> run("com/example", OnLoop.class))
        .hasStackTraceContaining(
            "standstill.loop = \"com/example\" cannot be read: \"com/example\" is no name of a class.");
  }

  @Test
  void aPatternThatMatchesNothingIsWarnedOf() {
    assertThat(run("OnLoop, OrderTest, !com.example.*", OnLoop.class).warnings())
        .singleElement()
        .asString()
        .startsWith(
            "standstill.loop: no test of this run is matched by OrderTest, !com.example.*. ");
  }

  @Test
  void exploringReachesThem() {
    Outcome outcome = with(Map.of("standstill.explore", "200"), "all", Racy.class);

    assertThat(outcome.failures()).singleElement().isInstanceOf(ScheduleFailure.class);
    assertThat(run("all", Racy.class).failures()).isEmpty();
  }

  static class Racy {
    private final AtomicInteger count = new AtomicInteger();

    private void add() {
      int before = count.get();
      count.set(before + 1);
    }

    @Test
    void countsTwo() throws InterruptedException {
      Thread first = new Thread(this::add);
      Thread second = new Thread(this::add);
      first.start();
      second.start();
      first.join();
      second.join();
      assertThat(count).hasValue(2);
    }
  }

  @Test
  void whatIsLeftFailsATestUnlessAParameterSaysOtherwise() {
    assertThat(run("all", Leaving.class).failures())
        .singleElement()
        .isInstanceOf(LeakedTaskException.class);
    assertThat(with(Map.of("standstill.leaks", "warn"), "all", Leaving.class).failures()).isEmpty();
    assertThat(with(Map.of("standstill.leaks", "no"), "all", Leaving.class).failures())
        .first()
        .asString()
        .contains(
            "standstill.leaks = \"no\" cannot be read: write fail, fail_all, warn or ignore.");
  }

  static class Leaving {
    @Test
    void leavesAThread() {
      Thread.ofPlatform().name("poller").start(() -> sleep(Duration.ofDays(1)));
    }
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void theReportSaysWhatEachTestHasMet(@TempDir Path folder) throws Exception {
    Path page = folder.resolve("new/suite.html");

    with(
        Map.of("standstill.report", page.toString(), "standstill.leaks", "warn"),
        "!OffLoop",
        Leaving.class,
        Hanging.class,
        Starting.class,
        OffLoop.class,
        Unannotated.WithFixturesOfTheClass.class);

    String html = Files.readString(page);
    assertThat(html)
        .contains("<h2>Would hang <span class=\"count\">1 test</span></h2>")
        .contains("Deadlock: 1 task is blocked")
        .contains("<h2>Leave tasks behind <span class=\"count\">1 test</span></h2>")
        .containsPattern(
            "<li>&quot;poller&quot;, started at [^<]*WholeSuiteTest.java:[0-9]+\\)</li>")
        .contains("<h2>Wait for the outside <span class=\"count\">1 test</span></h2>")
        .contains("<li>the end of a process</li>")
        .contains("runsOnJUnitsThread() <small>(not on a loop)</small>");
    // The fixtures of the class take an hour each, and each of its two tests another.
    assertThat(html.split("data-value=\"3600000000000\">1 h</td>")).hasSize(1 + 2);
    assertThat(html.split("data-value=\"7200000000000\">2 h</td>")).hasSize(1 + 1);
  }

  static class Hanging {
    @Test
    void waitsForNobody() throws InterruptedException {
      new CountDownLatch(1).await();
    }
  }

  static class Starting {
    @Test
    void waitsForAProcess() throws Exception {
      Process process =
          new ProcessBuilder(Jvm.tool("java"), "-version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      assertThat(process.waitFor()).isZero();
    }
  }

  @Test
  void aReportThatHasNoPlaceIsWarnedOf() {
    assertThat(with(Map.of("standstill.report", "html"), "OnLoop", OnLoop.class).warnings())
        .singleElement()
        .asString()
        .startsWith("standstill.report = \"html\" cannot be read: write none, true, or the name");
  }
}
