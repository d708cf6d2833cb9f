package dev.standstill.cli;

import dev.standstill.test.ReplayToken;
import dev.standstill.test.TestLoop;
import dev.standstill.test.spi.MainMethod;
import dev.standstill.test.stage.StartInstant;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command {@code standstill run}. */
@Command(
    name = "run",
    header = "Runs a program on one event loop, in virtual time.",
    customSynopsis = {
      "standstill run [--seed=N | --replay=TOKEN] [--start=INSTANT] [--until=DURATION]",
      "               [--limit=DURATION] [--common-pool=N] [--latency=DURATION]",
      "               [--allow-real=HOST:PORT]... [--real-network] [--timeline=FILE]",
      "               [--chaos] ([JAVA_OPTION]... PROGRAM [-- ARGUMENT...] |",
      "                [-cp=PATH] --hosts=NAME=PROGRAM[,NAME=PROGRAM]...)",
      "       standstill run --real-time [JAVA_OPTION]... PROGRAM [-- ARGUMENT...]"
    },
    description = {
      "",
      "Its main method is the first task, and each thread it starts is another. When all"
          + " tasks stand still, time jumps to the next timer.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the program ended; the status, if it called System.exit",
      "1:a thread of the program threw",
      "2:there is nothing to run: no such file or class, or it does not compile",
      "3:the program stands still for good: a deadlock, a live-lock, a task that keeps all others"
          + " from running, or something outside does not answer",
      "130:Ctrl-C was pressed; what was blocked is shown"
    },
    footer = {
      "",
      ProgramOptions.JAVA_OPTIONS,
      "",
      "A run ends when a JVM would: when main and all threads have ended that are neither virtual"
          + " nor daemons."
    })
final class RunCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Let this number decide which ready task runs next. Without it: first in, first out.")
  private @Nullable Long seed;

  @Option(
      names = "--start",
      paramLabel = "INSTANT",
      converter = InstantConverter.class,
      description =
          "When virtual time starts: an instant, a date, or now, the machine's time. Without it:"
              + " 2000-01-01T00:00:00Z.")
  private @Nullable Instant start;

  @Option(
      names = "--until",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description =
          "End the run when so much virtual time has passed: 90s, 5min, 12h, 3d. For programs that"
              + " repeat for ever.")
  private @Nullable Duration until;

  @Option(
      names = "--limit",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description =
          "How long, in real time, something outside may not answer, and a task may keep all others"
              + " from running. Without it: 10s.")
  private @Nullable Duration limit;

  @Mixin private NetworkOptions network;

  @Mixin private HostsOption hosts;

  @Mixin private CommonPoolOption commonPool;

  @Mixin private TimelineOption timeline;

  @Option(
      names = "--real-time",
      description = "Run in real time; then there is neither seed nor replay.")
  private boolean realTime;

  @Option(
      names = "--replay",
      paramLabel = "TOKEN",
      converter = ReplayTokenConverter.class,
      description = "Repeat the run that printed this token.")
  private @Nullable ReplayToken replay;

  @Option(
      names = {"-cp", "-classpath", "--class-path"},
      paramLabel = "PATH",
      description = ProgramOptions.CLASS_PATH)
  private @Nullable String classPath;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PROGRAM",
      description = ProgramOptions.PROGRAM)
  private @Nullable String program;

  @Parameters(index = "1..*", paramLabel = "ARGUMENT", description = "What main is given.")
  private List<String> arguments = List.of();

  RunCommand() {}

  @Override
  public Integer call() throws Exception {
    refuseContradictions();
    if (hosts.isGiven()) {
      return runHosts();
    }
    ChosenProgram chosen = ChosenProgram.of(spec, program, arguments, classPath);
    MainMethod main = chosen.program().load();
    String[] args = chosen.arguments().toArray(String[]::new);
    return realTime
        ? new RealTimeRun(main, args).run()
        : new VirtualRun(
                FirstTask.inThread(main, args),
                settings().packageOfProgram(main.packageName()),
                until,
                optionsToRepeat(),
                trace -> timeline.write(trace, chosen.name(), System.err))
            .run();
  }

  private int runHosts() throws Exception {
    hosts.refuse(program);
    return new VirtualRun(
            hosts.load(classPath, until),
            settings(),
            until,
            optionsToRepeat(),
            trace -> timeline.write(trace, hosts.toString(), System.err))
        .run();
  }

  private String optionsToRepeat() {
    return hosts.toRepeat()
        + (start == null ? "" : "--start %s ".formatted(start))
        + network.toRepeat()
        + commonPool.toRepeat();
  }

  private TestLoop.Builder settings() {
    TestLoop.Builder settings =
        TestLoop.builder().name("run").withoutReplayHint().moveLimit(Long.MAX_VALUE);
    network.set(settings);
    timeline.set(settings);
    if (limit != null) {
      settings.realTimeLimit(limit);
    }
    if (start != null) {
      settings.start(start);
    }
    commonPool.set(settings);
    if (seed != null) {
      settings.seed(seed);
    }
    if (replay != null) {
      settings.replay(replay.toString());
    }
    return settings;
  }

  private void refuseContradictions() {
    boolean virtual =
        seed != null
            || replay != null
            || start != null
            || until != null
            || limit != null
            || commonPool.isGiven()
            || hosts.isGiven()
            || network.isGiven()
            || timeline.isGiven();
    if (realTime && virtual) {
      throw new ParameterException(
          spec.commandLine(),
          "--real-time cannot go with --seed, --start, --until, --limit, --common-pool, --hosts, --chaos, --latency, --allow-real, --real-network, --timeline or --replay: they need virtual time.");
    }
    if (seed != null && replay != null) {
      throw new ParameterException(
          spec.commandLine(), "--seed cannot go with --replay: the token has a seed of its own.");
    }
  }

  /** Reads {@code --start}. */
  static final class InstantConverter implements ITypeConverter<Instant> {

    InstantConverter() {}

    @Override
    public Instant convert(String value) {
      try {
        return StartInstant.read("\"%s\"".formatted(value), value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException("" + e.getMessage());
      }
    }
  }

  /** Reads {@code --until} and {@code --limit}. */
  static final class DurationConverter implements ITypeConverter<Duration> {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|min|h|d)");
    private static final Map<String, ChronoUnit> UNITS =
        Map.of(
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "min", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    DurationConverter() {}

    /** A duration as a user gives it. */
    static String text(Duration duration) {
      return duration.toMillisPart() == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }

    @Override
    public Duration convert(String value) {
      Matcher matcher = FORM.matcher(value);
      ChronoUnit unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
      Duration duration =
          unit == null ? Duration.ZERO : Duration.of(Long.parseLong(matcher.group(1)), unit);
      if (duration.isZero()) {
        throw new TypeConversionException(
            "\"%s\" is no duration above 0: write it like 500ms, 90s, 5min, 12h or 3d."
                .formatted(value));
      }
      return duration;
    }
  }

  /** Reads {@code --replay}. */
  static final class ReplayTokenConverter implements ITypeConverter<ReplayToken> {

    ReplayTokenConverter() {}

    @Override
    public ReplayToken convert(String value) {
      try {
        return ReplayToken.parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
