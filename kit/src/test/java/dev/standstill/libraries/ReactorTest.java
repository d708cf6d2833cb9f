package dev.standstill.libraries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reactor runs on its own default schedulers, in virtual time. */
class ReactorTest {

  @Test
  void anIntervalTicks() throws Exception {
    Loops.runOnEach(() -> {
      assertThat(Flux.interval(Duration.ofMinutes(10)).take(6).collectList().block())
          .containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
      assertThat(Loops.elapsed()).isEqualTo(Duration.ofHours(1));
      return null;
    });
  }

  @Test
  void elementsAreDelayed() throws Exception {
    Loops.runOnEach(() -> {
      assertThat(
              Flux.just("a", "b", "c")
                  .delayElements(Duration.ofHours(1))
                  .map(element -> element + Loops.elapsed().toHours())
                  .collectList()
                  .block())
          .containsExactly("a1", "b2", "c3");
      return null;
    });
  }

  @Test
  void aTimeoutFires() throws Exception {
    Loops.runOnEach(() -> {
      assertThatThrownBy(() -> Mono.never().timeout(Duration.ofDays(1)).block())
          .hasCauseInstanceOf(TimeoutException.class);
      assertThat(Loops.elapsed()).isEqualTo(Duration.ofDays(1));
      return null;
    });
  }
}
