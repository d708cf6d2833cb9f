package dev.standstill.junit4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.Assume;
import org.junit.BeforeClass;
import org.junit.Ignore;
import org.junit.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.Filter;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.runner.RunWith;

/** The report about suites that the vintage engine runs. */
class ReportTest {

  @TempDir private Path folder;

  /** Runs classes, and returns what is printed. */
  private String run(Map<String, String> parameters, Class<?>... classes) {
    Map<String, String> all = new HashMap<>(parameters);
    all.putIfAbsent("standstill.report", folder.resolve("suite.html").toString());
    Filter<?> vintage = EngineFilter.includeEngines("junit-vintage");
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      LauncherFactory.create()
          .execute(
              LauncherDiscoveryRequestBuilder.request()
                  .selectors(Stream.of(classes).map(type -> selectClass(type)).toList())
                  .filters(vintage)
                  .configurationParameters(all)
                  .build());
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void itTellsOfTestsThatNoAnnotationBrings() throws Exception {
    String text =
        run(
            Map.of("standstill.loop", "all, !*Plain", "standstill.leaks", "warn"),
            Sleeping.class,
            Leaving.class,
            Hanging.class,
            Plain.class);

    assertThat(text.lines().map(ReportTest::withoutNumbers))
        .containsExactly(
            "Standstill: 5 tests, 4 on loops, 1 failed, 1 skipped. Virtual time 3 h, real time T.",
            "Saved time:",
            "       virtual       real",
            "           3 h T  ReportTest$Sleeping › sleeps",
            "Would hang (1 test):",
            "  ReportTest$Hanging › hangs",
            "    Deadlock: 1 task is blocked, no timer is pending, and nothing outside is known to wake it.",
            "Left tasks behind (1 test):",
            "  ReportTest$Leaving › leaves",
            "    \"poller\", started at dev.standstill.junit4.ReportTest$Leaving.leaves(ReportTest.java:N)",
            "Not on loops:",
            "  dev.standstill.junit4.ReportTest$Plain: 1 test",
            "Page: " + folder.resolve("suite.html"));
    assertThat(Files.readString(folder.resolve("suite.html")))
        .contains("runs <small>(not on a loop)</small>")
        .contains("<td class=\"aborted\">aborted</td>");
  }

  /** Columns are as wide as times are long. */
  private static String withoutNumbers(String line) {
    return line.replaceAll(" +(< )?[0-9.]+ m?s(?=\\.| {2}|$)", " T")
        .replaceAll("java:[0-9]+", "java:N");
  }

  public static class Sleeping {
    @org.junit.Test
    public void sleeps() throws InterruptedException {
      Thread.sleep(Duration.ofHours(3));
    }

    @org.junit.Test
    @Ignore("is counted")
    public void isIgnored() {}

    @org.junit.Test
    public void isAborted() {
      Assume.assumeTrue(false);
    }
  }

  public static class Leaving {
    @org.junit.Test
    public void leaves() {
      Thread.ofPlatform().name("poller").daemon().start(LockSupport::park);
    }
  }

  public static class Hanging {
    @org.junit.Test
    public void hangs() throws InterruptedException {
      new CountDownLatch(1).await();
    }
  }

  public static class Plain {
    @org.junit.Test
    public void runs() {}
  }

  @Test
  void aRunnerOrARuleBringsTestsThereToo() throws Exception {
    run(Map.of(), WithRunner.class, WithRule.class, Sharing.class, Failing.class);

    String html = Files.readString(folder.resolve("suite.html"));
    assertThat(html.split("data-value=\"3600000000000\">1 h</td>")).hasSize(1 + 4);
    assertThat(html).contains("(fixtures of the class)").contains("no such class");
  }

  @RunWith(LoopRunner.class)
  public static class WithRunner {
    @org.junit.Test
    @OnLoop(seeds = 2)
    public void sleeps() throws InterruptedException {
      Thread.sleep(Duration.ofMinutes(30));
    }
  }

  public static class WithRule {
    @Rule public final LoopRule loops = new LoopRule();

    @org.junit.Test
    public void sleeps() throws InterruptedException {
      Thread.sleep(Duration.ofHours(1));
    }
  }

  @RunWith(LoopRunner.class)
  @OnLoop(scope = OnLoop.Scope.CLASS)
  public static class Sharing {
    @BeforeClass
    public static void opens() throws InterruptedException {
      Thread.sleep(Duration.ofHours(1));
    }

    @org.junit.Test
    public void sleeps() throws InterruptedException {
      Thread.sleep(Duration.ofHours(1));
    }
  }

  public static class Failing {
    @BeforeClass
    public static void fails() {
      throw new IllegalStateException("no such class");
    }

    @org.junit.Test
    public void runs() {}
  }

  @Test
  void withoutTheParameterThereIsNone() {
    assertThat(run(Map.of("standstill.report", "none", "standstill.loop", "all"), Sleeping.class))
        .isEmpty();
    assertThat(folder).isEmptyDirectory();
  }
}
