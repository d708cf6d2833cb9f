package dev.standstill.checks;

import dev.standstill.children.Child;
import dev.standstill.children.Jvm;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Runs what a page shows: commands of the command line, and the main methods of examples. */
final class Shell {

  /**
   * What a program did.
   *
   * @param output what a terminal would have shown: standard output and standard error
   * @param exitCode how it ended
   */
  record Result(String output, int exitCode) {}

  /** Does what the launcher does once everything is built. */
  private static final String PRELUDE =
      """
      run_main() { "$JAVA" "$AGENT" -cp "$CLASS_PATH" "$@"; }
      standstill() {
        (source tools/launch && launch "$JAVA" "${AGENT#-javaagent:}" "$CLASS_PATH" "$@")
      }
      rm -rf target/standstill # pages are for those who have found nothing yet
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
      Child.Result result = Child.run(builder(script));
      lastExitCode = result.status();
      return new Result(result.out(), result.status());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("The test was interrupted while it ran: " + script, e);
    }
  }

  private ProcessBuilder builder(String script) {
    var builder = new ProcessBuilder("bash", "-c", PRELUDE + script);
    builder.directory(Repository.root().toFile());
    builder.redirectErrorStream(true);
    builder.environment().put("JAVA", Jvm.tool("java"));
    builder.environment().put("AGENT", Jvm.agent());
    builder.environment().put("CLASS_PATH", System.getProperty("java.class.path"));
    builder.environment().put("LAST_EXIT_CODE", Integer.toString(lastExitCode));
    return builder;
  }
}
