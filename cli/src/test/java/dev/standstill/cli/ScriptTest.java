package dev.standstill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.children.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The script standstill, with a Maven and a JDK that only say what they are asked for. */
class ScriptTest {

  private static final String MAVEN =
      """
      #!/usr/bin/env bash
      echo "mvn $*" >>"$CALLS"
      echo '[INFO] Building Standstill agent 0.1.0-SNAPSHOT                             [1/5]'
      %s
      mkdir -p cli/target/lib
      touch cli/target/lib/standstill-agent.jar
      """;

  private static final String JAVA =
      """
      #!/usr/bin/env bash
      echo "java ${*: -1}"
      """;

  private static final String OFFLINE =
      """
      if [[ $* == *--offline* ]]; then
        echo '[ERROR] Cannot access central in offline mode'
        exit 1
      fi
      """;

  private static final String BROKEN = "echo '[ERROR] Shop.java: cannot find symbol'; exit 1";

  @TempDir Path directory;

  @BeforeEach
  void copyScript() throws IOException {
    Path repository = Path.of("..");
    for (String file : List.of("standstill", "tools/launch")) {
      copy(repository.resolve(file), directory.resolve("clone").resolve(file));
    }
    try (Stream<Path> texts = Files.list(repository.resolve("cli/src/main/help"))) {
      for (Path text : texts.toList()) {
        copy(text, directory.resolve("clone/cli/src/main/help").resolve(text.getFileName()));
      }
    }
    write("clone/tools/find-jdk", "#!/usr/bin/env bash\necho '%s'\n".formatted(directory));
    write("bin/java", JAVA);
    write("clone/pom.xml", "");
    for (String module :
        List.of("agent", "loop", "kit", "network", "timeline", "explore", "campaigns", "cli")) {
      write("clone/" + module + "/pom.xml", "");
      write("clone/" + module + "/src/main/Some.java", "");
    }
    maven("");
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
  }

  private void write(String file, String text) throws IOException {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setLastModifiedTime(path, FileTime.from(Instant.now().minusSeconds(60)));
  }

  private void maven(String middle) throws IOException {
    write("bin/mvn", MAVEN.formatted(middle));
  }

  @ParameterizedTest
  @CsvSource({
    "--help, standstill",
    "-h, standstill",
    "run --help, run",
    "explore --seed 3 X.java -h, explore",
    "java --help, java",
    "notebook --help, notebook",
    "init -h, init",
  })
  void helpNeedsNoBuild(String words, String text) throws Exception {
    Child.Result result = standstill(words.split(" "));

    assertThat(result.out()).isEqualTo(Files.readString(Path.of("src/main/help/" + text + ".txt")));
    assertThat(result.err()).isEmpty();
    assertThat(result.status()).isZero();
    assertThat(calls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"run X.java -- --help", "java Main --help"})
  void helpOfTheProgramIsThePrograms(String words) throws Exception {
    assertThat(standstill(words.split(" ")).out()).isEqualTo("java --help\n");
  }

  @Test
  void aFileInPlaceOfACommandIsToldWithoutABuild() throws Exception {
    Child.Result result = standstill("app.jar", "x");

    assertThat(result.err())
        .isEqualTo(
            "app.jar is no command: did you mean ./standstill run -jar app.jar x?\nTry standstill --help.\n");
    assertThat(result.status()).isEqualTo(2);
    assertThat(standstill().err())
        .isEqualTo("What shall be done? Name a command.\nTry standstill --help.\n");
    assertThat(calls()).isEmpty();
  }

  @Test
  void aMisspelledCommandIsToldWithoutABuild() throws Exception {
    Child.Result result = standstill("rnu", "X.java");

    assertThat(result.err())
        .isEqualTo(
            "rnu is no command; these are: explore, generate-completion, generate-man-page, init, java, merge, notebook, replay, run, timeline.\nTry standstill --help.\n");
    assertThat(result.status()).isEqualTo(2);
    assertThat(calls()).isEmpty();
  }

  @Test
  void itIsBuiltOnceWithoutTheNetworkAndTellsHowFarItIs() throws Exception {
    Child.Result first = standstill("run", "X.java");

    assertThat(first.err())
        .matches(
            "Building Standstill \\(first run\\)…\n  1 of 5: Standstill agent \\(\\d+ s\\)\nBuilt in \\d+ s.\n");
    assertThat(first.out()).isEqualTo("java X.java\n");
    assertThat(calls()).singleElement().asString().contains(" --offline ");

    Child.Result second = standstill("run", "X.java");

    assertThat(second.err()).isEmpty();
    assertThat(calls()).hasSize(1);
  }

  @Test
  void whatIsMissingIsFetched() throws Exception {
    maven(OFFLINE);

    Child.Result result = standstill("run", "X.java");

    assertThat(result.err()).contains("Fetching what it is built with…\n", "Built in ");
    assertThat(result.status()).isZero();
    assertThat(calls()).hasSize(2).last().asString().doesNotContain("offline");
  }

  @Test
  void aBuildThatFailsIsShownAndNothingIsFetched() throws Exception {
    maven(BROKEN);

    Child.Result result = standstill("run", "X.java");

    assertThat(result.err())
        .contains("[ERROR] Shop.java: cannot find symbol\n")
        .endsWith("Building Standstill failed; its output is above.\n");
    assertThat(result.status()).isEqualTo(2);
    assertThat(calls()).hasSize(1);
  }

  @Test
  void itIsBuiltAgainWhenSourcesHaveChangedSince() throws Exception {
    standstill("run", "X.java");
    Files.setLastModifiedTime(
        directory.resolve("clone/kit/src/main/Some.java"),
        FileTime.from(Instant.now().plusSeconds(60)));

    assertThat(standstill("run", "X.java").err())
        .startsWith("Building Standstill (its sources changed)…\n");
  }

  private List<String> calls() throws IOException {
    Path calls = directory.resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  private Child.Result standstill(String... words) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(directory.resolve("clone/standstill").toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("CALLS", directory.resolve("calls").toString());
    builder.environment().merge("PATH", directory.resolve("bin") + ":", (path, bin) -> bin + path);
    return Child.run(builder);
  }
}
