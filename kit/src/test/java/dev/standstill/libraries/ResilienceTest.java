package dev.standstill.libraries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.timelimiter.TimeLimiter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Resilience4j waits, limits and breaks in virtual time. */
class ResilienceTest {

  @Test
  void aRetryBacksOffForHoursWithJitter() throws Exception {
    Loops.runOnEach(() -> {
      AtomicInteger attempts = new AtomicInteger();
      Retry retry =
          Retry.of(
              "retry",
              RetryConfig.custom()
                  .maxAttempts(4)
                  .intervalFunction(
                      IntervalFunction.ofExponentialRandomBackoff(Duration.ofHours(1), 2.0, 0.5))
                  .build());
      String result =
          retry.executeCallable(() -> {
            if (attempts.incrementAndGet() < 4) {
              throw new IllegalStateException("not yet");
            }
            return "done";
          });
      assertThat(result).isEqualTo("done");
      assertThat(Loops.elapsed()).isBetween(Duration.ofMinutes(210), Duration.ofMinutes(630));
      return null;
    });
  }

  @Test
  void aTimeLimiterGivesUpAtItsLimit() throws Exception {
    Loops.runOnEach(() -> {
      TimeLimiter limiter = TimeLimiter.of(Duration.ofSeconds(90));
      assertThatThrownBy(() -> limiter.executeFutureSupplier(CompletableFuture<String>::new))
          .isInstanceOf(TimeoutException.class);
      assertThat(Loops.elapsed()).isEqualTo(Duration.ofSeconds(90));
      return null;
    });
  }

  @Test
  void aCircuitBreakerTriesAgainAfterItsWait() throws Exception {
    Loops.runOnEach(() -> {
      CircuitBreaker breaker =
          CircuitBreaker.of(
              "breaker",
              CircuitBreakerConfig.custom()
                  .slidingWindowSize(2)
                  .minimumNumberOfCalls(2)
                  .waitDurationInOpenState(Duration.ofMinutes(10))
                  .build());
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> breaker.executeRunnable(ResilienceTest::fail))
            .isInstanceOf(IllegalStateException.class);
      }
      assertThatThrownBy(() -> breaker.executeRunnable(() -> {}))
          .isInstanceOf(CallNotPermittedException.class);
      Thread.sleep(Duration.ofMinutes(10).plusMillis(1));
      breaker.executeRunnable(() -> {});
      return null;
    });
  }

  private static void fail() {
    throw new IllegalStateException("down");
  }
}
