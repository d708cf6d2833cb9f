package dev.standstill.libraries;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.ListeningScheduledExecutorService;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.RateLimiter;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Guava's limits, futures and memories follow virtual time. */
class GuavaTest {

  @Test
  void aRateLimiterSpacesItsPermits() throws Exception {
    Loops.runOnEach(() -> {
      RateLimiter limiter = RateLimiter.create(0.1);
      for (int i = 0; i < 7; i++) {
        limiter.acquire();
      }
      assertThat(Loops.elapsed()).isEqualTo(Duration.ofMinutes(1));
      return null;
    });
  }

  @Test
  void aListeningSchedulerCompletesItsFutures() throws Exception {
    Loops.runOnEach(() -> {
      try (ListeningScheduledExecutorService pool =
          MoreExecutors.listeningDecorator(Executors.newScheduledThreadPool(2))) {
        ListenableFuture<Integer> late = pool.schedule(() -> 1, 30, MINUTES);
        ListenableFuture<Integer> later = pool.schedule(() -> 2, 60, MINUTES);
        assertThat(Futures.allAsList(late, later).get()).containsExactly(1, 2);
      }
      assertThat(Loops.elapsed()).isEqualTo(Duration.ofHours(1));
      return null;
    });
  }

  @Test
  void aMemoizedValueExpires() throws Exception {
    Loops.runOnEach(() -> {
      AtomicInteger count = new AtomicInteger();
      Supplier<Integer> memoized =
          Suppliers.memoizeWithExpiration(count::incrementAndGet, Duration.ofDays(1));
      assertThat(memoized.get()).isEqualTo(1);
      Thread.sleep(Duration.ofHours(23));
      assertThat(memoized.get()).isEqualTo(1);
      Thread.sleep(Duration.ofHours(2));
      assertThat(memoized.get()).isEqualTo(2);
      return null;
    });
  }
}
