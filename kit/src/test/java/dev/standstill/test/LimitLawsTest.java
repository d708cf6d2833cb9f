package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.EventLoop;
import dev.standstill.EventLoop.WhenFull;
import dev.standstill.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Laws of limits, under seeded schedules and with real threads: never is more there than the limit
 * allows, what is handed over is run or refused, and afterwards every place is free.
 */
class LimitLawsTest {

  private static final int SEEDS = 3_000;
  private static final int THREADS = 4;
  private static final int REAL_SEEDS = 150;

  /** What callers hand over, drawn from a seed, and what has become of it. */
  private static final class Work {

    final int limit;
    final WhenFull then;
    final AtomicInteger handedOver = new AtomicInteger();
    final AtomicInteger refused = new AtomicInteger();
    final AtomicInteger cancelled = new AtomicInteger();
    int ran; // only tasks of the loop touch what follows
    private int running;
    private int most;
    private final EventLoop loop;

    Work(EventLoop loop, SplittableRandom random) {
      this.loop = loop;
      limit = random.nextInt(1, 4);
      then = random.nextBoolean() ? WhenFull.WAIT : WhenFull.REFUSE;
      loop.setLimit(limit, then);
      loop.setUncaughtExceptionHandler(
          (thread, exception) -> assertThat(exception).hasMessage("planned"));
    }

    /** Hands over as drawn; for a caller that has no place itself. */
    void handOver(SplittableRandom random, int times) {
      for (int i = 0; i < times; i++) {
        handedOver.incrementAndGet();
        SplittableRandom own = random.split();
        try {
          switch (random.nextInt(3)) {
            case 0 -> loop.execute(() -> runQuietly(own));
            case 1 -> loop.submit(() -> body(own)).state();
            default -> {
              Task<?> task = loop.spawn("task", () -> body(own));
              if (random.nextInt(4) == 0 && task.cancel(true)) {
                cancelled.incrementAndGet();
              }
              task.state();
            }
          }
        } catch (RejectedExecutionException e) {
          refused.incrementAndGet();
        }
      }
    }

    private void runQuietly(SplittableRandom random) {
      try {
        body(random);
      } catch (InterruptedException e) {
        throw new IllegalStateException("nobody interrupts this", e);
      }
    }

    private Object body(SplittableRandom random) throws InterruptedException {
      ran++;
      most = Math.max(most, ++running);
      try {
        switch (random.nextInt(4)) {
          case 0 -> Thread.sleep(Duration.ofNanos(random.nextInt(1, 100_000)));
          case 1 -> Thread.yield();
          case 2 -> throw new IllegalArgumentException("planned");
          default -> {}
        }
        return "done";
      } finally {
        running--;
      }
    }

    void check() throws Exception {
      assertThat(most).as("at a time").isLessThanOrEqualTo(limit);
      assertThat(running).isZero();
      int neverBegan = handedOver.get() - refused.get() - ran;
      assertThat(neverBegan).as("never began").isBetween(0, cancelled.get());
      if (then == WhenFull.WAIT) {
        assertThat(refused).hasValue(0);
      }
      loop.setLimit(limit, WhenFull.REFUSE);
      var end = new CountDownLatch(1);
      List<Task<?>> fillers = new ArrayList<>();
      for (int i = 0; i < limit; i++) {
        fillers.add(loop.spawn("filler", () -> end.await()));
      }
      assertThatThrownBy(() -> loop.execute(() -> {}))
          .isInstanceOf(RejectedExecutionException.class);
      end.countDown();
      for (Task<?> filler : fillers) {
        filler.get();
      }
    }
  }

  @Test
  void underSeededSchedules() throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      var random = new SplittableRandom(seed);
      String description = "seed " + seed;
      try (TestLoop loop = TestLoop.builder().seed(seed).open()) {
        Work work = new Work(loop, random);
        loop.run(() -> {
          List<Thread> callers = new ArrayList<>();
          for (int i = 0; i < 3; i++) {
            SplittableRandom own = random.split();
            callers.add(Thread.startVirtualThread(() -> work.handOver(own, 4)));
          }
          for (Thread caller : callers) {
            caller.join();
          }
          Thread.sleep(Duration.ofDays(1));
          work.check();
        });
      } catch (TaskFailedException e) { // of a task whose handle nobody asks
        assertThat(e.getCause()).as(description).hasMessage("planned");
      } catch (Throwable e) {
        throw new AssertionError(description, e);
      }
    }
  }

  @Test
  void withRealThreads() throws Exception {
    for (int seed = 0; seed < REAL_SEEDS; seed++) {
      var random = new SplittableRandom(seed);
      try (EventLoop loop = EventLoop.start("limited")) {
        Work work = new Work(loop, random);
        List<FutureTask<Void>> callers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          SplittableRandom own = random.split();
          var caller = new FutureTask<Void>(() -> work.handOver(own, 50), null);
          callers.add(caller);
          (i % 2 == 0 ? Thread.ofPlatform().daemon() : Thread.ofVirtual()).start(caller);
        }
        for (FutureTask<Void> caller : callers) {
          caller.get();
        }
        loop.run(() -> {
          while (loop.tasks().size() > 1) { // this one
            Thread.sleep(1);
          }
          work.check();
        });
      } catch (Throwable e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }
}
