package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.standstill.Task;
import dev.standstill.ThrowingRunnable;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Time never jumps over outside work, and the report says for whom it waits. Here outside are real
 * loopback sockets and platform threads that are not the loop's.
 *
 * <p>What is to be waited for happens only after the loop was seen to wait: the driver's limit of
 * real time is reached first, and then the outside is let go.
 */
class OutsideWorkTest {

  private static final Duration MOMENT = Duration.ofMillis(20);

  private final TestLoop loop = TestLoop.builder().realTimeLimit(MOMENT).open();
  private final List<String> log = new ArrayList<>();

  /** Some tests leave tasks that wait, and the loop says so. */
  @AfterEach
  void close() {
    try (var _ = new CapturedLog()) {
      loop.close();
    }
  }

  /**
   * Spawns a task that waits for what is outside and one that sleeps for an hour, and sees that no
   * call moves time.
   */
  private Task<Void> timeStandsStillFor(String what, ThrowingRunnable waiting) {
    Task<Void> waiter = loop.spawn("waiter", waiting);
    loop.spawn(
        "sleeper",
        () -> {
          Thread.sleep(Duration.ofHours(1));
          log.add("time has jumped");
        });
    String sentence = "task \"waiter\" waits for " + what;
    List<ThrowingRunnable> calls =
        List.of(
            loop::runUntilBlocked,
            () -> loop.advance(Duration.ofHours(1)),
            loop::advanceToNextTimer,
            loop::runUntilIdle,
            () -> loop.run(() -> Thread.sleep(1)));
    for (ThrowingRunnable call : calls) {
      assertThatExceptionOfType(OutsideWaitException.class)
          .isThrownBy(call::run)
          .withMessageStartingWith(
              "TestLoop \"test\" waited PT0.02S of real time for what is outside of it, its limit: "
                  + sentence);
    }
    assertThat(log).isEmpty();
    assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START);
    return waiter;
  }

  private void waitsDurably(String name, boolean durably) {
    assertThat(loop.blocked())
        .filteredOn(task -> task.name().equals(name))
        .singleElement()
        .returns(durably, BlockedTask::isDurablyBlocked);
  }

  private void runsToItsEnd(Task<Void> waiter) throws Exception {
    while (!waiter.isDone()) {
      try {
        loop.runUntilBlocked();
      } catch (OutsideWaitException e) {
        // the outside is let go, but this machine is slow
      }
    }
    waiter.get();
    assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START);
  }

  @Test
  void aSocketIsWaitedFor() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var client = new Socket(server.getInetAddress(), server.getLocalPort());
        var peer = server.accept()) {
      InputStream input = client.getInputStream();
      Task<Void> waiter =
          timeStandsStillFor("a socket", () -> assertThat(input.read()).isEqualTo(42));
      waitsDurably("waiter", false);
      assertThat(loop.blocked().getFirst().on()).isEqualTo(BlockedOn.SOCKET);
      assertThat(loop.blocked().getFirst().outside()).isEqualTo("a socket");
      waitsDurably("sleeper", true);

      peer.getOutputStream().write(42);
      runsToItsEnd(waiter);
    }
  }

  @Test
  void aSocketThatAcceptsIsWaitedFor() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Task<Void> waiter = timeStandsStillFor("a socket", () -> server.accept().close());

      new Socket(server.getInetAddress(), server.getLocalPort()).close();
      runsToItsEnd(waiter);
    }
  }

  @Test
  void aBlockingChannelIsWaitedFor() throws Exception {
    try (var server =
            ServerSocketChannel.open()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        var client = SocketChannel.open(server.getLocalAddress());
        var peer = server.accept()) {
      Task<Void> waiter =
          timeStandsStillFor(
              "a socket", () -> assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(1));

      peer.write(ByteBuffer.wrap(new byte[] {1}));
      runsToItsEnd(waiter);
    }
  }

  @Test
  void theTimeOutOfASocketReallyPassesAndThenOnTheLoop() throws Exception {
    try (TestLoop patient = TestLoop.open();
        var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var client = new Socket(server.getInetAddress(), server.getLocalPort())) {
      client.setSoTimeout(20);
      long before = System.nanoTime();

      patient.run(() ->
          assertThatExceptionOfType(SocketTimeoutException.class)
              .isThrownBy(() -> client.getInputStream().read()));

      assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(MOMENT);
      assertThat(patient.now()).isEqualTo(TestLoop.DEFAULT_START.plusMillis(20));
    }
  }

  @Test
  void tasksThatTalkOverASocketNeedNoHelpFromOutside() throws Exception {
    try (TestLoop patient = TestLoop.open();
        var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int answer =
          patient.run(() -> {
            patient.spawn("server", () -> answerOne(server));
            try (var client = new Socket(server.getInetAddress(), server.getLocalPort())) {
              client.getOutputStream().write(20);
              return client.getInputStream().read();
            }
          });

      assertThat(answer).isEqualTo(21);
    }
  }

  private static void answerOne(ServerSocket server) throws Exception {
    try (Socket peer = server.accept()) {
      peer.getOutputStream().write(peer.getInputStream().read() + 1);
    }
  }

  @Test
  void aLockOfAnOutsideThreadIsWaitedFor() throws Exception {
    var lock = new ReentrantLock();
    try (var owner = OutsideThread.that("owner", lock::lock, lock::unlock)) {
      Task<Void> waiter =
          timeStandsStillFor("thread \"owner\", which is not the loop's", lock::lock);
      assertThat(loop.blocked().getFirst().owner()).isSameAs(owner.thread());

      owner.go();
      runsToItsEnd(waiter);
    }
  }

  @Test
  void aWriteLockOfAnOutsideThreadIsWaitedFor() throws Exception {
    var lock = new ReentrantReadWriteLock();
    try (var owner =
        OutsideThread.that("owner", lock.writeLock()::lock, lock.writeLock()::unlock)) {
      Task<Void> waiter =
          timeStandsStillFor("thread \"owner\", which is not the loop's", lock.readLock()::lock);

      owner.go();
      runsToItsEnd(waiter);
    }
  }

  @Test
  void aMonitorOfAnOutsideThreadIsWaitedFor() throws Exception {
    var monitor = new Object();
    var entered = new CountDownLatch(1);
    var leave = new CountDownLatch(1);
    try (var owner =
        OutsideThread.that(
            "owner",
            () -> {
              synchronized (monitor) {
                entered.countDown();
                leave.await();
              }
            })) {
      owner.go();
      entered.await();
      Task<Void> waiter =
          timeStandsStillFor(
              "a monitor that no task of the loop owns",
              () -> {
                synchronized (monitor) {
                  log.add("entered");
                }
                log.clear();
              });

      leave.countDown();
      runsToItsEnd(waiter);
    }
  }

  @Test
  void theEndOfAnOutsideThreadIsWaitedFor() throws Exception {
    try (var ending = OutsideThread.that("ending", () -> {})) {
      Task<Void> waiter =
          timeStandsStillFor(
              "thread \"ending\", which is not the loop's", () -> ending.thread().join());

      ending.go();
      runsToItsEnd(waiter);
    }
  }

  @Test
  void theEndOfAVirtualThreadOfNoLoopIsWaitedFor() throws Exception {
    var end = new CountDownLatch(1);
    Thread ending = Thread.ofVirtual().name("ending").start(() -> await(end));
    Task<Void> waiter =
        timeStandsStillFor("the end of a thread that is not the loop's", ending::join);

    end.countDown();
    runsToItsEnd(waiter);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aFutureThatAnOutsideThreadComputesIsWaitedFor() throws Exception {
    var computing = new CountDownLatch(1);
    var finish = new CountDownLatch(1);
    var future =
        new FutureTask<>(() -> {
          computing.countDown();
          finish.await();
          return null;
        });
    try (var worker = OutsideThread.that("worker", future::run)) {
      worker.go();
      computing.await();
      Task<Void> waiter =
          timeStandsStillFor("thread \"worker\", which is not the loop's", () -> future.get());

      finish.countDown();
      runsToItsEnd(waiter);
    }
  }

  @Test
  void threadsThatEndAtAnyMomentAreAlwaysWaitedFor() throws Exception {
    try (TestLoop patient = TestLoop.open()) {
      for (int i = 0; i < 300; i++) {
        Thread ending = Thread.ofPlatform().start(() -> {});
        patient.run(() -> ending.join());
      }
    }
  }

  @Test
  void locksThatAreReleasedAtAnyMomentAreAlwaysWaitedFor() throws Exception {
    var lock = new ReentrantLock();
    try (TestLoop patient = TestLoop.open()) {
      for (int i = 0; i < 300; i++) {
        try (var owner = OutsideThread.that("owner", lock::lock, lock::unlock)) {
          patient.run(() -> {
            owner.go();
            lock.lock();
            lock.unlock();
          });
        }
      }
    }
  }

  @Test
  void monitorsThatAreLeftAtAnyMomentAreAlwaysWaitedFor() throws Exception {
    try (TestLoop patient = TestLoop.open()) {
      for (int i = 0; i < 300; i++) {
        var monitor = new Object();
        var entered = new CountDownLatch(1);
        try (var owner = OutsideThread.that("owner", () -> enter(monitor, entered))) {
          owner.go();
          entered.await();
          patient.run(() -> enter(monitor, entered));
        }
      }
    }
  }

  private static void enter(Object monitor, CountDownLatch entered) {
    synchronized (monitor) {
      entered.countDown();
    }
  }

  @Test
  void anyoneMayHoldTimeStill() throws Exception {
    TestLoop.TimeHold hold = loop.holdTime("waiting for the broker");
    loop.spawn("sleeper", () -> Thread.sleep(Duration.ofHours(1)));

    loop.runUntilBlocked();
    assertThatExceptionOfType(OutsideWaitException.class)
        .isThrownBy(() -> loop.advance(Duration.ofSeconds(1)))
        .withMessageContaining("its limit: time is held: waiting for the broker.");
    assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START);

    hold.close();
    loop.advance(Duration.ofSeconds(1));
    assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plusSeconds(1));
  }

  @Test
  void holdsAreCountedAndListedInEveryReport() throws Exception {
    TestLoop.TimeHold first = loop.holdTime("first");
    TestLoop.TimeHold second = loop.holdTime("second");
    assertThat(loop.report()).contains("time is held (first; second)");

    first.close();
    first.close();
    assertThat(loop.report()).contains("time is held (second)");
    assertThatExceptionOfType(OutsideWaitException.class)
        .isThrownBy(() -> loop.run(() -> Thread.sleep(1)))
        .withMessageContaining("time is held: second");

    second.close();
    assertThat(loop.report()).doesNotContain("held");
  }

  @Test
  void whileTimeIsHeldNothingCountsAsADeadlock() throws Exception {
    var answer = new LinkedBlockingQueue<String>();
    try (TestLoop patient = TestLoop.open();
        var broker = OutsideThread.that("broker", () -> answer.add("sent"))) {
      String received =
          patient.run(() -> {
            try (var _ = patient.holdTime("waiting for the broker")) {
              broker.go();
              return answer.take();
            }
          });

      assertThat(received).isEqualTo("sent");
    }
  }

  @Test
  void whenAHoldIsLetGoTimeMovesToTheTimerThatIsNextByThen() throws Exception {
    List<Duration> seen = new ArrayList<>();
    try (TestLoop patient = TestLoop.open()) {
      TestLoop.TimeHold hold = patient.holdTime("waiting for the broker");
      try (var broker =
          OutsideThread.that(
              "broker",
              () -> {
                patient.schedule(() -> seen.add(elapsed(patient)), Duration.ofSeconds(1));
                hold.close();
              })) {
        patient.run(() -> {
          broker.go();
          Thread.sleep(Duration.ofSeconds(10));
          seen.add(elapsed(patient));
        });
      }
    }

    assertThat(seen).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(10));
  }

  private static Duration elapsed(TestLoop of) {
    return Duration.between(TestLoop.DEFAULT_START, of.now());
  }
}
