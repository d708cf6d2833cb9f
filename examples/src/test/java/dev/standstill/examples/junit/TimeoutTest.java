package dev.standstill.examples.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.standstill.junit.LoopTest;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Tests of time-outs. */
class TimeoutTest {

  // tag::timeout[]
  @LoopTest
  void givesUpAfterThirtySeconds() {
    Instant began = Instant.now();
    CompletableFuture<String> answer =
        new CompletableFuture<String>().orTimeout(30, TimeUnit.SECONDS);

    ExecutionException failure = assertThrows(ExecutionException.class, answer::get);

    assertThat(failure).hasCauseInstanceOf(TimeoutException.class);
    assertThat(Duration.between(began, Instant.now())).isEqualTo(Duration.ofSeconds(30));
  }

  // end::timeout[]

  // tag::in-time[]
  @LoopTest(timeout = "1 min")
  void isDoneWithinAMinute() throws InterruptedException {
    Thread.sleep(Duration.ofSeconds(59));
  }
  // end::in-time[]
}
