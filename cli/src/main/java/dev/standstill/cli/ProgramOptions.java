package dev.standstill.cli;

import dev.standstill.explore.Exploration;
import dev.standstill.test.TestLoop;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which program's schedules are of interest, and what of it is seen: for explore and replay. */
final class ProgramOptions {

  /** What a program may be. */
  static final String PROGRAM =
      "FILE.java, which is compiled in memory with the files beside it that it needs; a class of"
          + " the class path; -jar and a jar; or -m and a module, as for java.";

  /** How the class path is described. */
  static final String CLASS_PATH =
      "Directories and jars with the classes of the program. Without it: CLASSPATH, or the working"
          + " directory.";

  /** What is said of the options of java. */
  static final String JAVA_OPTIONS =
      "JAVA_OPTION is any other option of java, which its JVM gets: -D, -X, -p, --enable-preview,"
          + " --add-opens, @FILE and so on.";

  @Option(
      names = {"-cp", "-classpath", "--class-path"},
      paramLabel = "PATH",
      description = CLASS_PATH)
  private @Nullable String classPath;

  @Option(
      names = "--plain-fields",
      description =
          "Switch before all accesses to plain fields, arrays and collections, not only where the"
              + " first schedules show that threads may race. Takes longer.")
  private boolean plainFields;

  @Option(
      names = "--fail-on-races",
      description = "Fail at a data race, too. Without it races are told.")
  private boolean failOnRaces;

  @Option(
      names = "--spurious-wake-ups",
      description =
          "Let wait, await and park return without a cause, as a JVM may: finds who does not look"
              + " again, and hides notifies that are lost.")
  private boolean spuriousWakeUps;

  @Option(
      names = "--include",
      paramLabel = "PATTERN",
      description =
          "Classes that belong to the program, too, such as com.acme.*: without it, all but those"
              + " of the JDK, of tools for tests, and of jars that a build has fetched.")
  private List<String> included = List.of();

  @Option(
      names = "--exclude",
      paramLabel = "PATTERN",
      description = "Classes that do not belong to it.")
  private List<String> excluded = List.of();

  @Option(
      names = "--until",
      paramLabel = "DURATION",
      converter = RunCommand.DurationConverter.class,
      description =
          "End each schedule when so much virtual time has passed: 90s, 5min, 12h, 3d. For programs"
              + " that never end, such as servers.")
  private @Nullable Duration until;

  @Mixin private NetworkOptions network;

  @Mixin private HostsOption hosts;

  @Mixin private CommonPoolOption commonPool;

  @Mixin private TimelineOption timeline;

  ProgramOptions() {}

  /** The positions on the command line differ, so each command has parameters of its own. */
  Explored choose(CommandSpec command, @Nullable String named, List<String> arguments, int threads)
      throws UsageException {
    if (!hosts.isGiven()) {
      return Explored.of(ChosenProgram.of(command, named, arguments, classPath), threads);
    }
    hosts.refuse(named);
    String options = classPath == null ? "" : ChosenProgram.optionsOf(classPath);
    return Explored.of(hosts.load(classPath, until), options, hosts.toString());
  }

  /** The program that is explored, where it is one. */
  ChosenProgram chooseOne(CommandSpec command, @Nullable String named, List<String> arguments)
      throws UsageException {
    if (hosts.isGiven()) {
      throw new ParameterException(
          command.commandLine(), "--out cannot go with --hosts: a campaign explores one program.");
    }
    return ChosenProgram.of(command, named, arguments, classPath);
  }

  /**
   * Prepares an exploration which another one of this JVM leaves nothing for: the classes of the
   * program are loaded anew.
   */
  Exploration separateExploration(Explored explored, int threads) {
    return exploration(explored.another().get(), explored, threads).ownClasses();
  }

  Exploration exploration(Explored explored, int threads) {
    return exploration(explored.body(), explored, threads);
  }

  private Exploration exploration(Exploration.Body body, Explored explored, int threads) {
    Exploration exploration =
        Exploration.of(body)
            .parallel(threads, explored.another())
            .include(included.toArray(String[]::new))
            .exclude(excluded.toArray(String[]::new))
            .settings(this::set);
    if (until == null) {
      exploration.untilExit();
    } else {
      exploration.untilExit(until);
    }
    if (failOnRaces) {
      exploration.failOnRaces();
    }
    if (plainFields) {
      exploration.plainFields();
    }
    return spuriousWakeUps ? exploration.spuriousWakeUps() : exploration;
  }

  private void set(TestLoop.Builder settings) {
    settings.moveLimit(Long.MAX_VALUE);
    network.set(settings);
    commonPool.set(settings);
  }

  /** Where the timeline of a run that fails is written. */
  TimelineOption timeline() {
    return timeline;
  }

  /** Those that a token does not depend on, as a user gives them, each followed by a space. */
  String settings() {
    String end = until == null ? "" : "--until " + RunCommand.DurationConverter.text(until) + " ";
    return (failOnRaces ? "--fail-on-races " : "")
        + end
        + network.toRepeat()
        + commonPool.toRepeat();
  }

  /** These options as a user gives them, each followed by a space. */
  private String toRepeat() {
    StringBuilder options = new StringBuilder();
    if (plainFields) {
      options.append("--plain-fields ");
    }
    if (failOnRaces) {
      options.append("--fail-on-races ");
    }
    if (spuriousWakeUps) {
      options.append("--spurious-wake-ups ");
    }
    included.forEach(pattern -> options.append("--include '").append(pattern).append("' "));
    excluded.forEach(pattern -> options.append("--exclude '").append(pattern).append("' "));
    if (until != null) {
      options.append("--until ").append(RunCommand.DurationConverter.text(until)).append(' ');
    }
    return options
        .append(hosts.toRepeat())
        .append(network.toRepeat())
        .append(commonPool.toRepeat())
        .toString();
  }

  /** What repeats a run of it, with %s for its token. */
  String repetition(Explored explored) {
    String rest = explored.options() + toRepeat() + explored.rest();
    return "./standstill replay %s " + rest.strip().replace("%", "%%");
  }
}
