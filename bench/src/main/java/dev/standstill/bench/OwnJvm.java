package dev.standstill.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A JVM that measures one number without JMH, and prints it. */
final class OwnJvm {

  private OwnJvm() {}

  /**
   * Runs {@code main} with the arguments of the contestant, whose name is the program's first
   * argument; returns the number it prints.
   */
  static double measure(Contestant contestant, Class<?> main, String heap, Object... arguments)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(contestant.jvmArguments());
    command.addAll(List.of(heap, "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(main.getName(), contestant.name()));
    Arrays.stream(arguments).map(String::valueOf).forEach(command::add);
    Process jvm =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (jvm.waitFor() != 0) {
      throw new IllegalStateException(
          "%s of %s with %s failed in its JVM; see above."
              .formatted(main.getSimpleName(), contestant, Arrays.toString(arguments)));
    }
    return Double.parseDouble(printed.strip());
  }
}
