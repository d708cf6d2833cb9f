package dev.standstill.test;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program of the tests in a JVM of its own, the same JDK as the one that runs the tests. */
final class Jvm {

  private static final long LIMIT_SECONDS = 120;

  /** How a program ended, and what it printed to either stream. */
  record Result(int status, String output) {}

  private Jvm() {}

  /** Runs a program with the agent that this JVM has; it must end with status 0. */
  static String runWithAgent(Class<?> program, String... arguments) throws Exception {
    Result result = run(List.of(agent()), program, arguments);
    if (result.status() != 0) {
      throw new AssertionError(program.getSimpleName() + " failed: " + result);
    }
    return result.output();
  }

  /** Compiles and runs one source file that uses preview APIs, with the agent of this JVM. */
  static Result runPreviewWithAgent(Path source) throws Exception {
    String release = Integer.toString(Runtime.version().feature());
    return run(
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            agent(),
            "--enable-preview",
            "--source",
            release,
            "-cp",
            System.getProperty("java.class.path"),
            source.toString()));
  }

  private static String agent() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-javaagent:"))
        .filter(argument -> argument.contains("standstill-agent"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("The tests have to run with Standstill's agent."));
  }

  /** Runs a program with flags for the JVM. */
  static Result run(List<String> flags, Class<?> program, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of(arguments));
    return run(new ProcessBuilder(command));
  }

  private static Result run(ProcessBuilder command) throws Exception {
    Path output = Files.createTempFile("output", ".txt");
    try {
      Process process = command.redirectErrorStream(true).redirectOutput(output.toFile()).start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new AssertionError(
            "Not done after %d s: %s%n%s"
                .formatted(LIMIT_SECONDS, command.command(), Files.readString(output)));
      }
      return new Result(process.exitValue(), Files.readString(output));
    } finally {
      Files.delete(output);
    }
  }
}
