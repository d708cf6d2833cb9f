package dev.standstill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Small programs, each of which ends in one way, whatever the schedule. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class ProgramsContract {

  private final Path sources;

  Path classes;

  /**
   * @param directory where in {@code src/test/programs} the sources of the programs are
   */
  ProgramsContract(String directory) {
    this.sources = Path.of("src/test/programs", directory);
  }

  abstract Stream<Expected> programs();

  /**
   * A program and how it ends under every schedule.
   *
   * @param options those of the command line
   * @param argument the program's; empty for none
   * @param out all that it prints to standard output
   * @param err what the report says, as a regular expression
   */
  record Expected(
      List<String> options, String program, String argument, int exitCode, String out, String err) {

    static Expected ends(String program, String argument, String... lines) {
      String out = String.join("\n", lines) + "\n";
      return new Expected(List.of(), program, argument, 0, out, "Standstill: ");
    }

    static Expected isTold(String program, String argument, String... lines) {
      String err = String.join("[\\s\\S]*", lines);
      return new Expected(List.of(), program, argument, 3, "", err);
    }

    Expected with(String option) {
      return new Expected(List.of(option), program, argument, exitCode, out, err);
    }

    @Override
    public String toString() {
      return "%s %s %s".formatted(String.join(" ", options), program, argument).strip();
    }
  }

  @BeforeAll
  void compile(@TempDir Path directory) {
    classes = directory;
    List<String> arguments = new ArrayList<>(List.of("-d", classes.toString()));
    try (Stream<Path> files = Files.list(sources)) {
      files.map(Path::toString).forEach(arguments::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int errors =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(errors).isZero();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void endAsOnAJvmOrAreTold(Expected expected) {
    assertRuns(expected);
    for (int seed = 0; seed < 3; seed++) {
      assertRuns(expected, "--seed=" + seed);
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("programs")
  void doSoUnderTwentySeedsThreeTimesEach(Expected expected) {
    for (int time = 0; time < 3; time++) {
      assertRuns(expected);
      IntStream.range(0, 20).forEach(seed -> assertRuns(expected, "--seed=" + seed));
    }
  }

  private void assertRuns(Expected expected, String... options) {
    List<String> all = Stream.concat(expected.options().stream(), Stream.of(options)).toList();

    Outcome outcome = run(expected.program(), expected.argument(), all.toArray(String[]::new));

    assertThat(outcome.err())
        .as("%s %s", expected, List.of(options))
        .containsPattern(expected.err());
    assertThat(outcome.exitCode()).isEqualTo(expected.exitCode());
    assertThat(outcome.out()).isEqualTo(expected.out());
  }

  Outcome run(String program, String argument, String... options) {
    List<Object> arguments = new ArrayList<>(List.of("run", "-cp", classes));
    arguments.addAll(List.of(options));
    arguments.add(program);
    if (!argument.isEmpty()) {
      arguments.addAll(List.of("--", argument));
    }
    return Outcome.of(arguments.toArray());
  }
}
