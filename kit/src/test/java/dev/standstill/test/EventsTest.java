package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.Event;
import dev.standstill.Task;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An event in virtual time, in every order in which its waiters and setters may run. */
class EventsTest {

  @Test
  void wakesThoseWhoWaitedAlsoIfItIsClearedAtOnce() {
    for (int seed = 0; seed < 200; seed++) {
      try (var loop = TestLoop.builder().schedule(Schedule.seeded(seed)).open()) {
        var event = new Event();
        Task<?> waiter = loop.spawn("waiter", () -> event.await());
        Task<?> limited = loop.spawn("limited", () -> event.await(Duration.ofHours(1)));
        loop.runUntilBlocked();
        loop.spawn(
            "pulse",
            () -> {
              event.set();
              event.clear();
            });
        loop.runUntilBlocked();
        assertThat(waiter.isDone()).as("seed %d", seed).isTrue();
        assertThat(limited.isDone()).as("seed %d", seed).isTrue();
        assertThat(limited.state()).isEqualTo(Task.State.SUCCESS);
      }
    }
  }
}
