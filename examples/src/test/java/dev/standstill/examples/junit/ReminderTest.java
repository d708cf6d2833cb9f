package dev.standstill.examples.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.standstill.junit.LoopExtension;
import dev.standstill.junit.LoopTest;
import dev.standstill.test.TestLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests of time-outs, retries and things that do not happen. */
class ReminderTest {

  // tag::sleep[]
  @LoopTest
  void remindsAfterAnHour() throws InterruptedException {
    List<String> sent = new ArrayList<>();
    CompletableFuture.delayedExecutor(1, TimeUnit.HOURS).execute(() -> sent.add("Drink water"));

    Thread.sleep(Duration.ofMinutes(61));

    assertThat(sent).containsExactly("Drink water");
  }

  // end::sleep[]

  // tag::timeout[]
  @LoopTest
  void givesUpAfterThirtySeconds() {
    Instant began = Instant.now();
    CompletableFuture<String> answer =
        new CompletableFuture<String>().orTimeout(30, TimeUnit.SECONDS);

    ExecutionException failure = assertThrows(ExecutionException.class, answer::get);

    assertThat(failure).hasCauseInstanceOf(TimeoutException.class);
    assertThat(Duration.between(began, Instant.now())).isEqualTo(Duration.ofSeconds(30));
  }

  // end::timeout[]

  // tag::retry[]
  @LoopTest
  void triesAgainAfterOneTwoAndFourSeconds() throws InterruptedException {
    Instant began = Instant.now();
    List<Long> attempts = new ArrayList<>();

    retry(4, () -> attempts.add(Duration.between(began, Instant.now()).toSeconds()));

    assertThat(attempts).containsExactly(0L, 1L, 3L, 7L);
  }

  private static void retry(int times, Runnable attempt) throws InterruptedException {
    Duration pause = Duration.ofSeconds(1);
    attempt.run();
    for (int i = 1; i < times; i++) {
      Thread.sleep(pause);
      pause = pause.multipliedBy(2);
      attempt.run();
    }
  }

  // end::retry[]

  // tag::nothing[]
  @LoopTest
  void sendsNothingForTheFirstDay(TestLoop loop) throws InterruptedException {
    List<String> sent = new ArrayList<>();
    loop.background()
        .spawn(
            "reminder",
            () -> {
              Thread.sleep(Duration.ofDays(2));
              sent.add("Still there?");
            });

    Thread.sleep(Duration.ofDays(1));

    assertThat(sent).isEmpty();
  }

  // end::nothing[]

  // tag::fixtures[]
  @Nested
  @LoopTest
  class WithFixtures {

    private final List<Instant> heartbeats = new ArrayList<>();

    @BeforeEach
    void startHeart(TestLoop loop) {
      loop.background()
          .spawn(
              "heart",
              () -> {
                while (true) {
                  heartbeats.add(Instant.now());
                  Thread.sleep(Duration.ofSeconds(1));
                }
              });
    }

    @Test
    void beatsEverySecond() throws InterruptedException {
      Thread.sleep(Duration.ofMillis(2_500));

      assertThat(heartbeats).hasSize(3);
    }
  }

  // end::fixtures[]

  // tag::driving[]
  @Nested
  @ExtendWith(LoopExtension.class)
  class DrivingTheLoop {

    @Test
    void waitsUntilItIsToldTo(TestLoop loop) throws Exception {
      var gate = new CompletableFuture<String>();
      var task = loop.spawn("waiter", () -> gate.get());
      loop.runUntilBlocked();
      assertThat(task.isDone()).isFalse();

      gate.complete("open");
      loop.runUntilBlocked();
      assertThat(task.get()).isEqualTo("open");
    }
  }

  // end::driving[]

  // tag::seeds[]
  @LoopTest(seeds = 100)
  void countsBothVisitorsInAnyOrder(TestLoop loop) throws Exception {
    var visitors = new AtomicInteger();
    var first = loop.spawn("first", visitors::incrementAndGet);
    var second = loop.spawn("second", visitors::incrementAndGet);
    first.get();
    second.get();
    assertThat(visitors).hasValue(2);
  }
  // end::seeds[]
}
