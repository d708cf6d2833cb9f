package dev.standstill.libraries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/**
 * Reactor's own way to test, without its virtual time: {@code StepVerifier.create}, which asks
 * again and again, after 10 ns each time: each hour is reached in 100,000 polls.
 */
class StepVerifierTest {

  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void seesWhatComesAfterHours() throws Exception {
    Loops.runOnSome(() -> {
      StepVerifier.create(Flux.interval(HOUR).take(3)).expectNext(0L, 1L, 2L).verifyComplete();
      assertThat(Loops.elapsed()).isBetween(HOUR.multipliedBy(3), HOUR.multipliedBy(4));
      return null;
    });
  }

  @Test
  void awaitsBetweenSteps() throws Exception {
    Loops.runOnSome(() -> {
      StepVerifier.create(Flux.just("a", "b").delayElements(HOUR))
          .thenAwait(HOUR)
          .expectNext("a")
          .thenAwait(HOUR)
          .expectNext("b")
          .verifyComplete();
      assertThat(Loops.elapsed()).isBetween(HOUR.multipliedBy(2), HOUR.multipliedBy(3));
      return null;
    });
  }

  @Test
  void givesUpAtItsTimeout() throws Exception {
    Loops.runOnSome(() -> {
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> StepVerifier.create(Mono.never()).expectComplete().verify(HOUR))
          .withMessageContaining("timed out");
      assertThat(Loops.elapsed()).isBetween(HOUR, HOUR.multipliedBy(2));
      return null;
    });
  }
}
