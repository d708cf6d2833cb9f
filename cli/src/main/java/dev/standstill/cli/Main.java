package dev.standstill.cli;

import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code standstill}, which only has subcommands. */
@Command(
    name = "standstill",
    description =
        "Runs concurrent Java programs on one event loop, in virtual time, and explores their schedules.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      RunCommand.class,
      ExploreCommand.class,
      ReplayCommand.class,
      MergeCommand.class,
      TimelineCommand.class,
      JavaCommand.class,
      InitCommand.class,
      NotebookCommand.class,
      GenerateCompletion.class,
      ManPageCommand.class
    },
    synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {

  @Spec private CommandSpec spec;

  private Main() {}

  /**
   * Runs the command line and ends the JVM.
   *
   * @param args what follows {@code standstill}
   */
  public static void main(String[] args) {
    System.exit(execute(args));
  }

  /** Runs the command line and returns the exit code. */
  static int execute(String... args) {
    Errors errors = new Errors();
    return commandLine()
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors)
        .execute(args);
  }

  /** Returns all commands, with their options. */
  static CommandLine commandLine() {
    return new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "What shall be done? Name a command.");
  }
}
