package dev.standstill.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * The command {@code standstill java}, so that help and completion know of it. The script {@code
 * standstill} carries it out: it starts {@code java} with what follows.
 */
@Command(
    name = "java",
    header = "Is java, with a loop: takes every option that java takes.",
    customSynopsis = "standstill java [JAVA_OPTION]... PROGRAM [ARGUMENT]...",
    description = {
      "",
      "Runs the program as run does, first in, first out. All that follows is for java and the"
          + " program, as in any other call of java, such as a suite of tests, taken whole:",
      "",
      "  standstill java -cp \"lib/*:test-classes\" \\",
      "      org.junit.platform.console.ConsoleLauncher execute --scan-class-path"
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class JavaCommand implements Callable<Integer> {

  JavaCommand() {}

  @Override
  public Integer call() throws UsageException {
    throw new UsageException(
        "The script standstill carries this command out: start it by that script.");
  }
}
