package dev.standstill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@link EventLoop#runForever} and {@link EventLoop#stop}. */
class RunForeverTest {

  private final EventLoop loop = EventLoop.open("server");

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void servesOtherThreadsUntilOneOfThemStopsIt() throws Exception {
    var driver = Threads.start("driver", loop::runForever).awaitWaiting();
    assertThat(loop.<String>spawn("task", () -> "served").get()).isEqualTo("served");
    assertThat(driver.isDone()).isFalse();
    loop.stop();
    driver.get();
  }

  @Test
  void isStoppedByATask() throws Exception {
    loop.spawn("stopper", loop::stop);
    loop.runForever();
  }

  @Test
  void returnsAtOnceIfItWasStoppedBeforehand() throws Exception {
    loop.stop();
    loop.runForever();
  }

  @Test
  void goesOnWithTheTasksThatTheLastRunHasLeft() throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    Task<String> waiter =
        loop.spawn(
            "waiter",
            () -> {
              latch.await();
              loop.stop();
              return "went on";
            });
    loop.execute(loop::stop);
    loop.runForever();
    assertThat(waiter.isDone()).isFalse();
    latch.countDown();
    loop.runForever();
    assertThat(waiter.resultNow()).isEqualTo("went on");
  }

  @Test
  void letsOtherThreadsRunTheirOwnMeanwhile() throws Exception {
    var driver = Threads.start("driver", loop::runForever).awaitWaiting();
    assertThat(loop.<Integer>run(() -> 42)).isEqualTo(42);
    loop.stop();
    driver.get();
  }

  @Test
  void throwsWhenItsThreadIsInterrupted() throws Exception {
    var driver = Threads.start("driver", loop::runForever).awaitWaiting();
    driver.thread().interrupt();
    assertThatThrownBy(driver::get).hasCauseInstanceOf(InterruptedException.class);
  }

  @Test
  void returnsWhenAnotherThreadClosesTheLoop() throws Exception {
    var driver = Threads.start("driver", loop::runForever).awaitWaiting();
    loop.spawn("waiter", () -> new CountDownLatch(1).await());
    loop.close();
    driver.get();
    assertThat(loop.isTerminated()).isTrue();
  }

  @Test
  void returnsWhenATaskClosesTheLoop() throws Exception {
    loop.spawn("waiter", () -> new CountDownLatch(1).await());
    loop.spawn("closer", loop::close);
    loop.runForever();
    assertThat(loop.isTerminated()).isTrue();
  }

  @Test
  void isRefusedOnceTheLoopIsClosed() {
    loop.close();
    assertThatThrownBy(loop::runForever)
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageStartingWith("EventLoop \"server\" is closed: it was closed by ");
  }

  @Test
  void isRefusedToATaskOfTheLoop() throws Exception {
    Task<?> task = loop.spawn("task", loop::runForever);
    loop.run(() -> {});
    assertThatThrownBy(task::get)
        .cause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("was called from task \"task\", which runs on this loop \"server\"");
  }

  @Test
  void isRefusedOnALoopThatHasAThreadOfItsOwn() {
    try (EventLoop started = EventLoop.start("own")) {
      assertThatThrownBy(started::runForever)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "EventLoop \"own\" runs on a thread of its own already: hand work to it with"
                  + " spawn().");
      assertThatThrownBy(started::stop)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("EventLoop \"own\" runs on a thread of its own until it ends with close().");
    }
  }
}
