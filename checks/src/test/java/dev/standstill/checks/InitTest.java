package dev.standstill.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.children.Child;
import dev.standstill.children.Jvm;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fresh project that {@code standstill init} was run in builds, and its first test passes. */
@Tag("slow")
class InitTest {

  /** As Maven's guide says that a project begins. */
  private static final String POM =
      """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <groupId>com.acme</groupId>
        <artifactId>shop</artifactId>
        <version>1</version>
      </project>
      """;

  /** What standstill-junit needs, by the artifacts' names. */
  private static final Map<String, String> MODULES =
      Map.of(
          "standstill-agent", "agent",
          "standstill-loop", "loop",
          "standstill-test", "kit",
          "standstill-explore", "explore",
          "standstill-junit", "junit");

  @TempDir Path directory;

  @Test
  void aFreshMavenProjectHasATestThatPasses() throws Exception {
    Path project = Files.createDirectory(directory.resolve("shop"));
    Files.writeString(project.resolve("pom.xml"), POM);
    Path repository = repository();

    Child.Result init =
        run(
            project,
            Jvm.tool("java"),
            "-cp",
            System.getProperty("java.class.path"),
            "dev.standstill.cli.Main",
            "init");
    Child.Result test =
        run(project, "mvn", "--batch-mode", "-Dmaven.repo.local=" + repository, "test");

    assertThat(init.out()).contains("FirstLoopTest.java: written.");
    assertThat(test.out())
        .contains("Tests run: 1, Failures: 0, Errors: 0, Skipped: 0", "BUILD SUCCESS");
  }

  private static Child.Result run(Path directory, String... command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return Child.run(builder);
  }

  /** One with what this build has made, and by links all that the user's own has. */
  private Path repository() throws IOException {
    Path own =
        Path.of(
            System.getProperty(
                "localRepository", System.getProperty("user.home") + "/.m2/repository"));
    Path repository = Files.createDirectory(directory.resolve("repository"));
    link(own, repository, "dev");
    link(own.resolve("dev"), Files.createDirectory(repository.resolve("dev")), "standstill");
    Path ours = repository.resolve("dev/standstill");
    Files.copy(Repository.root().resolve("pom.xml"), place(ours, "standstill-parent", "pom"));
    for (Map.Entry<String, String> module : MODULES.entrySet()) {
      Path folder = Repository.root().resolve(module.getValue());
      Files.copy(folder.resolve("pom.xml"), place(ours, module.getKey(), "pom"));
      jar(folder.resolve("target/classes"), place(ours, module.getKey(), "jar"), module.getKey());
    }
    return repository;
  }

  private static void link(Path from, Path to, String except) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    try (Stream<Path> entries = Files.list(from)) {
      for (Path each : entries.toList()) {
        if (!each.getFileName().toString().equals(except)) {
          Files.createSymbolicLink(to.resolve(each.getFileName()), each);
        }
      }
    }
  }

  private static Path place(Path group, String artifact, String type) throws IOException {
    Path folder = Files.createDirectories(group.resolve(artifact).resolve(version()));
    return folder.resolve("%s-%s.%s".formatted(artifact, version(), type));
  }

  private static String version() {
    Matcher version =
        Pattern.compile("<artifactId>standstill-parent</artifactId>\\s*<version>([^<]+)<")
            .matcher(Repository.read(Repository.root().resolve("pom.xml")));
    assertThat(version.find()).isTrue();
    return version.group(1);
  }

  private static void jar(Path classes, Path file, String artifact) throws IOException {
    Path agent = classes.resolveSibling(file.getFileName());
    if (artifact.equals("standstill-agent")) {
      Files.copy(agent, file);
      return;
    }
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      List<Path> files = Repository.filesBelow(classes);
      for (Path each : files) {
        jar.putNextEntry(new JarEntry(classes.relativize(each).toString()));
        Files.copy(each, jar);
      }
    }
  }
}
