package dev.standstill.testng;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testng.SkipException;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeClass;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.DataProvider;

/** The report about suites of TestNG. */
class ReportTest {

  @TempDir private Path folder;

  /** Runs classes, and returns what is printed. */
  private String run(Map<String, String> parameters, Class<?>... classes) {
    Map<String, String> all = new HashMap<>(parameters);
    all.putIfAbsent("standstill.report", folder.resolve("suite.html").toString());
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      Runs.with(all, classes);
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
            WithFixtures.class,
            Leaving.class,
            Hanging.class,
            Plain.class);

    assertThat(text.lines())
        .anyMatch(line ->
            line.matches(
                "Standstill: 6 tests, 5 on loops, 1 failed\\. Virtual time 9 h, real time .*"))
        .anyMatch(
            line -> line.matches(" +4 h +(< )?\\S+ m?s  ReportTest\\$WithFixtures › sleeps\\(2\\)"))
        .anyMatch(
            line -> line.matches(" +3 h +(< )?\\S+ m?s  ReportTest\\$WithFixtures › sleeps\\(1\\)"))
        .contains(
            "Would hang (1 test):",
            "  ReportTest$Hanging › hangs",
            "Left tasks behind (1 test):",
            "  ReportTest$Leaving › leaves",
            "Not on loops:",
            "  dev.standstill.testng.ReportTest$Plain: 1 test",
            "Page: " + folder.resolve("suite.html"));
    assertThat(Files.readString(folder.resolve("suite.html")))
        .contains("runs <small>(not on a loop)</small>")
        .contains("<td class=\"aborted\">aborted</td>");
  }

  public static class WithFixtures {
    @BeforeMethod
    public void before() throws InterruptedException {
      Thread.sleep(Duration.ofHours(1));
    }

    @DataProvider
    public Object[][] hours() {
      return new Object[][] {{1}, {2}};
    }

    @org.testng.annotations.Test(dataProvider = "hours")
    public void sleeps(int hours) throws InterruptedException {
      Thread.sleep(Duration.ofHours(hours));
    }

    @org.testng.annotations.Test
    public void isAborted() {
      throw new SkipException("not here");
    }

    @AfterMethod
    public void after() throws InterruptedException {
      Thread.sleep(Duration.ofMinutes(20));
      Thread.sleep(Duration.ofMinutes(40));
    }
  }

  public static class Leaving {
    @org.testng.annotations.Test
    public void leaves() {
      Thread.ofPlatform().name("poller").daemon().start(LockSupport::park);
    }
  }

  public static class Hanging {
    @org.testng.annotations.Test
    public void hangs() throws InterruptedException {
      new CountDownLatch(1).await();
    }
  }

  public static class Plain {
    @org.testng.annotations.Test
    public void runs() {}
  }

  @Test
  void testsThatShareALoopAndSeedsAreToldOfByThemselves() throws Exception {
    run(Map.of(), Sharing.class, UnderSeeds.class, Failing.class);

    String html = Files.readString(folder.resolve("suite.html"));
    assertThat(html.split("data-value=\"3600000000000\">1 h</td>")).hasSize(1 + 2);
    assertThat(html)
        .contains("(fixtures of the class)")
        .contains("sleeps › seed 0")
        .contains("sleeps › seed 1")
        .contains("IllegalStateException: no such class");
  }

  @OnLoop(scope = OnLoop.Scope.CLASS)
  public static class Sharing {
    @BeforeClass
    public void opens() throws InterruptedException {
      Thread.sleep(Duration.ofHours(1));
    }

    @org.testng.annotations.Test
    public void sleeps() throws InterruptedException {
      Thread.sleep(Duration.ofHours(1));
    }
  }

  @OnLoop(seeds = 2)
  public static class UnderSeeds {
    @org.testng.annotations.Test
    public void sleeps() throws InterruptedException {
      Thread.sleep(Duration.ofMinutes(30));
    }
  }

  public static class Failing {
    @BeforeClass
    public void fails() {
      throw new IllegalStateException("no such class");
    }

    @org.testng.annotations.Test
    public void runs() {}
  }

  @Test
  void withoutTheParameterThereIsNone() {
    assertThat(run(Map.of("standstill.report", "none", "standstill.loop", "all"), Leaving.class))
        .isEmpty();
    assertThat(folder).isEmptyDirectory();
  }
}
