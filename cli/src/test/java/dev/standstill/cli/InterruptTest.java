package dev.standstill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C, pressed on a real JVM: the terminal sends SIGINT. */
@DisabledOnOs(OS.WINDOWS)
class InterruptTest {

  @TempDir Path directory;

  @Test
  void showsWhatWasBlockedAndExitsWith130() throws Exception {
    String program =
        """
        void main() throws Exception {
          var gate = new java.util.concurrent.CountDownLatch(1);
          Thread.ofVirtual().name("patient").start(() -> {
            try { gate.await(); } catch (InterruptedException e) { return; }
          });
          while (true) {
            Thread.sleep(1000);
            if (System.currentTimeMillis() % 100_000_000 == 0) IO.println("a day has passed");
          }
        }
        """;

    Outcome outcome = interruptOnceItPrints(List.of("run"), program);

    assertThat(outcome.err())
        .startsWith("TestLoop \"run\" at 2")
        .contains(
            "\"patient\" is blocked on a latch (CountDownLatch#1) since 2000-01-01T00:00:00Z");
    assertThat(outcome.exitCode()).isEqualTo(130);
  }

  @Test
  void endsRunInRealTimeToo() throws Exception {
    String program =
        "void main() throws Exception { IO.println(\"up\"); Thread.sleep(3_600_000); }";

    Outcome outcome = interruptOnceItPrints(List.of("run", "--real-time"), program);

    assertThat(outcome.err())
        .isEqualTo("Stopped. To see what is blocked, run without --real-time.\n");
    assertThat(outcome.exitCode()).isEqualTo(130);
  }

  private Outcome interruptOnceItPrints(List<String> command, String source) throws Exception {
    Path program = SourceFile.write(directory, "Program.java", source);
    Path err = directory.resolve("err.txt");
    Process process =
        new ProcessBuilder(commandLine(command, program)).redirectError(err.toFile()).start();
    try (BufferedReader out = process.inputReader()) {
      String first = out.readLine();
      assertThat(first).as(() -> read(err)).isNotNull();
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).inheritIO().start();
      out.transferTo(Writer.nullWriter());
      return new Outcome(process.waitFor(), first, read(err));
    } finally {
      process.destroyForcibly();
    }
  }

  private static List<String> commandLine(List<String> command, Path program) {
    Stream<String> java =
        Stream.of(
            System.getProperty("java.home") + "/bin/java",
            agentArgument(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName());
    return Stream.of(java, command.stream(), Stream.of(program.toString()))
        .flatMap(part -> part)
        .toList();
  }

  /** The tests themselves run with the agent. */
  private static String agentArgument() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.matches("-javaagent:.*standstill-agent.*"))
        .findFirst()
        .orElseThrow();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
