package dev.standstill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Periodic callbacks in real time, on loops of each kind. */
class PeriodicCallbackTest {

  private static final Duration PERIOD = Duration.ofMillis(5);

  /** Turns come never early and on the grid; how late is the machine's affair. */
  private static void beats(EventLoop loop, boolean drive) throws Exception {
    var names = new LinkedBlockingQueue<String>();
    var moments = new LinkedBlockingQueue<Long>();
    var three = new CountDownLatch(3);
    var heartbeat =
        new PeriodicCallback(
            loop,
            "heartbeat",
            PERIOD,
            () -> {
              moments.add(System.nanoTime());
              names.add(Thread.currentThread().getName() + " on " + EventLoop.current().name());
              three.countDown();
            });
    long started = System.nanoTime();
    heartbeat.start();
    loop.schedule(() -> {}, Duration.ofDays(1)); // a timer that is not the next
    if (!drive) {
      three.await();
    } else {
      loop.run(() -> three.await());
    }
    heartbeat.close();

    assertThat(names).containsOnly("heartbeat on " + loop.name()).hasSizeGreaterThanOrEqualTo(3);
    int turn = 1;
    for (long moment : moments) {
      assertThat(moment - started).isGreaterThanOrEqualTo(turn++ * PERIOD.toNanos());
    }
    assertThat(heartbeat.isRunning()).isFalse();
  }

  @Test
  void beatOnALoopOfItsOwnThread() throws Exception {
    try (EventLoop loop = EventLoop.start("own")) {
      beats(loop, false);
    }
  }

  @Test
  void beatOnTheLoopOfACaller() throws Exception {
    try (EventLoop loop = EventLoop.open("caller")) {
      beats(loop, true);
    }
  }

  @Test
  void beatOnAHost() throws Exception {
    try (var executor = Executors.newSingleThreadScheduledExecutor();
        EventLoop loop = EventLoop.on(ExecutorHost.of(executor))) {
      beats(loop, false);
    }
  }

  @Test
  void aFailureGoesToTheHandlerAndTheNextTurnComes() throws Exception {
    try (EventLoop loop = EventLoop.start("own")) {
      var failures = new LinkedBlockingQueue<String>();
      loop.setUncaughtExceptionHandler((thread, e) -> {
        failures.add(thread.getName() + ": " + e.getMessage());
        throw new IllegalStateException("the handler fails, too");
      });
      var turns = new AtomicInteger();
      try (var log = new LogRecords();
          var poll =
              new PeriodicCallback(
                  loop,
                  "poll",
                  PERIOD,
                  () -> {
                    throw new IllegalStateException("turn " + turns.incrementAndGet());
                  })) {
        poll.start();

        assertThat(failures.take()).isEqualTo("poll: turn 1");
        assertThat(failures.take()).isEqualTo("poll: turn 2");
        assertThat(poll.isRunning()).isTrue();
        assertThat(log.take().getMessage()).contains("The handler of uncaught exceptions failed");
      }
    }
  }

  @Test
  void theCloseOfTheLoopEndsItQuietly() throws Exception {
    var begun = new CountDownLatch(1);
    try (var log = new LogRecords()) {
      PeriodicCallback stuck;
      try (EventLoop loop = EventLoop.start("own")) {
        stuck =
            new PeriodicCallback(
                loop,
                "stuck",
                PERIOD,
                () -> {
                  begun.countDown();
                  Thread.sleep(Duration.ofDays(1));
                });
        stuck.start();
        begun.await();
      }

      assertThat(stuck.isRunning()).isFalse();
      assertThat(log.messages()).isEmpty();
      assertThatThrownBy(stuck::start).isInstanceOf(RejectedExecutionException.class);
    }
  }
}
