package dev.standstill.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Runs what a page shows: commands of the command line, and the main methods of examples. */
final class Shell {

  /**
   * What a program did.
   *
   * @param output what a terminal would have shown: standard output and standard error
   * @param exitCode how it ended
   */
  record Result(String output, int exitCode) {}

  private static final int LIMIT_SECONDS = 120;

  /** Does what the launcher does once everything is built. */
  private static final String PRELUDE =
      """
      run_main() { "$JAVA" "$AGENT" -cp "$CLASS_PATH" "$@"; }
      standstill() { run_main dev.standstill.cli.Main "$@"; }
      (exit "$LAST_EXIT_CODE")
      """;

  private int lastExitCode;

  /** Tells whether this is a command that can be run here. */
  static boolean knows(String command) {
    return command.startsWith("./standstill ") || command.equals("echo $?");
  }

  /** Runs a command in the repository's root; {@code echo $?} tells how the one before it ended. */
  Result run(String command) {
    return bash(command.replaceFirst("^\\./standstill ", "standstill "));
  }

  /** Runs the main method of a class. */
  Result runMain(String className) {
    return bash("run_main " + className);
  }

  private Result bash(String script) {
    try {
      Path output = Files.createTempFile("output", ".txt");
      try {
        lastExitCode = exitCode(builder(script, output).start(), script);
        return new Result(Files.readString(output), lastExitCode);
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ProcessBuilder builder(String script, Path output) {
    var builder = new ProcessBuilder("bash", "-c", PRELUDE + script);
    builder.directory(Repository.root().toFile());
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("JAVA", System.getProperty("java.home") + "/bin/java");
    builder.environment().put("AGENT", agentArgument());
    builder.environment().put("CLASS_PATH", System.getProperty("java.class.path"));
    builder.environment().put("LAST_EXIT_CODE", Integer.toString(lastExitCode));
    return builder;
  }

  private static int exitCode(Process process, String script) throws IOException {
    process.getOutputStream().close();
    try {
      if (process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        return process.exitValue();
      }
      throw new IllegalStateException(script + " still ran after " + LIMIT_SECONDS + " s.");
    } catch (InterruptedException e) {
      throw new IllegalStateException("The test was interrupted while it ran: " + script, e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** The tests themselves run with the agent; so do the programs. */
  private static String agentArgument() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.matches("-javaagent:.*standstill-agent.*"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("Run the checks with Standstill's agent."));
  }
}
