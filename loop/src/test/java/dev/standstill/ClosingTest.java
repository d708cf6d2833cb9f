package dev.standstill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.standstill.jdk.VirtualThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class ClosingTest {

  private static final Duration SHORT = Duration.ofMillis(50);

  private final List<String> events = new ArrayList<>();

  @Test
  void interruptsTheTasksThatAreLeftAndWaitsForThem() throws Exception {
    EventLoop loop = EventLoop.open("app");
    Task<?> task = loop.spawn("waiter", this::waitAndCleanUp);
    loop.run(() -> {});
    loop.close();
    assertThat(events).containsExactly("interrupted", "cleaned up");
    assertThat(task).isCancelled();
    assertThat(loop.isTerminated()).isTrue();
  }

  @Test
  void interruptsVirtualThreadsThatTasksHaveStarted() throws Exception {
    EventLoop loop = EventLoop.open("app");
    loop.run(() -> Thread.startVirtualThread(this::waitAndCleanUpUnchecked));
    loop.run(() -> {});
    loop.close();
    assertThat(events).containsExactly("interrupted", "cleaned up");
  }

  private void waitAndCleanUp() throws InterruptedException {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      events.add("interrupted");
      Thread.sleep(1);
      events.add("cleaned up");
    }
  }

  private void waitAndCleanUpUnchecked() {
    try {
      waitAndCleanUp();
    } catch (InterruptedException e) {
      events.add("interrupted twice");
    }
  }

  @Test
  void neverRunsATaskThatHasNotStarted() {
    EventLoop loop = EventLoop.open("app");
    Task<?> task = loop.spawn("never", () -> events.add("ran"));
    loop.close();
    assertThat(task).isCancelled();
    assertThat(events).isEmpty();
  }

  @Test
  void cancelsWhatIsScheduled() {
    EventLoop loop = EventLoop.open("app");
    Future<?> once = loop.schedule(() -> events.add("ran"), Duration.ofHours(1));
    Future<?> again = loop.scheduleAtFixedRate(() -> events.add("ran"), 1, 1, TimeUnit.HOURS);
    loop.close();
    assertThat(once).isCancelled();
    assertThat(again).isCancelled();
  }

  @Test
  void doesNothingTheSecondTime() {
    EventLoop loop = EventLoop.open("app");
    loop.close();
    loop.close();
    assertThat(loop.isTerminated()).isTrue();
  }

  @Test
  void endsTheThreadOfTheLoop() throws Exception {
    for (int round = 0; round < 200; round++) {
      EventLoop loop = EventLoop.start("own");
      Thread carrier = loop.run(VirtualThreads::currentCarrier);
      assertThat(carrier.getName()).isEqualTo("own");
      loop.close();
      assertThat(carrier.isAlive()).isFalse();
    }
  }

  @Test
  void isRefusedByNothingThoughManyThreadsCloseAtOnce() throws Exception {
    for (int round = 0; round < 50; round++) {
      EventLoop loop = EventLoop.start("own");
      var one = Threads.start("one", loop::close);
      var other = Threads.start("other", loop::close);
      one.get();
      other.get();
      assertThat(loop.isTerminated()).isTrue();
    }
  }

  @Test
  void doesNotWaitWhenATaskOfTheLoopCloses() throws Exception {
    EventLoop loop = EventLoop.open("app");
    loop.run(() -> {
      loop.close();
      events.add("went on");
    });
    assertThat(events).containsExactly("went on");
    loop.close();
    assertThat(loop.isTerminated()).isTrue();
  }

  @Test
  void worksOnAVirtualThreadWhenNoTaskIsLeft() throws Exception {
    Throwable[] thrown = {null};
    Runnable openAndClose = () -> EventLoop.open("virtual").close();
    Thread.ofVirtual().start(() -> thrown[0] = catchThrowable(openAndClose::run)).join();
    assertThat(thrown[0]).isNull();
  }

  @Test
  void isRefusedToAVirtualThreadThatWouldHaveToDriveWhatIsLeft() throws Exception {
    EventLoop loop = EventLoop.open("app");
    loop.spawn("left", () -> {});
    Throwable[] thrown = {null};
    Thread.ofVirtual().name("request").start(() -> thrown[0] = catchThrowable(loop::close)).join();
    assertThat(thrown[0])
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("EventLoop \"app\" cannot be run by virtual thread \"request\"");
    loop.close();
    assertThat(loop.isTerminated()).isTrue();
  }

  @Test
  void keepsAnInterruptForTheCaller() throws Exception {
    try (LogRecords log = new LogRecords();
        Stubborn task = new Stubborn()) {
      EventLoop loop = RealTimeLoop.open("app", Duration.ofHours(1));
      loop.spawn("stubborn", task);
      loop.run(() -> {});
      Thread.currentThread().interrupt();
      loop.close();
      assertThat(Thread.interrupted()).isTrue();
      assertThat(log.messages()).hasSize(1);
    }
  }

  @Test
  void refusesWorkAfterwardsAndSaysWhoClosedTheLoop() throws Exception {
    EventLoop loop = EventLoop.open("app");
    loop.spawn("shutdown", () -> loop.close());
    loop.runForever();
    assertRefused(() -> loop.spawn("late", () -> {}));
    assertRefused(() -> loop.execute(() -> {}));
    assertRefused(() -> loop.submit(() -> {}));
    assertRefused(() -> loop.schedule(() -> {}, Duration.ZERO));
    assertRefused(() -> loop.scheduleAtFixedRate(() -> {}, 1, 1, TimeUnit.SECONDS));
    assertRefused(() -> loop.scheduleWithFixedDelay(() -> {}, 1, 1, TimeUnit.SECONDS));
  }

  private static void assertRefused(Runnable handOver) {
    assertThatThrownBy(handOver::run)
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageMatching(
            "EventLoop \"app\" is closed: it was closed by task \"shutdown\" \\(.*\\.java:\\d+\\)\\."
                + " Open a new one\\.");
  }

  @Test
  void reportsATaskThatRefusesToEndByNameAndStack() throws Exception {
    try (LogRecords log = new LogRecords();
        Stubborn task = new Stubborn()) {
      EventLoop loop = RealTimeLoop.open("app", SHORT);
      loop.spawn("stubborn", task);
      loop.run(() -> {});
      loop.close();
      assertReportsStubborn(log.take());
      assertThat(loop.isTerminated()).isTrue();
    }
  }

  @Test
  void reportsATaskThatNeverLetsGoOfTheThreadOfItsLoop() throws Exception {
    try (LogRecords log = new LogRecords()) {
      CompletableFuture<Void> begun = new CompletableFuture<>();
      CompletableFuture<Void> end = new CompletableFuture<>();
      EventLoop loop = RealTimeLoop.open("app", SHORT);
      var driver = Threads.start("driver", () -> loop.run(() -> Stubborn.spin(begun, end)));
      begun.join();
      loop.close();
      assertThat(log.take().getMessage()).contains("is incomplete: it tells of 1,");
      assertThat(log.take().getMessage())
          .startsWith("EventLoop \"app\" was closed, but these tasks did not end within 50 ms")
          .contains("\"main\"", "Stubborn.spin");
      end.complete(null);
      driver.get();
    }
  }

  @Test
  void waitsAsLongAsIsSetForTasksToEnd() throws Exception {
    try (LogRecords log = new LogRecords();
        Stubborn task = new Stubborn()) {
      EventLoop loop = EventLoop.start("app");
      loop.setGrace(Duration.ZERO);
      loop.spawn("stubborn", task);
      loop.run(() -> {});
      loop.close();
      assertThat(log.take().getMessage())
          .startsWith(
              "EventLoop \"app\" was closed, but these tasks did not end within 0 s of being");
    }
  }

  @Test
  void refusesToWaitForLessThanNothing() {
    try (EventLoop loop = EventLoop.open("app")) {
      assertThatThrownBy(() -> loop.setGrace(Duration.ofNanos(-1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "Closing cannot wait for less than nothing: the grace has to be 0 or more, not PT-0.000000001S");
    }
  }

  @Test
  void reportsNothingWhenAllTasksEnd() throws Exception {
    try (LogRecords log = new LogRecords()) {
      try (EventLoop loop = EventLoop.start("app")) {
        loop.spawn("waiter", this::waitAndCleanUp);
      }
      assertThat(log.messages()).isEmpty();
    }
  }

  private static void assertReportsStubborn(LogRecord record) {
    assertThat(record.getMessage())
        .startsWith(
            "EventLoop \"app\" was closed, but these tasks did not end within 50 ms of being"
                + " interrupted:")
        .contains("\"stubborn\"", "at dev.standstill.Stubborn.run(Stubborn.java:");
  }

  @Test
  void leavesThoseAloneWhoWakeATaskThatRefusedToEnd() throws Exception {
    try (LogRecords log = new LogRecords()) {
      ReentrantLock lock = new ReentrantLock();
      EventLoop loop = RealTimeLoop.open("app", SHORT);
      lock.lock();
      loop.spawn("stubborn", lock::lock);
      loop.run(() -> {});
      loop.close();
      assertThat(log.messages()).hasSize(1);
      assertThatCode(lock::unlock).doesNotThrowAnyException();
    }
  }

  /**
   * The JVM has one thread that hands monitors to virtual threads; losing it would stop them all.
   */
  @Test
  void leavesTheJvmAloneWhenATaskThatRefusedToEndGetsItsMonitor() throws Exception {
    try (LogRecords log = new LogRecords()) {
      Object monitor = new Object();
      EventLoop loop = RealTimeLoop.open("app", SHORT);
      synchronized (monitor) {
        var driver = Threads.start("driver", () -> runAndLeave(loop, () -> enter(monitor)));
        driver.get();
        loop.close();
      }
      assertThat(log.messages()).hasSize(1);
      assertThat(monitorsAreStillHandedOver()).isTrue();
    }
  }

  private static void runAndLeave(EventLoop loop, ThrowingRunnable task) throws Exception {
    loop.spawn("stubborn", task);
    loop.run(() -> {});
  }

  private static void enter(Object monitor) {
    synchronized (monitor) {
      Thread.onSpinWait();
    }
  }

  private static boolean monitorsAreStillHandedOver() throws InterruptedException {
    Object monitor = new Object();
    Thread waiter;
    synchronized (monitor) {
      waiter = Thread.ofVirtual().start(() -> enter(monitor));
      while (waiter.getState() != Thread.State.BLOCKED) {
        Thread.onSpinWait();
      }
    }
    return waiter.join(Duration.ofSeconds(20));
  }
}
