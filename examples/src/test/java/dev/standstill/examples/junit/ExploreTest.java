package dev.standstill.examples.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.junit.LoopTest;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

class ExploreTest {

  // tag::explore[]
  private final AtomicInteger seats = new AtomicInteger(1);

  private boolean book() {
    return seats.getAndUpdate(free -> Math.max(0, free - 1)) > 0;
  }

  @LoopTest(explore = 1_000)
  void theLastSeatIsSoldOnce() throws Exception {
    try (ExecutorService customers = Executors.newFixedThreadPool(2)) {
      Future<Boolean> one = customers.submit(this::book);
      Future<Boolean> other = customers.submit(this::book);
      assertThat(one.get() ^ other.get()).isTrue();
    }
  }
  // end::explore[]
}
