package dev.standstill.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the pages for JUnit 5, JUnit 4, TestNG, Spring Boot and Kotlin tell newcomers to type, typed
 * into projects outside this repository, with the flag and without.
 */
class FrameworkProjectTest {

  /** What a JVM prints when our agent attaches itself; Mockito's does so in any case. */
  private static final String SELF_ATTACHED =
      "A Java agent has been loaded dynamically \\([^)]*standstill-agent";

  private static final String FRAMEWORKS = "junit4-and-testng.md";
  private static final String SPRING = "test-a-spring-boot-application.md";
  private static final String KOTLIN = "kotlin-coroutines.md";

  /** How many tests the pages show for each. */
  private static final Map<String, Integer> TESTS =
      Map.of("junit5", 1, "junit4", 3, "testng", 1, "kotlin", 1, "boot", 3, "boot3", 3);

  private static final String THEATRE = "dev/standstill/examples/spring";

  @TempDir private static Path repositories;
  private static LocalRepository repository;

  @TempDir private Path directory;

  @BeforeAll
  static void install() throws IOException {
    repository = LocalRepository.in(repositories.resolve("repository"));
  }

  @AfterAll
  static void removeLinks() throws IOException {
    repository.close();
  }

  @Test
  void versionsThatThePagesShowAreThoseOfThisBuild() {
    assertThat(versionsIn(FRAMEWORKS, "junit")).containsOnly(built("junit4"));
    assertThat(versionsIn(FRAMEWORKS, "testng")).containsOnly(built("testng"));
    assertThat(versionsIn(KOTLIN, "kotlinx-coroutines-core-jvm"))
        .containsOnly(built("kotlinx-coroutines"));
    for (String artifact : List.of("kotlin-stdlib", "kotlin-test-junit5", "kotlin-maven-plugin")) {
      assertThat(versionsIn(KOTLIN, artifact)).containsOnly(built("kotlin"));
    }
    assertThat(versionsIn(SPRING, "spring-boot-starter-parent")).containsOnly(built("spring-boot"));
  }

  @Test
  void theirTestsRunWithTheFlag() throws Exception {
    Map<String, FreshProject> projects = projects();

    assertThat(passedTogether(projects)).doesNotContainPattern(SELF_ATTACHED);
  }

  @Test
  @Tag("slow")
  void theirTestsRunWithoutTheFlag() throws Exception {
    Map<String, FreshProject> projects = projects();
    for (FreshProject project : projects.values()) {
      project.change(project.element("plugin", "standstill-maven-plugin"), "");
    }

    assertThat(Pattern.compile(SELF_ATTACHED).matcher(passedTogether(projects)).results())
        .hasSameSizeAs(projects.entrySet());
  }

  /** Builds them in one run of Maven, which takes a third of the time; returns what it printed. */
  private String passedTogether(Map<String, FreshProject> projects) throws Exception {
    String printed =
        FreshProject.together(directory, repository, projects.keySet())
            .succeeded("test", "--fail-at-end", "--threads", "2");
    for (var project : projects.entrySet()) {
      assertThat(project.getValue().testsPassed())
          .as("tests of %s in: %s", project.getKey(), printed)
          .isEqualTo(TESTS.get(project.getKey()));
    }
    return printed;
  }

  /** One for each page and version, by the directory that it is in. */
  private Map<String, FreshProject> projects() throws IOException {
    Map<String, FreshProject> projects = new TreeMap<>();
    projects.put("junit5", junit5());
    projects.put("junit4", junit4());
    projects.put("testng", testNg());
    projects.put("kotlin", kotlin());
    if (OS.LINUX.isCurrentOs()) { // see the page
      projects.put("boot", theatre("boot"));
      projects.put("boot3", theatreOfBoot3());
    }
    for (var project : projects.entrySet()) {
      // In one run of Maven they may not have the same name.
      project.getValue().rename(project.getKey());
    }
    return projects;
  }

  private FreshProject junit5() throws IOException {
    return FreshProject.ofInstallPage(directory.resolve("junit5"), repository)
        .change("<junit.version>" + built("junit"), "<junit.version>" + built("junit.newest5"));
  }

  private FreshProject junit4() throws IOException {
    Path sources = Repository.root().resolve("junit4/src/test/java/dev/standstill/junit4/guide");
    return FreshProject.withDependencies(
            FreshProject.shown(FRAMEWORKS, "xml", "standstill-junit4"),
            directory.resolve("junit4"),
            repository)
        .write(
            "src/test/java/ReminderTest.java",
            complete(
                FRAMEWORKS, "@RunWith(LoopRunner.class)", sources.resolve("ReminderTest.java")))
        .write(
            "src/test/java/TemperaturesTest.java",
            complete(
                FRAMEWORKS, "class TemperaturesTest", sources.resolve("TemperaturesTest.java")));
  }

  private FreshProject testNg() throws IOException {
    Path sources = Repository.root().resolve("testng/src/test/java/dev/standstill/testng/guide");
    return FreshProject.withDependencies(
            FreshProject.shown(FRAMEWORKS, "xml", "standstill-testng"),
            directory.resolve("testng"),
            repository)
        .write(
            "src/test/java/ReminderTest.java",
            complete(FRAMEWORKS, "@BeforeMethod", sources.resolve("ReminderTest.java")));
  }

  private FreshProject kotlin() throws IOException {
    return FreshProject.withDependencies(
            FreshProject.shown(KOTLIN, "xml", "<dependencies>"),
            directory.resolve("kotlin"),
            repository)
        .addPluginLast(FreshProject.shown(KOTLIN, "xml", "<plugin>"))
        .write(
            "src/test/kotlin/RemindersTest.kt",
            FreshProject.shown(KOTLIN, "kotlin", "class RemindersTest"));
  }

  private FreshProject theatreOfBoot3() throws IOException {
    FreshProject project = theatre("boot3");
    return project
        .change("<version>" + built("spring-boot") + "<", "<version>" + built("spring-boot3") + "<")
        .change("spring-boot-starter-webmvc", "spring-boot-starter-web")
        // The theatre says what may be null; Spring 7 brings the annotation along.
        .change(
            project.element("dependency", "standstill-spring"),
            project.element("dependency", "standstill-spring")
                + """
                  <dependency>
                    <groupId>org.jspecify</groupId>
                    <artifactId>jspecify</artifactId>
                    <version>%s</version>
                  </dependency>
                """
                    .formatted(built("jspecify")));
  }

  /** The application that the page links, with the build file and the test of the page. */
  private FreshProject theatre(String name) throws IOException {
    FreshProject project =
        FreshProject.of(
            FreshProject.shown(SPRING, "xml", "<project "), directory.resolve(name), repository);
    Path application = Repository.root().resolve("examples/spring/src");
    for (Path file : Repository.filesBelow(application.resolve("main"))) {
      project.write("src/" + application.relativize(file), Files.readString(file));
    }
    String test = "test/java/" + THEATRE + "/ReservationsTest.java";
    return project.write(
        "src/" + test,
        "package %s;\n".formatted(THEATRE.replace('/', '.'))
            + complete(SPRING, "class ReservationsTest", application.resolve(test)));
  }

  /**
   * The only block of Java with a text on a page, below the imports, which IDEs add. Where ours
   * come from has to be said on the page.
   */
  private static String complete(String page, String text, Path source) throws IOException {
    List<String> imports =
        Files.readAllLines(source).stream().filter(line -> line.startsWith("import ")).toList();
    String said = Repository.read(Repository.root().resolve("docs").resolve(page));
    for (String line : imports) {
      if (line.startsWith("import dev.standstill.")) {
        assertThat(said).contains(line.substring("import ".length(), line.lastIndexOf('.')));
      }
    }
    return String.join("\n", imports) + "\n\n" + FreshProject.shown(page, "java", text);
  }

  /** The versions that a page shows of an artifact. */
  private static List<String> versionsIn(String page, String artifact) {
    Pattern version =
        Pattern.compile(
            "<artifactId>%s</artifactId>\\s*<version>([^<]+)<".formatted(Pattern.quote(artifact)));
    return version
        .matcher(Repository.read(Repository.root().resolve("docs").resolve(page)))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  /** The version of something that this build uses. */
  private static String built(String name) {
    Matcher version =
        Pattern.compile("<%1$s\\.version>([^<]+)</%1$s\\.version>".formatted(Pattern.quote(name)))
            .matcher(Repository.read(Repository.root().resolve("pom.xml")));
    assertThat(version.find()).as(name).isTrue();
    return version.group(1);
  }
}
