package dev.standstill.checks;

import dev.standstill.checks.Page.Block;
import dev.standstill.children.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A project outside this repository, made of what a page tells newcomers to type. */
final class FreshProject {

  private static final String TESTS_RUN = "Tests run: %d, Failures: 0, Errors: 0, Skipped: 0";

  /** What Maven fetches the first time takes its time, too. */
  private static final Duration LIMIT = Duration.ofMinutes(15);

  /** Maven's own JVM; those of the tests are as the build has them. */
  private static final String FOR_SHORT_RUNS = "-XX:TieredStopAtLevel=1";

  private static final int LONG_LINE = 300;
  private static final int MANY_LINES = 40;

  private final Path directory;
  private final LocalRepository repository;
  private Path javaHome = Path.of(System.getProperty("java.home"));

  private FreshProject(Path directory, LocalRepository repository) {
    this.directory = directory;
    this.repository = repository;
  }

  /** Makes the Maven project that docs/install.md shows, with its test. */
  static FreshProject ofInstallPage(Path directory, LocalRepository repository) throws IOException {
    return of(shown("install.md", "xml", "<project "), directory, repository)
        .write("src/test/java/FirstTest.java", shown("install.md", "java", "class FirstTest"));
  }

  /**
   * Makes the Maven project that docs/install.md shows, without its test, and with the dependencies
   * of another page.
   */
  static FreshProject withDependencies(
      String dependencies, Path directory, LocalRepository repository) throws IOException {
    String pom = shown("install.md", "xml", "<project ");
    int managed = pom.indexOf("</dependencyManagement>");
    int start = pom.indexOf("<dependencies>", managed);
    int end = pom.indexOf("</dependencies>", start) + "</dependencies>".length();
    return of(pom.substring(0, start) + dependencies + pom.substring(end), directory, repository);
  }

  /** Makes a Maven project. */
  static FreshProject of(String pom, Path directory, LocalRepository repository)
      throws IOException {
    FreshProject project = new FreshProject(Files.createDirectories(directory), repository);
    return project.write("pom.xml", pom);
  }

  /** Makes a project that builds those in directories below its own, as they are. */
  static FreshProject together(
      Path directory, LocalRepository repository, Collection<String> directories)
      throws IOException {
    String modules =
        directories.stream()
            .map(each -> "<module>" + each + "</module>")
            .collect(Collectors.joining("\n    "));
    String pom =
        """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>com.example</groupId>
          <artifactId>together</artifactId>
          <version>1.0</version>
          <packaging>pom</packaging>
          <modules>
            %s
          </modules>
        </project>
        """;
    return of(pom.formatted(modules), directory, repository);
  }

  /** Returns the only block of a page in docs in a language that has this text. */
  static String shown(String page, String language, String text) {
    List<String> blocks =
        Page.blocksOf(Repository.root().resolve("docs").resolve(page)).stream()
            .filter(block -> block.language().equals(language))
            .map(Block::text)
            .filter(block -> block.contains(text))
            .toList();
    if (blocks.size() != 1) {
      throw new IllegalStateException(
          "docs/%s shows %d blocks of %s with %s, and there is to be one."
              .formatted(page, blocks.size(), language, text));
    }
    return blocks.getFirst();
  }

  FreshProject write(String file, String text) throws IOException {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    return this;
  }

  String read(String file) throws IOException {
    return Files.readString(directory.resolve(file));
  }

  /** Changes the POM; that there is nothing to change is a mistake of the test. */
  FreshProject change(String old, String replacement) throws IOException {
    String pom = read("pom.xml");
    if (!pom.contains(old)) {
      throw new IllegalArgumentException("The POM does not say " + old + ": " + pom);
    }
    return write("pom.xml", pom.replace(old, replacement));
  }

  /** Gives the project another name: the first that the POM has, but for that of its parent. */
  FreshProject rename(String name) throws IOException {
    String pom = read("pom.xml");
    int parentEnds = Math.max(0, pom.indexOf("</parent>"));
    String start = pom.substring(0, parentEnds);
    String rest = pom.substring(parentEnds);
    return write("pom.xml", start + rest.replaceFirst("<artifactId>[^<]+", "<artifactId>" + name));
  }

  /** Adds a plugin before those that the POM has. */
  FreshProject addPluginFirst(String plugin) throws IOException {
    return change("<plugins>", "<plugins>\n" + plugin);
  }

  /** Adds a plugin behind those that the POM has. */
  FreshProject addPluginLast(String plugin) throws IOException {
    return change("</plugins>", plugin + "\n</plugins>");
  }

  /** Returns the element of the project's POM that declares an artifact. */
  String element(String name, String artifact) throws IOException {
    String pom = read("pom.xml");
    int place = pom.indexOf("<artifactId>" + artifact);
    String end = "</" + name + ">";
    return pom.substring(
        pom.lastIndexOf("<" + name + ">", place), pom.indexOf(end, place) + end.length());
  }

  /** Returns what a file below examples/builds says. */
  static String buildFile(String file) {
    return Repository.read(Repository.root().resolve("examples/builds").resolve(file));
  }

  /** Runs Maven on another JDK than the tests' own. */
  FreshProject onJdk(Path home) {
    javaHome = home;
    return this;
  }

  /**
   * Runs Maven, as a user does; it fetches only what the machine does not have yet. Returns what it
   * printed, to standard error too.
   */
  Child.Result mvn(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "mvn",
                "--batch-mode",
                "--no-transfer-progress",
                "-Dkotlin.compiler.daemon=false", // it would stay
                "-Dmaven.repo.local=" + repository.directory()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", javaHome.toString());
    builder.environment().put("MAVEN_OPTS", FOR_SHORT_RUNS);
    return Child.run(builder, LIMIT);
  }

  /** Runs goals in which this many tests pass, and nothing else; returns what Maven printed. */
  String passed(int tests, String... goals) throws IOException, InterruptedException {
    String printed = succeeded(goals);
    if (!printed.contains(TESTS_RUN.formatted(tests))) {
      throw new AssertionError("%d tests were to pass: %s".formatted(tests, printed));
    }
    return printed;
  }

  /** Runs goals that succeed; returns what Maven printed. */
  String succeeded(String... goals) throws IOException, InterruptedException {
    Child.Result result = mvn(goals);
    if (result.status() != 0 || !result.out().contains("BUILD SUCCESS")) {
      Path log = Repository.root().resolve("checks/target/" + directory.getFileName() + ".log");
      Files.writeString(log, result.out());
      throw new AssertionError(
          "\"mvn %s\" ended with %d; all that it printed is in %s.\n%s"
              .formatted(String.join(" ", goals), result.status(), log, reasonsIn(result.out())));
    }
    return result.out();
  }

  /** The lines that tell why a build failed, of which a reader of CI's output sees but a part. */
  private static String reasonsIn(String printed) {
    return printed
        .lines()
        .filter(line -> line.startsWith("[ERROR]") || line.startsWith("Caused by: "))
        .map(line -> line.length() > LONG_LINE ? line.substring(0, LONG_LINE) + "..." : line)
        .distinct()
        .limit(MANY_LINES)
        .collect(Collectors.joining("\n"));
  }

  /** Returns how many tests have passed in the last run, if none failed, as Surefire reports it. */
  int testsPassed() {
    return Repository.filesBelow(directory.resolve("target/surefire-reports")).stream()
        .filter(file -> file.toString().endsWith(".xml"))
        .map(Repository::read)
        .mapToInt(report -> count("<testcase ", report) - count("<skipped", report))
        .sum();
  }

  private static int count(String part, String text) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }
}
