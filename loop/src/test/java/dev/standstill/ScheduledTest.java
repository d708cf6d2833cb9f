package dev.standstill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a loop runs later, as the {@code ScheduledExecutorService} that it is. */
class ScheduledTest {

  private final EventLoop loop = EventLoop.start("app");
  private final List<String> events = new ArrayList<>();

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void runsATaskNotBeforeItsDelayIsOver() throws Exception {
    long before = System.nanoTime();
    ScheduledFuture<Long> ran = loop.schedule(System::nanoTime, 20, TimeUnit.MILLISECONDS);
    assertThat(ran.get() - before).isGreaterThanOrEqualTo(20_000_000);
  }

  @Test
  void runsATaskWithoutADelayNow() throws Exception {
    loop.schedule(() -> events.add("zero"), Duration.ZERO).get();
    loop.schedule(() -> events.add("negative"), Duration.ofHours(-1)).get();
    assertThat(events).containsExactly("zero", "negative");
  }

  /** The thread that schedules may be held up in between, which moves the times. */
  @Test
  void runsTasksInTheOrderOfTheirTimes() throws Exception {
    loop.run(() -> {
      ScheduledFuture<?> one = loop.schedule(() -> events.add("one"), Duration.ofMillis(20));
      ScheduledFuture<?> other = loop.schedule(() -> events.add("other"), Duration.ofMillis(5));
      boolean oneIsFirst = one.compareTo(other) < 0;
      one.get();
      other.get();
      assertThat(events.getFirst()).isEqualTo(oneIsFirst ? "one" : "other");
    });
  }

  @Test
  void letsEachScheduledTaskBlockWithoutHoldingUpTheOthers() throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    ScheduledFuture<?> blocked = loop.schedule(awaiting(latch), 0, TimeUnit.SECONDS);
    loop.schedule(latch::countDown, Duration.ofMillis(1)).get();
    blocked.get();
  }

  private static Callable<Boolean> awaiting(CountDownLatch latch) {
    return () -> {
      latch.await();
      return true;
    };
  }

  @Test
  void neverRunsWhatIsCancelledInTime() throws Exception {
    ScheduledFuture<?> cancelled = loop.schedule(() -> events.add("ran"), Duration.ofHours(1));
    assertThat(cancelled.cancel(false)).isTrue();
    assertThat(cancelled.isCancelled()).isTrue();
    assertThatThrownBy(cancelled::get).isInstanceOf(CancellationException.class);
    loop.run(() -> {});
    assertThat(events).isEmpty();
  }

  @Test
  void passesOnWhatAScheduledTaskThrows() {
    IllegalStateException thrown = new IllegalStateException("boom");
    ScheduledFuture<?> failing =
        loop.schedule(
            () -> {
              throw thrown;
            },
            Duration.ZERO);
    assertThatThrownBy(failing::get).isInstanceOf(ExecutionException.class).hasCause(thrown);
  }

  @Test
  void tellsHowLongIsLeftAndOrdersByIt() {
    ScheduledFuture<?> soon = loop.schedule(() -> {}, Duration.ofHours(1));
    ScheduledFuture<?> late = loop.schedule(() -> {}, Duration.ofHours(2));
    assertThat(soon.getDelay(TimeUnit.SECONDS)).isBetween(3_500L, 3_600L);
    assertThat(soon.compareTo(late)).isNegative();
    assertThat(late.compareTo(soon)).isPositive();
    assertThat(soon.compareTo(soon)).isZero();
  }

  @Test
  void keepsAFixedRateHoweverLongTheTaskTakes() throws Exception {
    List<Long> times = new ArrayList<>();
    CountDownLatch four = new CountDownLatch(4);
    long before = System.nanoTime();
    ScheduledFuture<?> ticks =
        loop.scheduleAtFixedRate(
            () -> {
              times.add(System.nanoTime() - before);
              pass(Duration.ofMillis(8));
              four.countDown();
            },
            5,
            10,
            TimeUnit.MILLISECONDS);
    four.await();
    ticks.cancel(false);
    for (int i = 0; i < 4; i++) {
      assertThat(times.get(i)).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(5 + 10L * i));
    }
  }

  @Test
  void keepsAFixedDelayBetweenAnEndAndTheNextStart() throws Exception {
    List<Long> starts = new ArrayList<>();
    List<Long> ends = new ArrayList<>();
    CountDownLatch three = new CountDownLatch(3);
    ScheduledFuture<?> ticks =
        loop.scheduleWithFixedDelay(
            () -> {
              starts.add(System.nanoTime());
              pass(Duration.ofMillis(3));
              ends.add(System.nanoTime());
              three.countDown();
            },
            0,
            5,
            TimeUnit.MILLISECONDS);
    three.await();
    ticks.cancel(false);
    for (int i = 1; i < 3; i++) {
      assertThat(starts.get(i) - ends.get(i - 1)).isGreaterThanOrEqualTo(5_000_000);
    }
  }

  /** Sleeps, uninterrupted. */
  private static void pass(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void neverRunsARepeatingTaskTwiceAtATime() throws Exception {
    CountDownLatch three = new CountDownLatch(3);
    int[] running = {0};
    ScheduledFuture<?> ticks =
        loop.scheduleAtFixedRate(
            () -> {
              events.add("running " + ++running[0]);
              pass(Duration.ofMillis(3));
              running[0]--;
              three.countDown();
            },
            0,
            1,
            TimeUnit.MILLISECONDS);
    three.await();
    ticks.cancel(false);
    assertThat(events).containsOnly("running 1");
  }

  @Test
  void endsARepeatingTaskThatFails() {
    IllegalStateException thrown = new IllegalStateException("third");
    int[] runs = {0};
    ScheduledFuture<?> ticks =
        loop.scheduleAtFixedRate(
            () -> {
              if (++runs[0] == 3) {
                throw thrown;
              }
            },
            0,
            1,
            TimeUnit.MILLISECONDS);
    assertThatThrownBy(ticks::get).hasCause(thrown);
    assertThat(runs[0]).isEqualTo(3);
  }

  @Test
  void endsARepeatingTaskThatIsCancelledByItself() throws Exception {
    int[] runs = {0};
    CountDownLatch first = new CountDownLatch(1);
    List<ScheduledFuture<?>> self = new ArrayList<>();
    loop.run(() -> {
      self.add(
          loop.scheduleAtFixedRate(
              () -> {
                runs[0]++;
                self.getFirst().cancel(false);
                first.countDown();
              },
              0,
              1,
              TimeUnit.NANOSECONDS));
    });
    first.await();
    loop.run(() -> {});
    assertThat(self.getFirst().isCancelled()).isTrue();
    assertThat(runs[0]).isEqualTo(1);
  }

  @Test
  void cancelsARepeatingTaskThatRunsWhileTheLoopShutsDown() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    ScheduledFuture<?> ticks =
        loop.scheduleWithFixedDelay(
            () -> {
              running.countDown();
              pass(go);
            },
            0,
            1,
            TimeUnit.MILLISECONDS);
    running.await();
    loop.shutdown();
    go.countDown();
    assertThatThrownBy(ticks::get).isInstanceOf(CancellationException.class);
    assertThat(loop.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }

  private static void pass(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void takesAPeriodThatIsLongerThanTimeItselfForNever() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    int[] runs = {0};
    loop.scheduleAtFixedRate(
        () -> {
          runs[0]++;
          first.countDown();
        },
        0,
        Long.MAX_VALUE,
        TimeUnit.NANOSECONDS);
    first.await();
    loop.schedule(() -> {}, Duration.ofMillis(5)).get();
    assertThat(runs[0]).isEqualTo(1);
  }

  @Test
  void refusesAPeriodThatIsNotPositive() {
    for (long period : new long[] {0, -1}) {
      assertThatThrownBy(() -> loop.scheduleAtFixedRate(() -> {}, 0, period, TimeUnit.NANOSECONDS))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("A task that repeats needs a period above 0, not " + period + " ns.");
      assertThatThrownBy(
              () -> loop.scheduleWithFixedDelay(() -> {}, 0, period, TimeUnit.NANOSECONDS))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
