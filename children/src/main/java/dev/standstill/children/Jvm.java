package dev.standstill.children;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** JVMs of their own: the JDK that runs the tests, with the class path of the tests. */
public final class Jvm {

  private static final String LAUNCH =
      "source \"$1\"; launch \"$2\" \"${3#-javaagent:}\" \"${@:4}\"";

  private Jvm() {}

  /** Returns what starts a program, with flags for its JVM. */
  public static ProcessBuilder of(List<String> flags, Class<?> program, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(tool("java"));
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  /**
   * Returns what carries out a command of the command line, as the script {@code standstill} starts
   * it; for tests of modules that are folders of the repository, whose class path has the command
   * line.
   *
   * @param words the command, with its options and arguments
   */
  public static ProcessBuilder launched(List<String> words) {
    List<String> command = new ArrayList<>(List.of("bash", "-euo", "pipefail", "-c", LAUNCH));
    command.add("standstill");
    command.add(Path.of("../tools/launch").toAbsolutePath().toString());
    command.addAll(List.of(tool("java"), agent(), System.getProperty("java.class.path")));
    command.addAll(words);
    return new ProcessBuilder(command);
  }

  /** Runs a program to its end, with flags for its JVM. */
  public static Child.Result run(List<String> flags, Class<?> program, String... arguments)
      throws IOException, InterruptedException {
    return Child.run(of(flags, program, arguments));
  }

  /** Runs a program with the agent; it must end with status 0. Returns what it printed. */
  public static String runWithAgent(Class<?> program, String... arguments)
      throws IOException, InterruptedException {
    Child.Result result = run(List.of(agent()), program, arguments);
    if (result.status() != 0) {
      throw new AssertionError(program.getSimpleName() + " failed: " + result);
    }
    return result.out() + result.err();
  }

  /** Returns the path of a tool of the JDK. */
  public static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  /** Returns the flag that gave Standstill's agent to the JVM of the tests. */
  public static String agent() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.matches("-javaagent:.*standstill-agent.*"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("Run the tests with Standstill's agent."));
  }
}
