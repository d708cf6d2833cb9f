package dev.standstill.cli.init;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/** A project that gets Standstill and a first test. For one thread. */
public final class Project {

  private static final String TEST = "FirstLoopTest";

  private static final String CODE =
      """
      import static org.junit.jupiter.api.Assertions.assertEquals;

      import dev.standstill.junit.LoopTest;
      import java.time.Duration;
      import java.time.Instant;

      class FirstLoopTest {

        /** The test is a task of an event loop: when all of them sleep, time jumps. */
        @LoopTest
        void anHourPassesAtOnce() throws InterruptedException {
          Instant start = Instant.now();

          Thread.sleep(Duration.ofHours(1));

          assertEquals(Duration.ofHours(1), Duration.between(start, Instant.now()));
        }
      }
      """;

  private final Path directory;
  private final Versions versions = Versions.ofThisBuild();

  private Project(Path directory) {
    this.directory = directory;
  }

  /** Returns the project in a directory, which need not have one yet. */
  public static Project in(Path directory) {
    return new Project(directory);
  }

  /** Returns what to add to the build by hand, and the test. */
  public String toPrint() {
    List<String> parts = new ArrayList<>();
    boolean isMaven = Files.exists(directory.resolve(MavenBuild.FILE));
    boolean isGradle = gradleFile() != null;
    if (isMaven || !isGradle) {
      parts.add("For pom.xml:\n\n" + MavenBuild.toPrint(versions));
    }
    if (isGradle || !isMaven) {
      parts.add("For build.gradle.kts:\n\n" + GradleBuild.toPrint(versions));
    }
    parts.add("src/test/java/%s.java:\n\n%s".formatted(TEST, CODE.stripTrailing()));
    return String.join("\n\n", parts);
  }

  /**
   * Adds to the build what is missing, and the test if it is missing.
   *
   * @param packageName of the test; null for that of the project
   * @return what was done, in lines
   * @throws CannotInitException if there is no project, or it cannot be changed; nothing is written
   *     then
   */
  public List<String> init(@Nullable String packageName) throws CannotInitException {
    Build build = build();
    Path test = testIn(packageName == null ? build.packageName() : packageName, packageName);
    Change change = build.change();
    List<String> said = new ArrayList<>();
    try {
      if (change.said().isEmpty()) {
        said.add("%s has all that is needed.".formatted(relative(change.file())));
      } else {
        Files.writeString(change.file(), change.text());
        said.add(
            "%s: added %s.".formatted(relative(change.file()), String.join(", ", change.said())));
      }
      said.add(writeTest(test));
    } catch (IOException e) {
      throw new CannotInitException("A file cannot be written: %s.".formatted(e));
    }
    said.add("Run it: " + build.command(TEST));
    if (versions.of("standstill").endsWith("-SNAPSHOT")) {
      said.add(
          "This version is not published: mvn -DskipTests install, where Standstill was built, puts it into the local repository.");
    }
    return said;
  }

  private Build build() throws CannotInitException {
    if (Files.exists(directory.resolve(MavenBuild.FILE))) {
      return MavenBuild.in(directory, versions);
    }
    Path gradle = gradleFile();
    if (gradle == null) {
      throw new CannotInitException(
          "There is no pom.xml, build.gradle.kts or build.gradle in %s: go to the folder of a project, or see what to add with standstill init --print."
              .formatted(directory));
    }
    return GradleBuild.of(gradle, versions);
  }

  private @Nullable Path gradleFile() {
    return GradleBuild.FILES.stream()
        .map(directory::resolve)
        .filter(Files::exists)
        .findFirst()
        .orElse(null);
  }

  private Path testIn(String packageName, @Nullable String asked) throws CannotInitException {
    boolean isName = SourceVersion.isName(packageName);
    if (asked != null && !isName) {
      throw new CannotInitException("\"%s\" is no name of a package.".formatted(asked));
    }
    Path sources = directory.resolve("src/test/java");
    return (isName ? sources.resolve(packageName.replace('.', '/')) : sources)
        .resolve(TEST + ".java");
  }

  private String writeTest(Path test) throws IOException {
    if (Files.exists(test)) {
      return "%s is there already.".formatted(relative(test));
    }
    Files.createDirectories(test.getParent());
    String packageName =
        directory
            .resolve("src/test/java")
            .relativize(test.getParent())
            .toString()
            .replace(test.getFileSystem().getSeparator(), ".");
    Files.writeString(
        test, packageName.isEmpty() ? CODE : "package %s;\n\n%s".formatted(packageName, CODE));
    return "%s: written.".formatted(relative(test));
  }

  private String relative(Path file) {
    return directory.relativize(file).toString();
  }
}
