package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.standstill.Event;
import dev.standstill.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A task waits until all others are durably blocked: scenario 5 from inside a test. */
class AwaitStandstillTest {

  @Test
  void theOthersHaveRunAsFarAsTheyCanAndTimeStandsStill() throws Exception {
    for (long seed = 0; seed < 50; seed++) {
      try (TestLoop loop = TestLoop.builder().seed(seed).open()) {
        loop.run(() -> {
          List<String> printed = new ArrayList<>();
          var event = new Event();
          Task<Integer> waiter =
              loop.spawn(
                  "waiter",
                  () -> {
                    for (int i = 0; i < 100; i++) {
                      Thread.yield();
                    }
                    printed.add("Waiting");
                    event.await();
                    printed.add("Done");
                    return 42;
                  });

          loop.awaitStandstill();
          assertThat(printed).containsExactly("Waiting");
          assertThat(waiter.isDone()).isFalse();

          event.set();
          loop.awaitStandstill();
          assertThat(printed).containsExactly("Waiting", "Done");
          assertThat(waiter.get()).isEqualTo(42);
          return null;
        });
        assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START);
      }
    }
  }

  @Test
  void timersThatAreDueFireBefore() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      loop.run(() -> {
        List<String> log = new ArrayList<>();
        loop.schedule(() -> log.add("at 10"), Duration.ofMillis(10));
        Thread.sleep(10);
        loop.schedule(() -> log.add("at once"), Duration.ZERO);
        loop.schedule(() -> log.add("later"), Duration.ofMillis(1));

        loop.awaitStandstill();

        assertThat(log).containsExactlyInAnyOrder("at 10", "at once");
        return null;
      });
    }
  }

  @Test
  void allWhoWaitGoOnAtTheSameStandstill() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      Task<Boolean> other =
          loop.spawn(
              "other",
              () -> {
                loop.awaitStandstill();
                return true;
              });
      loop.run(() -> {
        loop.awaitStandstill();
        return null;
      });

      loop.runUntilBlocked();
      assertThat(other.get()).isTrue();
    }
  }

  @Test
  void workOutsideIsWaitedFor() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      var lets = new CountDownLatch(1);
      try (OutsideThread outside = OutsideThread.that("outside", lets::countDown)) {
        Task<?> joiner = loop.spawn("joiner", () -> outside.thread().join());
        loop.run(() -> {
          outside.go();
          loop.awaitStandstill();
          assertThat(joiner.isDone()).isTrue();
          return null;
        });
      }
    }
  }

  @Test
  void aCancelledTaskNoLongerWaits() throws Exception {
    try (TestLoop loop = TestLoop.builder().leaks(Leaks.IGNORE).open()) {
      Task<?> waits = loop.spawn("waits", () -> loop.awaitStandstill());
      waits.cancel(true);
      loop.runUntilBlocked();

      assertThat(waits.isCancelled()).isTrue();
      assertThat(loop.blocked()).isEmpty();
    }
  }

  @Test
  void theThreadThatDrivesIsSentToRunUntilBlocked() {
    try (TestLoop loop = TestLoop.open()) {
      assertThatIllegalStateException()
          .isThrownBy(loop::awaitStandstill)
          .withMessageContaining("is no task of TestLoop \"test\"")
          .withMessageContaining("calls runUntilBlocked()");
    }
  }
}
