package dev.standstill.agent;

import dev.standstill.children.Child;
import dev.standstill.children.Jvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Runs a program of the tests in a JVM of its own, the same JDK as the one that runs the tests. */
final class AgentJvm {

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

  private AgentJvm() {}

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
    return run(Jvm.of(flags, program, arguments));
  }

  /** Runs a program on another JDK. */
  static Result run(Path home, List<String> flags, Class<?> program) throws Exception {
    ProcessBuilder builder = Jvm.of(flags, program);
    List<String> command = new ArrayList<>(builder.command());
    command.set(0, home.resolve("bin").resolve("java").toString());
    return run(builder.command(command));
  }

  private static Result run(ProcessBuilder builder) throws Exception {
    Child.Result result = Child.run(builder);
    return new Result(result.status(), result.out(), result.err());
  }
}
