package dev.standstill.checks;

import java.util.ArrayList;
import java.util.List;

/**
 * A command and what the page says that it prints.
 *
 * @param command what follows "$ "
 * @param output the lines up to the next command; empty if none is shown
 */
record ConsoleStep(String command, String output) {

  private static final String PROMPT = "$ ";

  /** Returns the steps of a block whose commands stand after "$ ". */
  static List<ConsoleStep> ofConsole(String text) {
    var steps = new ArrayList<ConsoleStep>();
    for (String line : text.lines().toList()) {
      if (line.startsWith(PROMPT) || steps.isEmpty()) {
        steps.add(new ConsoleStep(commandIn(line), ""));
      } else {
        steps.add(steps.removeLast().with(line));
      }
    }
    return steps;
  }

  /** Returns the steps of a block in which each line is a command. */
  static List<ConsoleStep> ofScript(String text) {
    return text.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> new ConsoleStep(line, ""))
        .toList();
  }

  boolean asksForExitCode() {
    return command.equals("echo $?");
  }

  private ConsoleStep with(String line) {
    return new ConsoleStep(command, output + line + "\n");
  }

  private static String commandIn(String line) {
    return line.startsWith(PROMPT) ? line.substring(PROMPT.length()) : line;
  }
}
