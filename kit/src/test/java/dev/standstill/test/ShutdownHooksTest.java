package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.standstill.ThrowingRunnable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** Shutdown hooks of tasks run on their loop when the run ends as a JVM does. */
class ShutdownHooksTest {

  private final List<String> log = new ArrayList<>();

  @Test
  void runWhenATaskExitsWhileTheOthersGoOn() {
    for (long seed = 0; seed < 20; seed++) {
      log.clear();
      try (TestLoop loop = TestLoop.builder().seed(seed).open()) {
        ReentrantLock store = new ReentrantLock();
        assertThatExceptionOfType(ExitException.class)
            .isThrownBy(() ->
                loop.run(() -> {
                  addHook("flush", () -> holding(store, () -> log.add("flushed")));
                  start("writer", () -> holding(store, this::write));
                  Thread.sleep(100);
                  log.add("exits");
                  System.exit(7);
                }))
            .returns(7, ExitException::status);
        assertThat(log).containsExactly("exits", "written", "flushed");
        assertThat(since(loop)).isEqualTo(Duration.ofMillis(500));
      }
    }
  }

  private void write() throws InterruptedException {
    Thread.sleep(500);
    log.add("written");
  }

  @Test
  void runWhenTheRunEndsByItselfWhileDaemonsGoOn() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      loop.run(() -> {
        CountDownLatch done = new CountDownLatch(1);
        Thread.ofPlatform()
            .daemon()
            .start(
                body(() -> {
                  Thread.sleep(2000);
                  done.countDown();
                }));
        addHook("first", () -> log.add("first of " + Thread.currentThread().getName()));
        addHook(
            "second",
            () -> {
              done.await();
              log.add("second");
            });
        start("worker", () -> Thread.sleep(1000));
      });
      assertThat(log).isEmpty();

      loop.runToExit();

      assertThat(log).containsExactly("first of first", "second");
      assertThat(since(loop)).isEqualTo(Duration.ofSeconds(2));
    }
  }

  @Test
  void thatWaitForALockOfWhoExitsAreADeadlock() {
    try (TestLoop loop = TestLoop.open()) {
      ReentrantLock store = new ReentrantLock();
      assertThatExceptionOfType(DeadlockException.class)
          .isThrownBy(() ->
              loop.run(() -> {
                addHook("flush", () -> holding(store, () -> log.add("flushed")));
                holding(store, () -> System.exit(0));
              }))
          .withMessageContaining("\"main\" is blocked on join of \"flush\"")
          .withMessageContaining("\"flush\" is blocked on a lock (ReentrantLock#1) of \"main\"");
    }
    assertThat(log).isEmpty();
  }

  @Test
  void thatExitThemselvesAreADeadlock() {
    try (TestLoop loop = TestLoop.open()) {
      assertThatExceptionOfType(DeadlockException.class)
          .isThrownBy(() ->
              loop.run(() -> {
                addHook("impatient", () -> System.exit(1));
                System.exit(0);
              }))
          .withMessageContaining("\"main\" is blocked on join of \"impatient\"")
          .withMessageContaining("\"impatient\" is blocked on a lock");
    }
  }

  @Test
  void canHalt() {
    try (TestLoop loop = TestLoop.open()) {
      assertThatExceptionOfType(ExitException.class)
          .isThrownBy(() ->
              loop.run(() -> {
                addHook("halts", () -> Runtime.getRuntime().halt(5));
                System.exit(0);
              }))
          .returns(5, ExitException::status);
    }
  }

  @Test
  void doNotRunWhenATaskHalts() {
    try (TestLoop loop = TestLoop.open()) {
      assertThatExceptionOfType(ExitException.class)
          .isThrownBy(() ->
              loop.run(() -> {
                addHook("hook", () -> log.add("ran"));
                Runtime.getRuntime().halt(3);
              }))
          .returns(3, ExitException::status);
    }
    assertThat(log).isEmpty();
  }

  @Test
  void areRegisteredOnceAndOnlyUntilTheyRun() {
    try (TestLoop loop = TestLoop.open()) {
      Runtime runtime = Runtime.getRuntime();
      assertThatExceptionOfType(ExitException.class)
          .isThrownBy(() ->
              loop.run(() -> {
                Thread hook = addHook("hook", () -> refusals(runtime));
                assertThatIllegalArgumentException()
                    .isThrownBy(() -> runtime.addShutdownHook(hook))
                    .withMessage("Hook previously registered");
                assertThatIllegalArgumentException()
                    .isThrownBy(() -> runtime.addShutdownHook(Thread.currentThread()))
                    .withMessage("Hook already running");
                Thread removed = addHook("removed", () -> log.add("removed"));
                assertThat(runtime.removeShutdownHook(removed)).isTrue();
                assertThat(runtime.removeShutdownHook(removed)).isFalse();
                System.exit(0);
              }));
    }
    assertThat(log).containsExactly("refused");
  }

  private void refusals(Runtime runtime) {
    assertThatIllegalStateException()
        .isThrownBy(() -> runtime.addShutdownHook(new Thread()))
        .withMessage("Shutdown in progress");
    assertThatIllegalStateException()
        .isThrownBy(() -> runtime.removeShutdownHook(new Thread()))
        .withMessage("Shutdown in progress");
    log.add("refused");
  }

  private static Duration since(TestLoop loop) {
    return Duration.between(TestLoop.DEFAULT_START, loop.now());
  }

  private static Thread addHook(String name, ThrowingRunnable body) {
    Thread hook = new Thread(body(body), name);
    Runtime.getRuntime().addShutdownHook(hook);
    return hook;
  }

  private static void start(String name, ThrowingRunnable body) {
    Thread thread = new Thread(body(body), name);
    thread.setDaemon(false);
    thread.start();
  }

  private static Runnable body(ThrowingRunnable body) {
    return () -> {
      try {
        body.run();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    };
  }

  private static void holding(ReentrantLock lock, ThrowingRunnable body) throws Exception {
    lock.lock();
    try {
      body.run();
    } finally {
      lock.unlock();
    }
  }
}
