package dev.standstill.cli;

import dev.standstill.explore.Exploration;
import dev.standstill.test.TestLoop;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which program's schedules are of interest, and what of it is seen: for explore and replay. */
final class ProgramOptions {

  @Option(
      names = {"-cp", "--class-path"},
      paramLabel = "PATH",
      description =
          "Directories and jars with the classes of the program. Without it: CLASSPATH, or the"
              + " working directory.")
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

  @Mixin private CommonPoolOption commonPool;

  ProgramOptions() {}

  /** The positions on the command line differ, so each command has parameters of its own. */
  Exploration exploration(String program, List<String> arguments, int threads)
      throws UsageException {
    ExploredProgram explored =
        new ExploredProgram(
            Program.find(program, ClassPath.of(classPath)),
            arguments.toArray(String[]::new),
            threads > 1);
    Exploration exploration =
        Exploration.of(explored)
            .untilExit()
            .parallel(threads, explored::another)
            .include(included.toArray(String[]::new))
            .exclude(excluded.toArray(String[]::new))
            .settings(this::set);
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
    if (TestLoop.canTellNetwork()) {
      settings.ownNetwork();
    }
    commonPool.set(settings);
  }

  /** These options as a user gives them, each followed by a space. */
  String toRepeat() {
    StringBuilder options = new StringBuilder();
    if (classPath != null) {
      options.append("-cp ").append(classPath).append(' ');
    }
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
    return options.append(commonPool.toRepeat()).toString();
  }
}
