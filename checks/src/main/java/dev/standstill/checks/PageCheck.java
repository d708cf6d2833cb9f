package dev.standstill.checks;

import dev.standstill.checks.Page.Block;
import dev.standstill.checks.Shell.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Checks that what a page shows is true.
 *
 * <ul>
 *   <li>A {@code java} block is the source of an example, or a tagged region of one.
 *   <li>A {@code kotlin} block is the same of a test of the module for Kotlin, which runs it; a
 *       {@code text} block after it is another region, which that test compares with what is
 *       printed.
 *   <li>A {@code console} block holds commands, each after "$ ", and below each what it prints, or
 *       nothing. Those of the launcher are run. A command ends with 0 unless {@code $ echo $?}
 *       follows it.
 *   <li>A {@code sh} block holds commands only, one a line.
 *   <li>An {@code xml}, {@code kotlin}, {@code groovy} or {@code dockerfile} block is a build file
 *       below {@code examples/builds}, or lines of one.
 *   <li>A {@code text} block is what the block before it prints: the example's main method, or the
 *       last command.
 * </ul>
 *
 * Any other block is a problem, for nothing would keep it true.
 */
final class PageCheck {

  /** A few words around one number: enough for a time, too little to hide anything else. */
  private static final Pattern ONE_NUMBER =
      Pattern.compile("[^\\d\\n]{0,20}\\d+([.,:]\\d+)*[^\\d\\n]{0,8}");

  private final Examples examples;
  private final Examples kotlin;
  private final BuildFiles buildFiles =
      new BuildFiles(Repository.root().resolve("examples/builds"));
  private final Shell shell = new Shell();
  private final List<String> problems = new ArrayList<>();

  /** What the block before this one prints; empty if it prints nothing that could be compared. */
  private Optional<Supplier<Result>> printed = Optional.empty();

  /** Whether the block before this one is in Kotlin. */
  private boolean isKotlin;

  PageCheck(Examples examples, Examples kotlin) {
    this.examples = examples;
    this.kotlin = kotlin;
  }

  /** Returns a sentence for each thing that is not true, with its page and line. */
  List<String> problemsOf(List<Block> blocks) {
    blocks.forEach(this::check);
    return problems;
  }

  private void check(Block block) {
    switch (block.language()) {
      case "java" -> checkJava(block);
      case "kotlin" -> checkKotlin(block);
      case "console" -> checkCommands(block, ConsoleStep.ofConsole(block.text()));
      case "sh" -> checkCommands(block, ConsoleStep.ofScript(block.text()));
      case "text" -> checkText(block);
      case "xml", "groovy", "dockerfile" -> checkBuildFile(block);
      default ->
          report(
              block,
              "a block is java, kotlin, console, sh, text, or a build file (xml, kotlin, groovy, dockerfile), not \"%s\"",
              block.language());
    }
  }

  private void checkJava(Block block) {
    isKotlin = false;
    Optional<String> shown = examples.classShowing(block.text());
    if (shown.isEmpty()) {
      report(block, "no example, and no tagged region of one, reads like this: copy it from there");
    }
    printed = shown.map(name -> () -> shell.runMain(name));
  }

  private void checkKotlin(Block block) {
    printed = Optional.empty();
    isKotlin = true;
    if (!buildFiles.show(block.language(), block.text())) {
      checkRegionOfKotlin(block);
    }
  }

  private void checkRegionOfKotlin(Block block) {
    if (!kotlin.shows(block.text())) {
      report(block, "no tagged region of a test of the module kotlin reads like this");
    }
  }

  private void checkBuildFile(Block block) {
    printed = Optional.empty();
    if (!buildFiles.show(block.language(), block.text())) {
      report(block, "no file below examples/builds, and no lines of one, read like this");
    }
  }

  private void checkText(Block block) {
    if (isKotlin) {
      isKotlin = false;
      checkRegionOfKotlin(block);
      return;
    }
    printed.ifPresentOrElse(
        program -> compare(block, block.text(), program.get().output()),
        () -> report(block, "nothing that can be run comes before this output"));
    printed = Optional.empty();
  }

  private void checkCommands(Block block, List<ConsoleStep> steps) {
    isKotlin = false;
    printed = Optional.empty();
    for (int i = 0; i < steps.size(); i++) {
      boolean exitCodeIsShown = i + 1 < steps.size() && steps.get(i + 1).asksForExitCode();
      checkCommand(block, steps.get(i), exitCodeIsShown);
    }
  }

  private void checkCommand(Block block, ConsoleStep step, boolean exitCodeIsShown) {
    if (!Shell.knows(step.command())) {
      printed = Optional.empty();
      if (!step.output().isEmpty()) {
        report(block, "only commands of the launcher can show output, not: %s", step.command());
      }
      return;
    }
    Result result = shell.run(step.command());
    printed = Optional.of(() -> result);
    if (result.exitCode() != 0 && !exitCodeIsShown) {
      report(
          block,
          "%s ended with %d: show that with $ echo $?, or mend it. It printed:%n%s",
          step.command(),
          result.exitCode(),
          result.output());
    }
    if (!step.output().isEmpty()) {
      compare(block, step.output(), result.output());
    }
  }

  private void compare(Block block, String shown, String actual) {
    if (hidesMoreThanTime(block, shown) || hidesMoreThanTime(block, actual)) {
      report(block, "\"%s\" matches more than one number and its words", block.wallClock());
    } else if (!comparable(block, shown).equals(comparable(block, actual))) {
      report(block, "the page shows%n%s%nand this was printed:%n%s", shown, actual);
    }
  }

  private static boolean hidesMoreThanTime(Block block, String text) {
    return block
        .wallClock()
        .matcher(text)
        .results()
        .anyMatch(match -> !ONE_NUMBER.matcher(match.group()).matches());
  }

  private static List<String> comparable(Block block, String text) {
    String masked = block.wallClock().matcher(text.strip()).replaceAll("<wall clock>");
    return masked.lines().map(String::stripTrailing).toList();
  }

  private void report(Block block, String problem, Object... arguments) {
    problems.add(block.place() + ": " + problem.formatted(arguments));
  }
}
