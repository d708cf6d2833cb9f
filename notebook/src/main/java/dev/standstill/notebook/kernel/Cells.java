package dev.standstill.notebook.kernel;

import dev.standstill.notebook.Notebook;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.ExpressionSnippet;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.jspecify.annotations.Nullable;

/**
 * The code of a notebook's cells, run snippet by snippet. Confined to the thread that made it,
 * whose context class loader finds the cells' classes, but for {@link #interrupt}.
 */
final class Cells implements AutoCloseable {

  /** A call that has shown something; the name of it, its value, is for {@code updateDisplay}. */
  private static final String DISPLAY = "display(";

  /** The first line of a cell whose tests are to run. */
  static final String TESTS = "%%test";

  private final CellExecution execution = new CellExecution();
  private final JShell shell;
  private final LineCommands commands;

  /** The classes and methods that the cell has declared, as patterns for their tests. */
  private final Set<String> declared = new LinkedHashSet<>();

  Cells() {
    shell =
        JShell.builder()
            .executionEngine(new InThisProcess(execution), null)
            .compilerOptions("-proc:none")
            .build();
    shell.addToClasspath(System.getProperty("java.class.path"));
    commands = new LineCommands(shell);
    Imports.NAMES.forEach(name -> shell.eval("import " + name + ";"));
  }

  /**
   * Runs a cell; one whose first line says so, and then its tests.
   *
   * @return the value of the expression that ends it, if one does; or the run of its tests
   * @throws CellException if the cell cannot be compiled, or if it has thrown something
   */
  @Nullable Object run(String cell) throws CellException {
    execution.begin();
    declared.clear();
    if (!cell.lines().findFirst().orElse("").strip().equals(TESTS)) {
      return runCode(cell);
    }
    runCode(cell.replaceFirst(TESTS, "")); // The line stays, for the numbers of the others.
    if (declared.isEmpty()) {
      throw new CellException(TESTS + ": this cell declares no class and no method.");
    }
    return runSnippet(
        "dev.standstill.notebook.Notebook.run(\"%s\")".formatted(String.join("|", declared)));
  }

  private @Nullable Object runCode(String cell) throws CellException {
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

  /** What is known of the name at a place in a text; empty if nothing is. */
  String describe(String code, int at, boolean withDocumentation) {
    return new NameAt(code, at).describe(shell, withDocumentation);
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
        noteTests(event.snippet());
        value = isShown(event.snippet()) ? execution.result() : null;
      }
    }
    return value;
  }

  private static boolean isShown(Snippet snippet) {
    boolean isValue =
        snippet instanceof ExpressionSnippet
                && snippet.subKind() != Snippet.SubKind.ASSIGNMENT_SUBKIND
            || snippet.subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND;
    return isValue && !snippet.source().strip().startsWith(DISPLAY);
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

  /** A declaration that is run again may be of tests that were forgotten: JShell takes no note. */
  private void noteTests(Snippet snippet) {
    patternOfTests(snippet)
        .ifPresent(pattern -> {
          declared.add(pattern);
          Notebook.remember(pattern);
        });
  }

  /** What {@code Notebook.run} calls the tests that may be in a declaration. */
  private static Optional<String> patternOfTests(Snippet snippet) {
    return switch (snippet) {
      case TypeDeclSnippet type -> Optional.of(type.name() + "|" + type.name() + ".*"); // nested
      case MethodSnippet method -> Optional.of("Cells." + method.name());
      default -> Optional.empty();
    };
  }

  /** Obeys the lines that begin with {@code %}, and returns the code with empty lines for them. */
  private String withoutCommands(String cell) throws CellException {
    StringBuilder code = new StringBuilder();
    for (String line : cell.lines().toList()) {
      boolean command = line.startsWith("%");
      if (command) {
        commands.obey(line.strip());
      }
      code.append(command ? "" : line).append('\n');
    }
    return code.toString();
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
