package dev.standstill.cli;

import dev.standstill.test.ReplayToken;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code standstill replay}. */
@Command(
    name = "replay",
    header = "Repeats a run that explore has found, and shows what happens.",
    customSynopsis = {
      "standstill replay [--fail-on-races] [--plain-fields] [--spurious-wake-ups]",
      "                  [--include=PATTERN]... [--exclude=PATTERN]...",
      "                  [--common-pool=N] [--latency=DURATION]",
      "                  [--allow-real=HOST:PORT]... [--real-network] [--timeline=FILE]",
      "                  [--until=DURATION] [--chaos]",
      "                  ([JAVA_OPTION]... TOKEN PROGRAM [-- ARGUMENT...] |",
      "                   [-cp=PATH] TOKEN --hosts=NAME=PROGRAM[,NAME=PROGRAM]...)"
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
    },
    footer = {"", ProgramOptions.JAVA_OPTIONS})
final class ReplayCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ProgramOptions options;

  @Parameters(
      index = "0",
      paramLabel = "TOKEN",
      converter = RunCommand.ReplayTokenConverter.class,
      description = "What explore has printed.")
  private ReplayToken token;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "PROGRAM",
      description = ProgramOptions.PROGRAM)
  private @Nullable String program;

  @Parameters(index = "2..*", paramLabel = "ARGUMENT", description = "What main is given.")
  private List<String> arguments = List.of();

  ReplayCommand() {}

  @Override
  public Integer call() throws UsageException {
    Explored explored = options.choose(spec, program, arguments, 1);
    return new ExplorationReport(
            System.out, options.repetition(explored), options.timeline(), explored.name())
        .print(options.exploration(explored, 1).replay(token.toString()));
  }
}
