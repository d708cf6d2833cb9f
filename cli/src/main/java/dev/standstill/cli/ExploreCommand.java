package dev.standstill.cli;

import dev.standstill.campaigns.CampaignSubject;
import dev.standstill.campaigns.ShardRun;
import dev.standstill.explore.Exploration;
import dev.standstill.explore.ExplorationResult;
import dev.standstill.explore.SearchStrategy;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code standstill explore}. */
@Command(
    name = "explore",
    header = "Runs a program again and again, in another order each time, until it fails.",
    customSynopsis = {
      "standstill explore [--for=DURATION] [--schedules=N] [--until-nothing-new=N]",
      "                   [--strategy=STRATEGY] [--seed=N] [--parallel=N]",
      "                   [--fail-on-races] [--plain-fields] [--spurious-wake-ups]",
      "                   [--out=DIR [--shard=I/N] [--rounds=N]]",
      "                   [--failures=FOLDER] [--include=PATTERN]... [--exclude=PATTERN]...",
      "                   [--common-pool=N] [--latency=DURATION] [--timeline=FILE]",
      "                   [--allow-real=HOST:PORT]... [--real-network]",
      "                   [--until=DURATION] [--chaos]",
      "                   ([JAVA_OPTION]... PROGRAM [-- ARGUMENT...] |",
      "                    [-cp=PATH] --hosts=NAME=PROGRAM[,NAME=PROGRAM]...)"
    },
    description = {
      "",
      "Threads are switched wherever they can race: at volatile fields, locks, monitors, atomics,"
          + " queues and pools. A program fails if one of its threads throws or if it stands still"
          + " for good. What it prints is not shown; replay shows it.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:no schedule failed",
      "1:one did, which is shown; or there never was more than one thread to choose",
      "2:there is nothing to explore: no such file or class, or it does not compile",
      "130:Ctrl-C was pressed; what was seen so far is shown"
    },
    footer = {"", ProgramOptions.JAVA_OPTIONS})
final class ExploreCommand implements Callable<Integer> {

  private static final Duration DEFAULT_DURATION = Duration.ofSeconds(10);

  @Spec private CommandSpec spec;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      converter = RunCommand.DurationConverter.class,
      description = "For how long, in real time. Without it and without --schedules: 10s.")
  private @Nullable Duration duration;

  @Option(names = "--schedules", paramLabel = "N", description = "How many schedules at the most.")
  private @Nullable Long schedules;

  @Option(
      names = "--until-nothing-new",
      paramLabel = "N",
      description =
          "End also when N schedules in a row brought no order of accesses that was not seen before.")
  private @Nullable Long stale;

  @Option(
      names = "--strategy",
      paramLabel = "STRATEGY",
      description =
          "How schedules are chosen: ${COMPLETION-CANDIDATES}. Without it: AUTO, which takes turns.")
  private SearchStrategy strategy = SearchStrategy.AUTO;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "From what number chance is drawn. Without it: 0.")
  private long seed;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "On how many threads schedules are run. The result is the same. Without it: 1.")
  private int parallel = 1;

  @Mixin private ShardOptions shards;

  @Mixin private KeptOption kept;

  @Mixin private ProgramOptions options;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PROGRAM",
      description = ProgramOptions.PROGRAM)
  private @Nullable String program;

  @Parameters(index = "1..*", paramLabel = "ARGUMENT", description = "What main is given.")
  private List<String> arguments = List.of();

  /** What was seen so far; read by the hook of Ctrl-C. */
  private volatile @Nullable ExplorationResult seen;

  ExploreCommand() {}

  @Override
  public Integer call() throws UsageException {
    refuseLessThanOne("--schedules", schedules);
    refuseLessThanOne("--until-nothing-new", stale);
    if (parallel <= 0) {
      throw new ParameterException(
          spec.commandLine(),
          "--parallel=%d: there has to be one thread at least.".formatted(parallel));
    }
    if (shards.areGiven(spec)) {
      return exploreShard();
    }
    Explored explored = options.choose(spec, program, arguments, parallel);
    Exploration exploration = options.exploration(explored, parallel).strategy(strategy).seed(seed);
    limit(exploration);
    kept.set(exploration, explored);
    PrintStream out = System.out;
    PrintStream err = System.err;
    Progress progress = new Progress(err);
    try (var _ = new Interruption(() -> tellSeen(out), () -> {})) {
      exploration.watcher(result -> {
        seen = result;
        progress.show(result);
      });
      ExplorationResult result;
      try (var _ = Silence.begin()) {
        result = exploration.run();
      }
      progress.clear();
      return new ExplorationReport(
              out, options.repetition(explored), options.timeline(), explored.name())
          .print(result);
    }
  }

  private int exploreShard() throws UsageException {
    if (kept.isGiven() || stale != null || options.timeline().isGiven()) {
      throw new ParameterException(
          spec.commandLine(),
          "--out cannot go with --failures, --until-nothing-new or --timeline: results go to standstill merge, which can keep the failures and shows their timelines.");
    }
    ChosenProgram chosen = options.chooseOne(spec, program, arguments);
    chosen.program().loadCopy(); // each round has one, so there has to be one
    Explored explored = Explored.of(chosen, parallel);
    CampaignSubject subject =
        new CampaignSubject(
            chosen.program().digest(),
            KeptOption.nameOf(chosen),
            strategy.name(),
            options.separateExploration(explored, parallel).options(),
            options.settings() + "--seed " + seed,
            ShardOptions.schedules(schedules));
    String repetition = options.repetition(explored);
    ShardRun run = new ShardRun(subject, shards.shard(), repetition::formatted);
    if (shards.rounds() != null) {
      run.rounds(shards.rounds());
    }
    if (duration != null || shards.rounds() == null) {
      run.limit(duration == null ? DEFAULT_DURATION : duration);
    }
    return new ShardExploration(shards, subject, run)
        .explore(
            () -> options.separateExploration(explored, parallel).strategy(strategy), System.out);
  }

  private void refuseLessThanOne(String option, @Nullable Long count) {
    if (count != null && count <= 0) {
      throw new ParameterException(
          spec.commandLine(),
          "%s=%d: there has to be one schedule at least.".formatted(option, count));
    }
  }

  private void limit(Exploration exploration) {
    exploration.schedules(schedules == null ? Long.MAX_VALUE : schedules);
    if (stale != null) {
      exploration.untilNothingNewIn(stale);
    }
    if (duration != null || schedules == null) {
      exploration.limit(duration == null ? DEFAULT_DURATION : duration);
    }
  }

  private void tellSeen(PrintStream out) {
    ExplorationResult result = seen;
    out.println(result == null ? "Nothing was explored yet." : "Interrupted: " + result);
  }
}
