package dev.standstill.examples;

import dev.standstill.children.Child;
import dev.standstill.children.Jvm;
import dev.standstill.cli.Main;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a JVM of its own ended.
 *
 * @param out what it printed to standard output
 * @param err what it printed to standard error
 */
public record ProgramRun(int exitCode, String out, String err) {

  static final Path SOURCES = Path.of("src/main/java/dev/standstill/examples");

  /** Does what {@code ./standstill run OPTIONS PROGRAM.java} does. */
  static ProgramRun standstill(String program, String... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("run"));
    arguments.addAll(List.of(options));
    arguments.add(SOURCES.resolve(program + ".java").toString());
    return java(Main.class, arguments.toArray(String[]::new));
  }

  /** Does what {@code java -javaagent:standstill-agent.jar CLASS} does. */
  public static ProgramRun java(Class<?> main, String... arguments) throws Exception {
    return java(Map.of(), main, arguments);
  }

  /** The same with variables in its environment. */
  public static ProgramRun java(Map<String, String> environment, Class<?> main, String... arguments)
      throws Exception {
    ProcessBuilder program = Jvm.of(List.of(Jvm.agent()), main, arguments);
    program.environment().putAll(environment);
    Child.Result result = Child.run(program);
    return new ProgramRun(result.status(), result.out(), result.err());
  }

  /** Standard error without the real time, which differs from run to run. */
  String errWithoutRealTime() {
    return err.replaceAll("real [0-9.]+ s", "real");
  }
}
