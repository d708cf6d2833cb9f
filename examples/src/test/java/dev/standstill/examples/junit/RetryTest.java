package dev.standstill.examples.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.standstill.junit.LoopTest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Tests of a retry. */
class RetryTest {

  // tag::code[]
  /**
   * Calls up to {@code times} times; waits 1 s after the first failure, then twice as long each.
   */
  static <T> T retry(int times, Callable<T> call) throws Exception {
    Duration pause = Duration.ofSeconds(1);
    for (int attempt = 1; ; attempt++) {
      try {
        return call.call();
      } catch (IOException e) {
        if (attempt == times) {
          throw e;
        }
        Thread.sleep(pause);
        pause = pause.multipliedBy(2);
      }
    }
  }

  // end::code[]

  // tag::tests[]
  private final Instant began = Instant.now();
  private final List<Long> attempts = new ArrayList<>();

  private String failTwice() throws IOException {
    attempts.add(Duration.between(began, Instant.now()).toSeconds());
    if (attempts.size() <= 2) {
      throw new IOException("connection refused");
    }
    return "connected";
  }

  @LoopTest
  void triesAgainAfterOneAndTwoSeconds() throws Exception {
    assertThat(retry(5, this::failTwice)).isEqualTo("connected");

    assertThat(attempts).containsExactly(0L, 1L, 3L);
  }

  @LoopTest
  void throwsTheLastFailureWithoutWaitingAgain() {
    assertThrows(IOException.class, () -> retry(2, this::failTwice));

    assertThat(attempts).containsExactly(0L, 1L);
    assertThat(Instant.now()).isEqualTo(began.plusSeconds(1));
  }
  // end::tests[]
}
