package dev.standstill.notebook.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.ExpressionSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.jspecify.annotations.Nullable;

/**
 * The code of a notebook's cells, run snippet by snippet. Confined to the thread that made it,
 * whose context class loader finds the cells' classes, but for {@link #interrupt}.
 */
final class Cells implements AutoCloseable {

  private static final String CLASS_PATH = "%classpath";

  /** What every cell can name. Not all of JUnit's package: it has a {@code Timeout}, as we do. */
  private static final List<String> IMPORTS =
      List.of(
          "java.io.*",
          "java.math.*",
          "java.nio.file.*",
          "java.time.*",
          "java.util.*",
          "java.util.concurrent.*",
          "java.util.concurrent.atomic.*",
          "java.util.concurrent.locks.*",
          "java.util.function.*",
          "java.util.stream.*",
          "dev.standstill.*",
          "dev.standstill.junit.*",
          "dev.standstill.notebook.*",
          "dev.standstill.test.*",
          "org.junit.jupiter.api.AfterEach",
          "org.junit.jupiter.api.BeforeEach",
          "org.junit.jupiter.api.DisplayName",
          "org.junit.jupiter.api.Nested",
          "org.junit.jupiter.api.RepeatedTest",
          "org.junit.jupiter.api.Test",
          "static org.junit.jupiter.api.Assertions.*");

  private final CellExecution execution = new CellExecution();
  private final JShell shell;

  Cells() {
    shell =
        JShell.builder()
            .executionEngine(new InThisProcess(execution), null)
            .compilerOptions("-proc:none")
            .build();
    shell.addToClasspath(System.getProperty("java.class.path"));
    IMPORTS.forEach(name -> shell.eval("import " + name + ";"));
  }

  /**
   * Runs a cell.
   *
   * @return the value of the expression that ends it, if one does
   * @throws CellException if the cell cannot be compiled, or if it has thrown something
   */
  @Nullable Object run(String cell) throws CellException {
    execution.begin();
    Object value = null;
    String code = withoutCommands(cell);
    String rest = code;
    while (!rest.isBlank()) {
      CompletionInfo info = shell.sourceCodeAnalysis().analyzeCompletion(rest);
      if (info.completeness() == Completeness.EMPTY) {
        break;
      }
      if (!info.completeness().isComplete()) {
        throw new CellException("The cell ends in the middle of:\n" + rest.strip());
      }
      long linesBefore = newLines(code) - newLines(rest);
      value = runSnippet(atLine(linesBefore, info.source()));
      rest = info.remaining();
      if (execution.isStopped() && !rest.isBlank()) {
        throw new CellException("The cell was interrupted before:\n" + rest.strip());
      }
    }
    return value;
  }

  /** Interrupts the cell that runs, if one does. Any thread may call. */
  void interrupt() {
    execution.stop();
  }

  SourceCodeAnalysis analysis() {
    return shell.sourceCodeAnalysis();
  }

  @Override
  public void close() {
    shell.close();
  }

  /**
   * Puts lines before a snippet, so that those of the cell count in stack traces. Not before an
   * import: JShell copies them into the class of each snippet, whose lines would shift.
   */
  private static String atLine(long linesBefore, String snippet) {
    String code = snippet.strip();
    return code.startsWith("import ") ? code : "\n".repeat(Math.toIntExact(linesBefore)) + snippet;
  }

  private static long newLines(String text) {
    return text.chars().filter(c -> c == '\n').count();
  }

  private @Nullable Object runSnippet(String source) throws CellException {
    Object value = null;
    for (SnippetEvent event : shell.eval(source)) {
      if (event.status() == Snippet.Status.REJECTED) {
        throw new CellException(diagnosis(event.snippet()));
      }
      if (event.exception() != null) {
        throw asException(execution.failure(), source);
      }
      if (event.causeSnippet() == null) {
        warnOfWhatIsMissing(event.snippet());
        value = isShown(event.snippet()) ? execution.result() : null;
      }
    }
    return value;
  }

  private static boolean isShown(Snippet snippet) {
    return snippet instanceof ExpressionSnippet
            && snippet.subKind() != Snippet.SubKind.ASSIGNMENT_SUBKIND
        || snippet.subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND;
  }

  private static CellException asException(@Nullable Throwable failure, String source) {
    return failure == null
        ? new CellException("The cell has failed.")
        : new CellException(failure.toString(), StackTraces.show(failure, source), failure);
  }

  private String diagnosis(Snippet snippet) {
    return shell
        .diagnostics(snippet)
        .filter(Diag::isError)
        .map(diag -> show(diag, snippet.source()))
        .collect(Collectors.joining("\n"));
  }

  /** The message, the line it is about, and a mark below the place. */
  private static String show(Diag diag, String source) {
    int at = Math.clamp(diag.getPosition(), 0, source.length());
    int start = source.lastIndexOf('\n', at - 1) + 1;
    int end = source.indexOf('\n', at);
    String line = source.substring(start, end < 0 ? source.length() : end);
    return "%s%n    %s%n    %s^"
        .formatted(diag.getMessage(Locale.ROOT).strip(), line, " ".repeat(at - start));
  }

  /** JShell takes a declaration that names what is not there yet; whoever uses it would wonder. */
  private void warnOfWhatIsMissing(Snippet snippet) {
    if (snippet instanceof DeclarationSnippet declaration) {
      List<String> missing = shell.unresolvedDependencies(declaration).toList();
      if (!missing.isEmpty()) {
        System.err.println(
            "%s can be used once these are declared: %s"
                .formatted(declaration.name(), String.join(", ", missing)));
      }
    }
  }

  /** Obeys the lines that begin with {@code %}, and returns the code with empty lines for them. */
  private String withoutCommands(String cell) throws CellException {
    StringBuilder code = new StringBuilder();
    for (String line : cell.lines().toList()) {
      boolean command = line.startsWith("%");
      if (command) {
        obey(line.strip());
      }
      code.append(command ? "" : line).append('\n');
    }
    return code.toString();
  }

  private void obey(String command) throws CellException {
    if (!command.startsWith(CLASS_PATH + " ")) {
      throw new CellException(
          "This kernel does not know \"%s\". It knows one command: %s FILE-OR-DIRECTORY, or DIRECTORY/* for all jars in it."
              .formatted(command, CLASS_PATH));
    }
    for (Path path : filesOf(command.substring(CLASS_PATH.length()).strip())) {
      shell.addToClasspath(path.toString());
    }
  }

  private static List<Path> filesOf(String argument) throws CellException {
    boolean all = argument.endsWith("/*");
    Path path = Path.of(all ? argument.substring(0, argument.length() - 2) : argument);
    if (!Files.exists(path)) {
      throw new CellException(
          "%s: there is no %s (the kernel runs in %s)."
              .formatted(CLASS_PATH, path, Path.of("").toAbsolutePath()));
    }
    if (!all) {
      return List.of(path);
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new CellException("%s: %s cannot be read: %s".formatted(CLASS_PATH, path, e));
    }
  }

  private record InThisProcess(ExecutionControl execution) implements ExecutionControlProvider {
    @Override
    public String name() {
      return "standstill";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
      return execution;
    }
  }
}
