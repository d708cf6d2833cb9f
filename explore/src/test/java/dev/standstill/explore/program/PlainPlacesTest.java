package dev.standstill.explore.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What tasks ask while they run must not make them wait for other explorations. */
class PlainPlacesTest {

  @Test
  void whoAsksForAKeyDoesNotWaitForWhoChangesThem() throws Exception {
    synchronized (PlainPlaces.class) {
      CompletableFuture<Integer> key = CompletableFuture.supplyAsync(() -> PlainPlaces.key(0));

      assertThat(key.get(60, TimeUnit.SECONDS)).isNotNegative();
    }
  }
}
