package dev.standstill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Throws work at a loop for some time, and keeps book of what became of it. */
final class SoakThread extends Thread {

  private static final int IN_FLIGHT = 32;

  private final EventLoop loop;
  private final SoakWork work;
  private final Duration duration;
  private final Semaphore permits = new Semaphore(IN_FLIGHT);
  private long given;
  private boolean allEnded;

  /** Fields of the loop's tasks; plain, because those run one at a time. */
  private long begun;

  private long ended;
  private boolean inOrder = true;
  private @Nullable Throwable failure;

  SoakThread(EventLoop loop, SoakWork work, Duration duration) {
    this.loop = loop;
    this.work = work;
    this.duration = duration;
  }

  @Override
  public void run() {
    long start = System.nanoTime();
    try {
      while (System.nanoTime() - start < duration.toNanos()) {
        permits.acquire();
        long number = given++;
        loop.execute(() -> perform(number));
      }
      allEnded = permits.tryAcquire(IN_FLIGHT, 30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      failure = e;
    }
  }

  private void perform(long number) {
    inOrder &= number == begun++;
    try {
      work.perform(number);
      ended++;
    } catch (Exception | AssertionError e) {
      failure = e;
    } finally {
      permits.release();
    }
  }

  long given() {
    return given;
  }

  void assertAllRanInOrder() {
    assertThat(failure).isNull();
    assertThat(allEnded).isTrue();
    assertThat(inOrder).isTrue();
    assertThat(ended).isEqualTo(given).isPositive();
  }
}
