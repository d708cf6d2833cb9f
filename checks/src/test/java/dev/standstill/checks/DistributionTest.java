package dev.standstill.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.standstill.children.Child;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The zip of the command line works where a JDK 25 is, and nothing else of a build. */
class DistributionTest {

  @TempDir private static Path directory;

  private static Path home;

  @BeforeAll
  static void unpack() throws IOException {
    Path zip =
        Repository.root()
            .resolve("dist/target/standstill-%s.zip".formatted(LocalRepository.version()));
    assumeThat(zip).as("what mvn verify makes in dist").exists();
    Path place = Files.createDirectory(directory.resolve("with blanks"));
    URI uri = URI.create("jar:" + zip.toUri());
    try (FileSystem packed =
            FileSystems.newFileSystem(uri, Map.of("enablePosixFileAttributes", true));
        Stream<Path> entries = Files.walk(packed.getPath("/"))) {
      for (Path entry : entries.filter(Files::isRegularFile).toList()) {
        Path file = place.resolve(entry.toString().substring(1));
        Files.createDirectories(file.getParent());
        Files.copy(entry, file);
        Files.setPosixFilePermissions(file, Files.getPosixFilePermissions(entry));
      }
    }
    home = place.resolve("standstill-" + LocalRepository.version());
  }

  @Test
  void exploresAProgramWithoutBuildingAnything() throws Exception {
    Path program =
        Repository.root()
            .resolve("examples/src")
            .resolve("main/java/dev/standstill/examples/ConnectionPool.java");

    Child.Result result = run("\"$HOME_OF_IT/bin/standstill\" explore '" + program + "'");

    assertThat(result.out()).contains("Too many connections: 2");
    assertThat(result.err()).doesNotContain("Building");
    assertThat(result.status()).isEqualTo(1);
  }

  @Test
  void isFoundThroughALink() throws Exception {
    Child.Result result =
        run("ln -s \"$HOME_OF_IT/bin/standstill\" standstill && ./standstill --version");

    assertThat(result.out()).startsWith("standstill " + LocalRepository.version());
    assertThat(result.status()).isZero();
  }

  @Test
  void saysThatNotebooksAreNotInIt() throws Exception {
    Child.Result result = run("\"$HOME_OF_IT/bin/standstill\" notebook");

    assertThat(result.err()).startsWith("Notebooks are not part of the distribution");
    assertThat(result.status()).isEqualTo(2);
  }

  @Test
  void completesCommandsInBash() throws Exception {
    Child.Result result =
        run(
            """
            source "$HOME_OF_IT/share/bash-completion/completions/standstill"
            complete -p standstill
            """);

    assertThat(result.out()).contains("_complete_standstill");
    assertThat(result.status()).isZero();
  }

  @Test
  void hasAManualPage() throws IOException {
    assertThat(Files.readString(home.resolve("share/man/man1/standstill.1")))
        .startsWith(".TH STANDSTILL 1")
        .contains(".SS explore");
    assertThat(home.resolve("LICENSE")).exists();
  }

  /** Runs a script of a user who has a JDK and no Maven. */
  private static Child.Result run(String script) throws IOException, InterruptedException {
    Path work = Files.createTempDirectory(directory, "work");
    ProcessBuilder builder = new ProcessBuilder(List.of("bash", "-c", script));
    builder.directory(work.toFile());
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            Map.of(
                "PATH", "/usr/bin:/bin",
                "HOME", work.toString(),
                "JAVA_HOME", System.getProperty("java.home"),
                "HOME_OF_IT", home.toString()));
    return Child.run(builder);
  }
}
