package dev.standstill.cli;

import dev.standstill.test.ReplayToken;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The command {@code standstill replay}. */
@Command(
    name = "replay",
    header = "Repeats a run that explore has found, and shows what happens.",
    customSynopsis = {
      "standstill replay [--fail-on-races] [--plain-fields] [--spurious-wake-ups]",
      "                  [--include=PATTERN]... [--exclude=PATTERN]...",
      "                  [--common-pool=N] [-cp=PATH] TOKEN FILE.java|MAIN_CLASS [-- ARGUMENT...]"
    },
    description = {"", "The program and the options have to be the same as then.", ""},
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the run did not fail this time",
      "1:it failed; how is shown",
      "2:there is nothing to run: no such file or class, no token, or it does not compile"
    })
final class ReplayCommand implements Callable<Integer> {

  @Mixin private ProgramOptions options;

  @Parameters(
      index = "0",
      paramLabel = "TOKEN",
      converter = RunCommand.ReplayTokenConverter.class,
      description = "What explore has printed.")
  private ReplayToken token;

  @Parameters(
      index = "1",
      paramLabel = "FILE.java|MAIN_CLASS",
      description = "The program that was explored.")
  private String program;

  @Parameters(index = "2..*", paramLabel = "ARGUMENT", description = "What main is given.")
  private List<String> arguments = List.of();

  ReplayCommand() {}

  @Override
  public Integer call() throws UsageException {
    String repetition =
        "./standstill replay %s " + (options.toRepeat() + program).replace("%", "%%");
    return new ExplorationReport(System.out, repetition)
        .print(options.exploration(program, arguments, 1).replay(token.toString()));
  }
}
