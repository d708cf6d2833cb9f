package dev.standstill.examples.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.examples.ProgramRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the examples as a reader does, each in a JVM of its own. */
class HostExamplesTest {

  @Test
  void windowStaysResponsiveWhileTheHandlerOfItsButtonBlocks(@TempDir Path directory)
      throws Exception {
    Path picture = directory.resolve("window.png");
    try (Display display = Display.open()) {
      ProgramRun run = display.run(TeaWindowRobot.class, picture.toString());

      assertThat(run.out())
          .matches("Heating: \\d+ °C, Clicked 3 times\\RTea is ready, Clicked 3 times\\R");
      assertThat(run.err()).isEmpty();
      assertThat(run.exitCode()).isZero();
    }
    assertThat(Files.size(picture)).isPositive();
  }

  @Test
  void nettysEventLoopServesOthersWhileATaskWaitsForItsConnection() throws Exception {
    ProgramRun run = ProgramRun.java(NettyEcho.class);

    assertThat(run.out())
        .isEqualTo(
            """
            The second speaks while the task of the first waits.
            Now the first speaks.
            """);
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void handlerOfVertxWaitsForALockAndSleeps() throws Exception {
    ProgramRun run = ProgramRun.java(VertxTickets.class);

    assertThat(run.out())
        .isEqualTo(
            """
            ticket 1
            ticket 2
            ticket 3
            """);
    assertThat(run.exitCode()).isZero();
  }
}
