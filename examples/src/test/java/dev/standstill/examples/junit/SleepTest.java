package dev.standstill.examples.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.junit.LoopTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The same test, with sleeps in real time and in virtual time. */
class SleepTest {

  // tag::code[]
  /** Searches when nobody has typed for 300 ms. */
  static final class SearchBox {

    private final AtomicReference<String> typed = new AtomicReference<>();
    private final Consumer<String> search;

    SearchBox(Consumer<String> search) {
      this.search = search;
    }

    void type(String text) {
      typed.set(text);
      CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS)
          .execute(() -> {
            if (typed.compareAndSet(text, null)) {
              search.accept(text);
            }
          });
    }
  }

  // end::code[]

  // tag::before[]
  @Test
  void searchesOnceTypingStops() throws InterruptedException {
    List<String> searches = Collections.synchronizedList(new ArrayList<>());
    var box = new SearchBox(searches::add);

    box.type("sleep");
    Thread.sleep(50); // less than 300 ms, if the machine is not busy
    box.type("sleepy");
    Thread.sleep(1_000); // long enough, one hopes

    assertThat(searches).containsExactly("sleepy");
  }

  // end::before[]

  // tag::after[]
  @LoopTest
  void searches300MillisecondsAfterTypingStops() throws InterruptedException {
    List<String> searches = new ArrayList<>();
    var box = new SearchBox(searches::add);

    box.type("sleep");
    Thread.sleep(299);
    box.type("sleepy");
    Thread.sleep(299);
    assertThat(searches).isEmpty();

    Thread.sleep(2);
    assertThat(searches).containsExactly("sleepy");
  }

  // end::after[]

  // tag::hour[]
  @LoopTest
  void anHourPassesAtOnce() throws InterruptedException {
    Thread.sleep(Duration.ofHours(1));
  }
  // end::hour[]
}
