package dev.standstill.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Caffeine's caches expire and refresh in virtual time. */
class CaffeineTest {

  @Test
  void anEntryExpiresAnHourAfterItWasWritten() throws Exception {
    Loops.runOnEach(() -> {
      Cache<String, Integer> cache =
          Caffeine.newBuilder().expireAfterWrite(Duration.ofHours(1)).build();
      cache.put("answer", 42);
      Thread.sleep(Duration.ofMinutes(59));
      assertThat(cache.getIfPresent("answer")).isEqualTo(42);
      Thread.sleep(Duration.ofMinutes(2));
      assertThat(cache.getIfPresent("answer")).isNull();
      return null;
    });
  }

  @Test
  void aListenerIsToldOfAnExpiryThoughNobodyAsksForTheEntry() throws Exception {
    Loops.runOnEach(() -> {
      List<String> removed = new ArrayList<>();
      Cache<String, Integer> cache =
          Caffeine.newBuilder()
              .expireAfterWrite(Duration.ofHours(1))
              .scheduler(Scheduler.systemScheduler())
              .removalListener((key, value, cause) -> removed.add(key + " " + cause))
              .build();
      cache.put("answer", 42);
      Thread.sleep(Duration.ofMinutes(62));
      assertThat(removed).containsExactly("answer EXPIRED");
      return null;
    });
  }

  @Test
  void anOldEntryIsRefreshedInTheBackground() throws Exception {
    Loops.runOnEach(() -> {
      AtomicInteger loads = new AtomicInteger();
      LoadingCache<String, Integer> cache =
          Caffeine.newBuilder()
              .refreshAfterWrite(Duration.ofMinutes(10))
              .build(key -> {
                Thread.sleep(Duration.ofSeconds(5));
                return loads.incrementAndGet();
              });
      assertThat(cache.get("version")).isEqualTo(1);
      Thread.sleep(Duration.ofMinutes(11));
      assertThat(cache.get("version")).isEqualTo(1);
      Thread.sleep(Duration.ofSeconds(6));
      assertThat(cache.get("version")).isEqualTo(2);
      return null;
    });
  }
}
