package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.standstill.ThrowingRunnable;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An interrupt of the driver ends the call that drives, so that a time limit of JUnit's works. */
class InterruptedDriverTest {

  private final Thread driver = Thread.currentThread();
  private final TestLoop loop = TestLoop.builder().leaks(Leaks.IGNORE).open();

  @AfterEach
  void close() {
    Thread.interrupted();
    loop.close();
  }

  private void endsInterrupted(ThrowingRunnable driving) {
    assertThatExceptionOfType(DriverInterruptedException.class)
        .isThrownBy(driving::run)
        .withMessageStartingWith(
            "Thread \"%s\" was interrupted while it drove %s.%n", driver.getName(), loop);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aDriverThatIsInterruptedAlreadyRunsNothing() {
    loop.spawn("never", () -> {});
    driver.interrupt();
    endsInterrupted(loop::runReady);
    assertThat(loop.slices()).isZero();
  }

  @Test
  void anInterruptWhileATaskIsMountedIsNotLost() {
    loop.spawn(
        "interrupts",
        () -> {
          driver.interrupt();
          Thread.yield();
          Thread.sleep(Duration.ofHours(1));
        });
    endsInterrupted(loop::runUntilIdle);
    assertThat(loop.slices()).isOne();
  }

  /**
   * The outsider is joined, because {@code Thread.interrupt} wakes the thread first and then closes
   * the channel that it is blocked on at that moment: it could be that of the next test.
   */
  @Test
  void anInterruptEndsAWaitForWhatIsOutside() throws Exception {
    Thread outsider =
        new Thread(() -> {
          while (driver.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
          }
          driver.interrupt();
        });
    outsider.start();
    try (var _ = loop.holdTime("the test")) {
      endsInterrupted(() -> loop.advance(Duration.ofSeconds(1)));
    }
    outsider.join();
  }

  @Test
  void theMessageShowsWhatIsBlocked() {
    loop.spawn("waiter", () -> new CountDownLatch(1).await());
    loop.spawn("interrupts", driver::interrupt);
    assertThatExceptionOfType(DriverInterruptedException.class)
        .isThrownBy(() -> loop.run(() -> Thread.sleep(1)))
        .withMessageContaining("\"waiter\" is blocked on");
  }

  @Test
  void theLoopCanBeDrivenOn() {
    StringBuilder log = new StringBuilder();
    loop.spawn(
        "interrupts",
        () -> {
          driver.interrupt();
          Thread.sleep(1);
          log.append("done");
        });
    endsInterrupted(loop::runUntilIdle);
    loop.runUntilIdle();
    assertThat(log).hasToString("done");
  }

  @Test
  void closingGoesOnToItsEndAndLeavesTheInterruptToTheCaller() {
    StringBuilder log = new StringBuilder();
    loop.spawn(
        "sleeper",
        () -> {
          try {
            Thread.sleep(Duration.ofHours(1));
          } finally {
            log.append("cleaned up");
          }
        });
    loop.runUntilBlocked();
    driver.interrupt();
    loop.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(log).hasToString("cleaned up");
  }
}
