package dev.standstill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ExecutorHostTest {

  @Test
  void refusesAPool() {
    try (var pool = Executors.newScheduledThreadPool(2)) {
      assertThatThrownBy(() -> ExecutorHost.of(pool))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("java.util.concurrent.ScheduledThreadPoolExecutor@")
          .hasMessageEndingWith(
              "is a pool, and a loop needs the one thread that all its tasks run on: give it an executor with one, such as Executors.newSingleThreadScheduledExecutor().");
    }
    try (var pool = new ForkJoinPool(1)) {
      assertThatThrownBy(() -> ExecutorHost.of(pool)).hasMessageContaining("is a pool");
    }
  }

  @Test
  void refusesAnEventLoop() {
    try (EventLoop loop = EventLoop.start("own")) {
      assertThatThrownBy(() -> ExecutorHost.of(loop))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("EventLoop \"own\" is an event loop already: use it as it is.");
    }
  }

  @Test
  void refusesAnExecutorThatIsShutDown() {
    ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    executor.shutdown();
    assertThatThrownBy(() -> ExecutorHost.of(executor))
        .isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void takesAnyExecutorWithOneThread() throws Exception {
    try (var single = new ScheduledThreadPoolExecutor(1)) {
      assertThat(EventLoop.on(ExecutorHost.of(single)).run(() -> 42)).isEqualTo(42);
    }
  }

  @Test
  void takesTheThreadThatReplacesOneWhichHasEnded() throws Exception {
    try (var single = new ScheduledThreadPoolExecutor(1)) {
      single.setKeepAliveTime(1, TimeUnit.MILLISECONDS);
      single.allowCoreThreadTimeOut(true);
      EventLoop loop = EventLoop.on(ExecutorHost.of(single));
      Thread first = single.submit(Thread::currentThread).get();
      first.join();
      assertThat(loop.run(() -> 42)).isEqualTo(42);
    }
  }

  @Test
  void aPoolInDisguiseLosesItsLoop() throws Exception {
    var busy = new CountDownLatch(1);
    try (var log = new LogRecords();
        var pool = new ScheduledThreadPoolExecutor(1);
        AutoCloseable _ = busy::countDown) {
      EventLoop loop = EventLoop.on(ExecutorHost.of(pool));
      Thread first = pool.submit(Thread::currentThread).get();
      pool.setCorePoolSize(2);
      occupy(pool, first, busy);

      assertThatThrownBy(() -> runUntilRefused(loop))
          .isInstanceOf(RejectedExecutionException.class)
          .hasMessageMatching(
              ".* is closed: it was closed by its host .*, which is a pool: it used thread \"pool-.*\" though it has another\\. Open a new one\\.");
      busy.countDown();
      loop.close();
      assertThat(log.messages()).isNotEmpty();
    }
  }

  /** Gives that thread of the pool something to do until {@code end}. */
  private static void occupy(Executor pool, Thread thread, CountDownLatch end) {
    var occupied = new AtomicBoolean();
    while (!occupied.get()) {
      pool.execute(() -> {
        if (Thread.currentThread() == thread) {
          occupied.set(true);
          await(end);
        }
      });
      Thread.yield();
    }
  }

  private static void runUntilRefused(EventLoop loop) throws Exception {
    while (true) {
      loop.run(() -> Thread.sleep(1));
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anExecutorOfVirtualThreadsLosesItsLoop() {
    try (var log = new LogRecords();
        var executor = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory())) {
      EventLoop loop = EventLoop.on(ExecutorHost.of(executor));
      assertThatThrownBy(() -> loop.run(() -> 1))
          .isInstanceOf(RejectedExecutionException.class)
          .hasMessageContaining(
              "which has virtual threads, and these can carry no others. Open a new one.");
      assertThat(log.messages()).isNotEmpty();
    }
  }
}
