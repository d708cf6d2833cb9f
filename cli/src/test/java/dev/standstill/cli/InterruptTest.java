package dev.standstill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.children.Child;
import dev.standstill.children.Jvm;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C, pressed on a real JVM: the terminal sends SIGINT. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGINT to send")
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

    Child.Result outcome = interruptOnceItPrints(List.of("run"), program);

    assertThat(outcome.err())
        .startsWith("TestLoop \"run\" at 2")
        .contains(
            "\"patient\" is blocked on a latch (CountDownLatch#1) since 2000-01-01T00:00:00Z");
    assertThat(outcome.status()).isEqualTo(130);
  }

  @Test
  void endsRunInRealTimeToo() throws Exception {
    String program =
        "void main() throws Exception { IO.println(\"up\"); Thread.sleep(3_600_000); }";

    Child.Result outcome = interruptOnceItPrints(List.of("run", "--real-time"), program);

    assertThat(outcome.err())
        .isEqualTo("Stopped. To see what is blocked, run without --real-time.\n");
    assertThat(outcome.status()).isEqualTo(130);
  }

  private Child.Result interruptOnceItPrints(List<String> command, String source) throws Exception {
    Path program = SourceFile.write(directory, "Program.java", source);
    String[] arguments =
        Stream.concat(command.stream(), Stream.of(program.toString())).toArray(String[]::new);
    try (Child child = Child.start(Jvm.of(List.of(Jvm.agent()), Main.class, arguments))) {
      child.readLine();
      child.signal("INT");
      return child.end();
    }
  }
}
