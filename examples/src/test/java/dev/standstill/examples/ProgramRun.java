package dev.standstill.examples;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How a JVM of its own ended.
 *
 * @param out what it printed to standard output
 * @param err what it printed to standard error
 */
public record ProgramRun(int exitCode, String out, String err) {

  private static final Path SOURCES = Path.of("src/main/java/dev/standstill/examples");

  /** Does what {@code ./standstill run OPTIONS PROGRAM.java} does. */
  static ProgramRun standstill(String program, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("dev.standstill.cli.Main", "run"));
    command.addAll(List.of(options));
    command.add(SOURCES.resolve(program + ".java").toString());
    return java(Map.of(), command);
  }

  /** Does what {@code java -javaagent:standstill-agent.jar CLASS} does. */
  public static ProgramRun java(Class<?> main) throws Exception {
    return java(Map.of(), main);
  }

  /** The same with variables in its environment, and with arguments. */
  public static ProgramRun java(Map<String, String> environment, Class<?> main, String... arguments)
      throws Exception {
    return java(
        environment, Stream.concat(Stream.of(main.getName()), Stream.of(arguments)).toList());
  }

  private static ProgramRun java(Map<String, String> environment, List<String> mainAndArguments)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.add(agentArgument());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(mainAndArguments);
    Path err = Files.createTempFile("err", ".txt");
    try {
      ProcessBuilder program = new ProcessBuilder(command).redirectError(err.toFile());
      program.environment().putAll(environment);
      Process process = program.start();
      String out = new String(process.getInputStream().readAllBytes());
      return new ProgramRun(process.waitFor(), out, Files.readString(err));
    } finally {
      Files.delete(err);
    }
  }

  /** The tests themselves run with the agent. */
  private static String agentArgument() throws IOException {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.matches("-javaagent:.*standstill-agent.*"))
        .findFirst()
        .orElseThrow(() -> new IOException("Run the tests with Standstill's agent."));
  }

  /** Standard error without the real time, which differs from run to run. */
  String errWithoutRealTime() {
    return err.replaceAll("real [0-9.]+ s", "real");
  }
}
