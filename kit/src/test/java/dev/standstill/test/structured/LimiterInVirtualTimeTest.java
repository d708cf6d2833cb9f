package dev.standstill.test.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.standstill.Event;
import dev.standstill.EventLoop;
import dev.standstill.Limiter;
import dev.standstill.Task;
import dev.standstill.ThrowingRunnable;
import dev.standstill.Timeout;
import dev.standstill.test.DeadlockException;
import dev.standstill.test.Leaks;
import dev.standstill.test.TestLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Limiters on a loop in virtual time, what its reports say of them, and their law. */
class LimiterInVirtualTimeTest extends LimiterContract {

  private static final int SEEDS = 3_000;

  @Override
  EventLoop open() {
    return TestLoop.open();
  }

  private static String deadlock(ThrowingRunnable main) {
    try (TestLoop loop = TestLoop.builder().leaks(Leaks.IGNORE).open()) {
      return catchThrowableOfType(DeadlockException.class, () -> loop.run(main)).getMessage();
    }
  }

  private static void hold(Limiter limiter) throws InterruptedException {
    try (var _ = limiter.acquire()) {
      new Event().await();
    }
  }

  @Test
  void aDeadlockNamesWhoHoldsThePermits() {
    String report =
        deadlock(() -> {
          var limiter = new Limiter(2);
          EventLoop.current().spawn("first", () -> hold(limiter));
          EventLoop.current().spawn("second", () -> hold(limiter));
          Thread.sleep(1);
          limiter.acquire();
        });

    assertThat(report)
        .contains(
            "\"main\" is blocked on a semaphore (Limiter#1, 2 of 2 taken), held by \"first\","
                + " \"second\" since");
  }

  @Test
  void aHolderThatHasEndedIsToldToHave() {
    String report =
        deadlock(() -> {
          var limiter = new Limiter(1);
          EventLoop.current().spawn("leaky", limiter::acquire).get();
          limiter.acquire();
        });

    assertThat(report).contains(", held by \"leaky\" (which has ended) since");
  }

  @Test
  void aCycleOfOnlyPermitsIsShown() {
    String report =
        deadlock(() -> {
          var fork = new Limiter(1);
          var knife = new Limiter(1);
          Task<?> other =
              EventLoop.current()
                  .spawn(
                      "other",
                      () -> {
                        knife.acquire();
                        Thread.sleep(1);
                        fork.acquire();
                      });
          fork.acquire();
          Thread.sleep(1);
          knife.acquire();
        });

    assertThat(report)
        .startsWith("Deadlock: 2 tasks wait for each other.")
        .contains("Cycle: \"main\" holds Limiter#2, wants Limiter#1")
        .contains("→ \"other\" holds Limiter#1, wants Limiter#2");
  }

  @Test
  void whoWantsASecondPermitOfOneWaitsForItself() {
    String report =
        deadlock(() -> {
          var limiter = new Limiter(1);
          limiter.acquire();
          limiter.acquire();
        });

    assertThat(report)
        .startsWith("Deadlock: 1 task waits for itself.")
        .contains("held by \"main\" itself since");
  }

  /** Time stands still while a thread outside holds the permit. */
  @Test
  void aPermitHeldOutsideIsWaitedFor() throws Exception {
    var limiter = new Limiter(1);
    for (int round = 0; round < 50; round++) {
      var held = new CountDownLatch(1);
      var asked = new CountDownLatch(1);
      Thread outside =
          Thread.ofPlatform()
              .start(() -> {
                try (var _ = limiter.acquire()) {
                  held.countDown();
                  asked.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      held.await();
      try (TestLoop loop = TestLoop.open()) {
        loop.run(() -> {
          EventLoop.current().schedule(() -> {}, Duration.ofDays(1));
          asked.countDown();
          limiter.acquire().close();
        });
        assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START);
      }
      outside.join();
    }
  }

  /**
   * Whatever interrupts come, at whatever moment: never too many, first come, first served, and in
   * the end all permits are there again.
   */
  @Test
  void lawNoPermitIsLost() throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      var random = new SplittableRandom(seed);
      int permits = 1 + random.nextInt(3);
      try (TestLoop loop = TestLoop.builder().seed(seed).open()) {
        var limiter = new Limiter(permits);
        int[] inside = {0};
        List<Task<?>> tasks = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
          long pause = random.nextInt(3);
          boolean limited = random.nextBoolean();
          tasks.add(
              loop.spawn(
                  "user-" + i,
                  () -> {
                    Thread.sleep(pause);
                    if (limited) {
                      Timeout.after(Duration.ofMillis(2), () -> use(limiter, inside, permits));
                    } else {
                      use(limiter, inside, permits);
                    }
                  }));
        }
        loop.advance(Duration.ofMillis(random.nextInt(4)));
        tasks.get(random.nextInt(tasks.size())).cancel(true);
        tasks.get(random.nextInt(tasks.size())).cancel(true);
        loop.advance(Duration.ofMillis(100));

        assertThat(loop.tasks()).as("left under seed %d", seed).isEmpty();
        assertThat(limiter.holders()).as("holders under seed %d", seed).isEmpty();
        for (int i = 0; i < permits; i++) {
          assertThat(limiter.tryAcquire()).as("permit %d under seed %d", i, seed).isPresent();
        }
        assertThat(limiter.tryAcquire()).as("one too many under seed %d", seed).isEmpty();
        for (Task<?> task : tasks) {
          try {
            task.get();
          } catch (CancellationException e) {
            // by the test
          } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(TimeoutException.class);
          }
        }
      }
    }
  }

  private static boolean use(Limiter limiter, int[] inside, int permits)
      throws InterruptedException {
    try (var _ = limiter.acquire()) {
      inside[0]++;
      assertThat(inside[0]).isLessThanOrEqualTo(permits);
      try {
        Thread.sleep(1);
      } finally {
        inside[0]--;
      }
      return true;
    }
  }
}
