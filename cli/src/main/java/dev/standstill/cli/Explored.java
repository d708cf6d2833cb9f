package dev.standstill.cli;

import dev.standstill.explore.Exploration;
import java.util.List;
import java.util.function.Supplier;

/**
 * What explore and replay run, as a user names it.
 *
 * @param body begins it
 * @param another makes a body for another thread
 * @param options of the JVM and the like, as a user gives them, each followed by a space
 * @param name of the program, or of all of them
 * @param rest the program and its arguments, as a user gives them after all options
 * @param arguments what main is given
 */
record Explored(
    Exploration.Body body,
    Supplier<? extends Exploration.Body> another,
    String options,
    String name,
    String rest,
    List<String> arguments) {

  /**
   * A program with a main method.
   *
   * @param threads on how many of them it runs
   * @throws UsageException if there is no such class, or it has no main method
   */
  static Explored of(ChosenProgram chosen, int threads) throws UsageException {
    ExploredProgram program =
        new ExploredProgram(
            chosen.program(), chosen.arguments().toArray(String[]::new), threads > 1);
    return new Explored(
        program,
        program::another,
        chosen.options(),
        chosen.name(),
        chosen.toRepeat(),
        chosen.arguments());
  }

  /**
   * Several programs, each on a host of its own, which has a copy of the classes in each run.
   *
   * @param hosts starts them
   * @param options as a user gives them, each followed by a space
   * @param name of all of them
   */
  static Explored of(VirtualRun.Beginning hosts, String options, String name) {
    Exploration.Body body = loop -> hosts.begin(loop, new UncaughtExceptions());
    return new Explored(body, () -> body, options, name, "", List.of());
  }
}
