package dev.standstill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A command that cannot be carried out ends with 2 and a sentence, never with a stack trace. */
class UsageTest {

  @TempDir Path directory;

  @Test
  void fileThatDoesNotExist() {
    Path missing = directory.resolve("Missing.java");

    refused(
        Outcome.of("run", missing),
        "There is no file %s (looked for %s).".formatted(missing, missing));
  }

  @Test
  void fileThatIsNotJava() throws IOException {
    Path notes = Files.writeString(directory.resolve("notes.txt"), "Buy milk.");

    refused(
        Outcome.of("run", notes),
        notes
            + " is no Java source file: name a file that ends with .java, or a class and its -cp.");
  }

  @Test
  void fileThatDoesNotCompileIsRefusedWithTheCompilersMessages() {
    Path program = write("void main() { int answer = \"42\"; }");

    refused(
        Outcome.of("run", program),
        """
        %s:1: error: incompatible types: String cannot be converted to int
        void main() { int answer = "42"; }
                                   ^
        1 error\
        """
            .formatted(program));
  }

  @Test
  void fileWithoutMain() {
    refused(
        Outcome.of("run", write("class Program {}")),
        "class Program has no main method: a program starts with void main(), static or not, with or without String[] args.");
  }

  @Test
  void fileWithoutAnyClass() {
    Path program = write("// Nothing yet.\n");

    refused(
        Outcome.of("run", program), program + " declares no class, so there is no main to run.");
  }

  @Test
  void mainThatNeedsAnInstanceWhichCannotBeMade() {
    refused(
        Outcome.of("run", write("class Program { Program(int size) {} void main() {} }")),
        "class Program has a main method that is not static, and no constructor without parameters that could make an instance.");
  }

  @Test
  void classThatIsNotOnTheClassPath() {
    refused(
        Outcome.of("run", "com.example.Shop", "-cp", directory),
        "There is no class com.example.Shop on the class path: say where it is with -cp.");
  }

  @Test
  void importOfLibraryThatIsNotOnTheClassPath() {
    Path program = write("import dev.standstill.EventLoop;\nvoid main() {}");

    assertThat(Outcome.of("run", program).err())
        .contains("error: package dev.standstill does not exist");
  }

  @Test
  void optionThatIsMisspelled() {
    refused(
        Outcome.of("run", "--sed", "3", "Program.java"),
        """
        Unknown option: '--sed'
        Possible solutions: --seed
        Try standstill run --help.\
        """);
  }

  @Test
  void optionsWithBadValues() {
    refused(
        Outcome.of("run", "--start", "yesterday", "Program.java"),
        """
        Invalid value for option '--start': "yesterday" is no instant: write one such as 2026-03-28T23:30:00Z, a date such as 2026-03-28, or now for the machine's time.
        Try standstill run --help.\
        """);
    assertThat(Outcome.of("run", "--replay", "xyz", "Program.java").err())
        .startsWith("Invalid value for option '--replay': \"xyz\" is no replay token:");
    assertThat(Outcome.of("run", "--seed", "lucky", "Program.java").err())
        .startsWith("Invalid value for option '--seed': 'lucky' is not a long");
  }

  @Test
  void optionsThatContradictEachOther() {
    refused(
        Outcome.of("run", "--real-time", "--seed", "1", "Program.java"),
        """
        --real-time cannot go with --seed, --start, --until, --limit, --common-pool, --hosts, --chaos, --latency, --allow-real, --real-network, --timeline or --replay: they need virtual time.
        Try standstill run --help.\
        """);
  }

  @Test
  void aCommonPoolWithoutWorkers() {
    refused(
        Outcome.of("run", "--common-pool", "0", "Program.java"),
        """
        --common-pool=0: the pool has to have one worker at least.
        Try standstill run --help.\
        """);
  }

  @Test
  void missingProgramOrCommand() {
    refused(
        Outcome.of("run"),
        """
        Nothing to run: name a file FILE.java, a class, -jar and a jar, or -m and a module.
        Try standstill run --help.\
        """);
    refused(
        Outcome.of(),
        """
        What shall be done? Name a command.
        Try standstill --help.\
        """);
  }

  @Test
  void fileWithoutCommand() {
    refused(
        Outcome.of("Shop.java"),
        """
        Shop.java is no command: did you mean ./standstill run Shop.java?
        Try standstill --help.\
        """);
  }

  @ParameterizedTest
  @CsvSource({"rnu, run", "explor, explore", "inti, init", "kernel, ''"})
  void aCommandThatDoesNotExist(String word, String nearest) {
    refused(
        Outcome.of(word, "Shop.java"),
        """
        %s is no command%s
        Try standstill --help.\
        """
            .formatted(word, nearest.isEmpty() ? "." : ": did you mean " + nearest + "?"));
  }

  @Test
  void helpVersionAndCompletionAreNoErrors() {
    assertThat(Outcome.of("--help").out())
        .contains("Usage: standstill", "\n  run ", "\n  notebook ", "\n  generate-completion ");
    assertThat(Outcome.of("run", "--help").out()).contains("--seed=N", "Exit codes:");
    assertThat(Outcome.of("--version").out()).matches("(?s)standstill [0-9].*Java 25.*");
    assertThat(Outcome.of("generate-completion").out())
        .contains("complete -F _complete_standstill");
    assertThat(Outcome.of("--help").exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"notebook", "java"})
  void aCommandWithoutTheScriptThatCarriesItOut(String command) {
    refused(
        Outcome.of(command),
        "The script standstill carries this command out: start it by that script.");
  }

  private static void refused(Outcome outcome, String message) {
    assertThat(outcome.err()).isEqualTo(message + "\n");
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(2);
  }

  private Path write(String source) {
    return SourceFile.write(directory, "Program.java", source);
  }
}
