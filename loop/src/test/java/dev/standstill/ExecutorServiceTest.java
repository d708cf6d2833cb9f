package dev.standstill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A loop as the {@code ExecutorService} that it is. */
class ExecutorServiceTest {

  private final EventLoop loop = EventLoop.start("app");
  private final List<String> events = new ArrayList<>();

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void runsSubmittedWork() throws Exception {
    assertThat(loop.submit(() -> 42).get()).isEqualTo(42);
    assertThat(loop.submit(() -> events.add("ran"), "given").get()).isEqualTo("given");
    assertThat(events).containsExactly("ran");
  }

  @Test
  void runsAllThatItIsAskedToAndReturnsWhenAllAreDone() throws Exception {
    List<Callable<Integer>> bodies = List.of(() -> 1, () -> 2, () -> 3);
    assertThat(loop.invokeAll(bodies)).extracting(Future::resultNow).containsExactly(1, 2, 3);
    assertThat(loop.<Integer>run(() -> loop.invokeAll(bodies).size())).isEqualTo(3);
  }

  @Test
  void returnsTheFirstResultOfSeveralAndCancelsTheRest() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    Callable<String> slow =
        () -> {
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
          return "slow";
        };
    assertThat(loop.invokeAny(List.of(slow, () -> "fast"))).isEqualTo("fast");
    interrupted.await();
  }

  @Test
  void finishesWhatWasSubmittedBeforeItWasShutDown() throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    Future<Boolean> submitted = loop.submit(awaiting(latch));
    loop.shutdown();
    assertThat(loop.isShutdown()).isTrue();
    assertThat(loop.isTerminated()).isFalse();
    assertThat(loop.awaitTermination(1, TimeUnit.MILLISECONDS)).isFalse();
    latch.countDown();
    assertThat(loop.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(loop.isTerminated()).isTrue();
    assertThat(submitted.get()).isTrue();
  }

  @Test
  void interruptsWhatRunsWhenItIsShutDownNow() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    Task<?> task =
        loop.spawn(
            "waiter",
            () -> {
              running.countDown();
              new CountDownLatch(1).await();
            });
    running.await();
    assertThat(loop.shutdownNow()).isEmpty();
    assertThat(loop.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(task).isCancelled();
  }

  @Test
  void drivesWhatIsLeftWhileAnOpenedLoopIsWaitedFor() throws Exception {
    EventLoop opened = EventLoop.open("opened");
    opened.execute(() -> events.add("ran"));
    while (events.isEmpty()) {
      assertThat(opened.awaitTermination(1, TimeUnit.MILLISECONDS)).isFalse();
    }
    assertThat(events).containsExactly("ran");
    opened.shutdown();
    assertThat(opened.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void waitsForItsEndNoLongerThanAskedWhileAnotherThreadDrives() throws Exception {
    EventLoop opened = EventLoop.open("opened");
    var driver = Threads.start("driver", opened::runForever).awaitWaiting();
    assertThat(opened.awaitTermination(20, TimeUnit.MILLISECONDS)).isFalse();
    opened.shutdown();
    driver.get();
    assertThat(opened.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }

  private static Callable<Boolean> awaiting(CountDownLatch latch) {
    return () -> {
      latch.await();
      return true;
    };
  }
}
