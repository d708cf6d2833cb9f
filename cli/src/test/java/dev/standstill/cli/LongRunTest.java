package dev.standstill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.test.TestLoop;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What is said of a run that takes long. */
class LongRunTest {

  private static final Duration LONG = Duration.ofMillis(10);
  private static final Duration LOOK = Duration.ofMillis(1);

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aRunWhoseTimeMovesOnMayHaveNoEnd() throws Exception {
    try (TestLoop loop = TestLoop.open();
        var _ = LongRun.watch(loop::now, err, LONG, LOOK)) {
      loop.run(() -> {
        while (said.size() == 0) {
          Thread.sleep(Duration.ofDays(1));
        }
      });
    }

    assertThat(said())
        .matches(
            "Standstill: the program still runs after 0.01 s, and virtual time moves on; it is 2\\S+ there. "
                + "If it repeats for ever, end it with --until DURATION, or now with Ctrl-C.\\R");
  }

  @Test
  void nothingIsSaidWhileTimeStands() throws Exception {
    CountDownLatch looks = new CountDownLatch(10);
    InstantSource standing =
        () -> {
          looks.countDown();
          return Instant.EPOCH;
        };

    try (var _ = LongRun.watch(standing, err, LONG, LOOK)) {
      looks.await();
    }

    assertThat(said()).isEmpty();
  }

  @Test
  void itIsSaidOnceTimeMovesAgain() throws Exception {
    CountDownLatch looks = new CountDownLatch(10);
    InstantSource standingForAWhile =
        () -> {
          looks.countDown();
          return Instant.EPOCH.plusSeconds(looks.getCount() == 0 ? 1 : 0);
        };

    try (var run = LongRun.watch(standingForAWhile, err, LONG, LOOK)) {
      run.join();
    }

    assertThat(said()).contains("it is 1970-01-01T00:00:01Z there").hasLineCount(1);
  }

  @Test
  void nothingIsSaidOfARunThatEndsBefore() throws Exception {
    LongRun run = LongRun.watch(InstantSource.system(), err);

    run.close();
    run.join();

    assertThat(said()).isEmpty();
  }
}
