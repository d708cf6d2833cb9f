package dev.standstill.cli;

import dev.standstill.agent.program.LaunchedProgram;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * The program that a command is about, as a user names it.
 *
 * @param options of the JVM, as a user gives them, each followed by a space
 * @param name a source file, a class, {@code -jar} and a jar, or {@code -m} and a module
 * @param arguments what main is given
 */
record ChosenProgram(Program program, String options, String name, List<String> arguments) {

  /**
   * Returns what the JVM was started with; else what the command names.
   *
   * @param named by the command; null if it names nothing
   * @param classPath that the command says; null if it says none
   * @throws UsageException if there is no such file, or it does not compile
   * @throws ParameterException if there is neither
   */
  static ChosenProgram of(
      CommandSpec command,
      @Nullable String named,
      List<String> arguments,
      @Nullable String classPath)
      throws UsageException {
    LaunchedProgram launched = LaunchedProgram.ofJvm().orElse(null);
    if (launched != null) {
      return of(launched);
    }
    if (named == null) {
      throw new ParameterException(
          command.commandLine(),
          "Nothing to run: name a file FILE.java, a class, -jar and a jar, or -m and a module.");
    }
    return new ChosenProgram(
        Program.find(named, ClassPath.parse(classPath == null ? "." : classPath)),
        classPath == null ? "" : optionsOf(classPath),
        named,
        arguments);
  }

  private static ChosenProgram of(LaunchedProgram launched) throws UsageException {
    LaunchedProgram.Given given = launched.given();
    return new ChosenProgram(
        Program.find(launched),
        given.options().isEmpty() ? "" : words(given.options()) + " ",
        given.program().isEmpty() ? "" : words(given.program()),
        launched.arguments());
  }

  /** The option for a class path, followed by a space. */
  static String optionsOf(String classPath) {
    return words(List.of("-cp", classPath)) + " ";
  }

  /** The program and its arguments as a user gives them to a command. */
  String toRepeat() {
    return arguments.isEmpty() ? name : name + " -- " + words(arguments);
  }

  /** Words for a shell. */
  private static String words(List<String> words) {
    return words.stream().map(ChosenProgram::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return word.matches("[\\w./:=,@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
