package dev.standstill.suites;

import dev.standstill.EventLoop;
import dev.standstill.children.Jvm;
import dev.standstill.explore.Exploration;
import dev.standstill.junit.LoopTest;
import dev.standstill.test.TestLoop;
import dev.standstill.testng.LoopListener;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Projects of others whose tests are published. Maven copies their jars into {@code target}. */
enum ForeignSuite {
  /** One class fills the heap, to wait for what does not come plainly either. */
  COMMONS_POOL(
      "commons-pool2", List.of(), List.of("--exclude-classname=.*\\.TestSoftRefOutOfMemory")),
  /** Its tests look at what was logged. */
  COMMONS_DBCP(
      "commons-dbcp2",
      List.of("-Dorg.apache.commons.logging.Log=org.apache.commons.dbcp2.StackMessageLog"),
      List.of("--exclude-classname=.*\\.Tester.*")),
  FAILSAFE("failsafe", List.of(), List.of());

  private static final int MOST_RUNS = 3;

  private static final Path JARS = Path.of("target/suites").toAbsolutePath();
  private static final String LAUNCHER = "org.junit.platform.console.ConsoleLauncher";

  private final String directory;
  private final List<String> flags;
  private final List<String> options;

  ForeignSuite(String directory, List<String> flags, List<String> options) {
    this.directory = directory;
    this.flags = flags;
    this.options = options;
  }

  /** Runs the suite as anybody does; again if it hangs, as Failsafe's once did. */
  SuiteRun runPlainly() throws IOException, InterruptedException {
    for (int run = 1; run < MOST_RUNS; run++) {
      try {
        return runOncePlainly();
      } catch (AssertionError e) {
        System.out.printf("%s hangs plainly: %s%n", directory, e.getMessage());
      }
    }
    return runOncePlainly();
  }

  private SuiteRun runOncePlainly() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Jvm.tool("java")));
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath(), LAUNCHER));
    command.addAll(launcherArguments());
    return SuiteRun.of(command, JARS.resolve("plain").resolve(directory));
  }

  /** Runs the suite as {@code ./standstill run} does. */
  SuiteRun runOnLoops() throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("run", "--limit=10min"));
    words.addAll(flags);
    words.addAll(List.of("-cp", classPath(), LAUNCHER, "--"));
    words.addAll(launcherArguments());
    List<String> command = Jvm.launched(words).command();
    return SuiteRun.of(command, JARS.resolve("loops").resolve(directory));
  }

  private boolean isOfJupiter() {
    return this != FAILSAFE;
  }

  /**
   * Runs the suite as a build does with {@code standstill.loop=all}, so each test on a loop of its
   * own; the report about the suite is written into a file.
   */
  SuiteRun runOnALoopForEachTest(Path report) throws IOException, InterruptedException {
    return runOnALoopForEachTest(List.of("report=" + report), launcherArguments(), "each");
  }

  /** Runs the tests of a class so, each under as many schedules. */
  SuiteRun runUnderSeeds(int seeds, String testClass) throws IOException, InterruptedException {
    List<String> arguments = List.of("execute", "--select-class=" + testClass, "--details=none");
    return runOnALoopForEachTest(List.of("seeds=" + seeds), arguments, "seeds");
  }

  private SuiteRun runOnALoopForEachTest(
      List<String> parameters, List<String> launcherArguments, String place)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Jvm.tool("java"), Jvm.agent()));
    command.addAll(flags);
    command.addAll(List.of("-Dstandstill.loop=all", "-Dstandstill.leaks=warn"));
    parameters.forEach(each -> command.add("-Dstandstill." + each));
    String libraries =
        Stream.of(
                isOfJupiter() ? LoopTest.class : LoopListener.class,
                Exploration.class,
                TestLoop.class,
                EventLoop.class)
            .map(ForeignSuite::placeOf)
            .collect(Collectors.joining(File.pathSeparator));
    command.addAll(List.of("-cp", classPath() + File.pathSeparator + libraries, LAUNCHER));
    command.addAll(launcherArguments);
    return SuiteRun.of(command, JARS.resolve(place).resolve(directory));
  }

  private static String placeOf(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()))
        .toString();
  }

  private static String classPath(String... directories) {
    return String.join(
        File.pathSeparator,
        List.of(directories).stream().map(each -> JARS.resolve(each) + "/*").toList());
  }

  private String classPath() {
    return classPath(directory, "junit");
  }

  private List<String> launcherArguments() {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "execute",
                "--scan-class-path=" + JARS.resolve(directory).resolve(directory + "-tests.jar"),
                "--details=summary",
                "--disable-banner",
                "--disable-ansi-colors"));
    arguments.addAll(options);
    return arguments;
  }

  @Override
  public String toString() {
    return directory;
  }
}
