package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** {@link TestLoop#runToExit} ends when a JVM would. */
class RunToExitTest {

  private final List<String> ended = new ArrayList<>();

  @Test
  void threadsAreWaitedForThatAreNoDaemons() {
    try (TestLoop loop = TestLoop.open()) {
      loop.spawn(() -> start("thread", false, Duration.ofHours(1)));
      loop.runReady();

      loop.runToExit();

      assertThat(ended).containsExactly("thread");
      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plus(Duration.ofHours(1)));
    }
  }

  @Test
  void daemonsAndVirtualThreadsAreNot() {
    try (TestLoop loop = TestLoop.open()) {
      loop.spawn(() -> {
        start("daemon", true, Duration.ofHours(1));
        Thread.startVirtualThread(() -> sleep("virtual", Duration.ofHours(1)));
        start("thread", false, Duration.ofMinutes(1));
      });
      loop.runReady();

      loop.runToExit();

      assertThat(ended).containsExactly("thread");
    }
  }

  @Test
  void threadThatIsBlockedForEverIsDeadlock() {
    try (TestLoop loop = TestLoop.open()) {
      var gate = new CountDownLatch(1);
      loop.spawn(() -> {
        Thread stuck = new Thread(() -> await(gate), "stuck");
        stuck.setDaemon(false);
        stuck.start();
      });
      loop.runReady();

      assertThatThrownBy(loop::runToExit)
          .isInstanceOf(DeadlockException.class)
          .hasMessageContaining("\"stuck\" is blocked on a latch");
    }
  }

  private void start(String name, boolean daemon, Duration duration) {
    Thread thread = new Thread(() -> sleep(name, duration), name);
    thread.setDaemon(daemon);
    thread.start();
  }

  private void sleep(String name, Duration duration) {
    try {
      Thread.sleep(duration);
      ended.add(name);
    } catch (InterruptedException e) {
      // The loop is closed.
    }
  }

  private static void await(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      // The loop is closed.
    }
  }
}
