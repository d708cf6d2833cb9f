package dev.standstill.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs a program of the tests in a JVM of its own, the same JDK as the one that runs the tests. */
final class Jvm {

  private static final long LIMIT_SECONDS = 120;

  /** How a program ended and what it printed. */
  record Result(int status, String out, String err) {

    /** Returns what the program printed as {@code name=value} lines. */
    Map<String, String> values() {
      return out.lines()
          .filter(line -> line.contains("="))
          .map(line -> line.split("=", 2))
          .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }
  }

  private Jvm() {}

  /** Returns the jar of the agent that this build made. */
  static Path agent() {
    return AgentJar.of(Agent.class);
  }

  /** Runs a program with the agent; it must end with status 0. */
  static Result runWithAgent(Class<?> program, String... arguments) throws Exception {
    Result result = run(List.of("-javaagent:" + agent()), program, arguments);
    if (result.status() != 0) {
      throw new AssertionError(program.getSimpleName() + " failed: " + result);
    }
    return result;
  }

  /** Runs a program with flags for the JVM. */
  static Result run(List<String> flags, Class<?> program, String... arguments) throws Exception {
    return run(Path.of(System.getProperty("java.home")), flags, program, arguments);
  }

  /** Runs a program on another JDK. */
  static Result run(Path home, List<String> flags, Class<?> program, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin").resolve("java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of(arguments));
    return run(new ProcessBuilder(command));
  }

  private static Result run(ProcessBuilder command) throws IOException, InterruptedException {
    Path out = Files.createTempFile("out", ".txt");
    Path err = Files.createTempFile("err", ".txt");
    try {
      Process process = command.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new AssertionError(
            "Not done after %d s: %s%n%s%s"
                .formatted(
                    LIMIT_SECONDS,
                    command.command(),
                    Files.readString(out),
                    Files.readString(err)));
      }
      return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
