package dev.standstill.test.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.Event;
import dev.standstill.EventLoop;
import dev.standstill.Task;
import dev.standstill.TaskGroup;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What cancelling a task does, whatever the loop's time: it interrupts, and nothing else. */
abstract class CancellationContract {

  private final EventLoop loop = open();
  private final List<String> seen = new ArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  abstract EventLoop open();

  @AfterEach
  void close() {
    loop.close();
  }

  /** Code that blocks. */
  interface Blocking {
    void block() throws Exception;
  }

  private static Arguments at(String name, Blocking blocking) {
    return Arguments.of(name, blocking);
  }

  static Stream<Arguments> interruptible() {
    return Stream.of(
        at("Thread.sleep", () -> Thread.sleep(Duration.ofDays(1))),
        at("Thread.join", () -> Thread.startVirtualThread(CancellationContract::sleepOn).join()),
        at("Object.wait", CancellationContract::waitForNobody),
        at("Lock.lockInterruptibly", () -> lockOfAnother().lockInterruptibly()),
        at("Lock.tryLock", () -> lockOfAnother().tryLock(1, TimeUnit.DAYS)),
        at("Condition.await", CancellationContract::awaitNobody),
        at("BlockingQueue.take", () -> new LinkedBlockingQueue<String>().take()),
        at("BlockingQueue.put", CancellationContract::putIntoAFullQueue),
        at("Semaphore.acquire", () -> new Semaphore(0).acquire()),
        at("CountDownLatch.await", () -> new CountDownLatch(1).await()),
        at("CyclicBarrier.await", () -> new CyclicBarrier(2).await()),
        at("Exchanger.exchange", () -> new Exchanger<String>().exchange("")),
        at("CompletableFuture.get", () -> new CompletableFuture<String>().get()),
        at("FutureTask.get", () -> new FutureTask<>(() -> {}, null).get()),
        at("Event.await", () -> new Event().await()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("interruptible")
  void taskSeesItWhereItBlocks(String name, Blocking blocking) throws Exception {
    loop.run(() -> {
      Task<?> task = spawnRecording(blocking);
      Thread.yield(); // the task runs until it blocks
      task.cancel(true);
      ended.await();

      assertThat(task.isCancelled()).isTrue();
      assertThatThrownBy(task::get).isInstanceOf(CancellationException.class);
    });
    assertThat(seen).containsExactly("InterruptedException, status false");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("interruptible")
  void taskSeesItAtItsNextBlockingCallIfItCameBefore(String name, Blocking blocking)
      throws Exception {
    loop.run(() -> {
      Task<?> task =
          spawnRecording(() -> {
            while (!Thread.currentThread().isInterrupted()) {
              Thread.yield(); // computes
            }
            blocking.block();
          });
      Thread.yield();
      task.cancel(true);
      ended.await();
    });
    assertThat(seen).containsExactly("InterruptedException, status false");
  }

  /** Places that do not throw; each goes on once the gate is opened. */
  static Stream<Arguments> uninterruptible() {
    return Stream.of(
        Arguments.of("Semaphore.acquireUninterruptibly", new SemaphoreGate()),
        Arguments.of("Lock.lock", new LockGate()),
        Arguments.of("synchronized", new MonitorGate()),
        Arguments.of("CompletableFuture.join", new FutureGate()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("uninterruptible")
  void taskThatWaitsThereDoesNotSeeItAndKeepsTheStatus(String name, Gate gate) throws Exception {
    loop.run(() -> {
      gate.whileClosed(() -> {
        Task<?> task = spawnRecording(gate::pass);
        Thread.yield();
        task.cancel(true);
        Thread.yield();
        assertThat(seen).isEmpty();
      });
      ended.await();
    });
    assertThat(seen).containsExactly("passed, status true");
  }

  @Test
  void parkReturnsAndKeepsTheStatus() throws Exception {
    loop.run(() -> {
      Task<?> task = spawnRecording(LockSupport::park);
      Thread.yield();
      task.cancel(true);
      ended.await();
    });
    assertThat(seen).containsExactly("passed, status true");
  }

  @Test
  void socketThatATaskReadsFromIsClosed() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var client = new Socket(server.getInetAddress(), server.getLocalPort());
        var accepted = server.accept()) {
      loop.run(() -> {
        Task<?> task =
            loop.spawn(
                "reader",
                () -> {
                  try {
                    client.getInputStream().read();
                  } catch (SocketException e) {
                    seen.add(e.getMessage());
                  }
                  ended.countDown();
                });
        Thread.yield();
        task.cancel(true);
        ended.await();
      });
      assertThat(client.isClosed()).isTrue();
      assertThat(accepted.isClosed()).isFalse();
    }
    assertThat(seen).containsExactly("Closed by interrupt");
  }

  @Test
  void taskThatIsCancelledBeforeItStartsNeverStarts() throws Exception {
    loop.run(() -> {
      Task<?> task = loop.spawn("never", () -> seen.add("started"));
      task.cancel(true);
      Thread.yield();
      assertThat(task.isDone()).isTrue();
    });
    assertThat(seen).isEmpty();
  }

  @Test
  void taskThatIsCancelledWithoutInterruptGoesOnUnseen() throws Exception {
    loop.run(() -> {
      Task<?> task = spawnRecording(() -> Thread.sleep(5));
      Thread.yield();
      task.cancel(false);
      assertThat(task.isCancelled()).isTrue();
      ended.await();
    });
    assertThat(seen).containsExactly("passed, status false");
  }

  @Test
  void groupWaitsForATaskThatSwallowsIt() throws Exception {
    loop.run(() -> {
      try (var group = TaskGroup.open()) {
        group.spawn("stubborn", this::swallowTheInterrupt);
        Thread.yield();
        group.cancel();
        group.join();
        seen.add("group has ended");
      }
    });
    assertThat(seen).containsExactly("stubborn has ended", "group has ended");
  }

  @Test
  void closingTheLoopWaitsForATaskThatSwallowsIt() throws Exception {
    loop.run(() -> {
      loop.spawn("stubborn", this::swallowTheInterrupt);
      Thread.yield();
    });
    loop.close();
    assertThat(seen).containsExactly("stubborn has ended");
  }

  private void swallowTheInterrupt() throws InterruptedException {
    try {
      Thread.sleep(Duration.ofDays(1));
    } catch (InterruptedException swallowed) {
      Thread.sleep(10);
      seen.add("stubborn has ended");
    }
  }

  /** Starts a task that records how the call ended, and whether it is still interrupted. */
  private Task<?> spawnRecording(Blocking blocking) {
    return loop.spawn(
        "blocked",
        () -> {
          String outcome = "passed";
          try {
            blocking.block();
          } catch (Exception e) {
            outcome = e.getClass().getSimpleName();
          }
          seen.add(outcome + ", status " + Thread.interrupted());
          ended.countDown();
        });
  }

  private static void sleepOn() {
    LockSupport.park();
  }

  private static void waitForNobody() throws InterruptedException {
    Object monitor = new Object();
    synchronized (monitor) {
      monitor.wait();
    }
  }

  private static void awaitNobody() throws InterruptedException {
    var lock = new ReentrantLock();
    lock.lock();
    try {
      lock.newCondition().await();
    } finally {
      lock.unlock();
    }
  }

  private static void putIntoAFullQueue() throws InterruptedException {
    var queue = new ArrayBlockingQueue<String>(1);
    queue.put("fits");
    queue.put("does not fit");
  }

  /** A lock that stays locked, by a thread that has ended. */
  private static ReentrantLock lockOfAnother() {
    var lock = new ReentrantLock();
    Thread locking = Thread.startVirtualThread(lock::lock);
    while (locking.isAlive()) {
      Thread.yield();
    }
    return lock;
  }

  /** Something that can be waited for without being interruptible. */
  interface Gate {
    void pass();

    /** Runs {@code body} while nobody can pass. */
    void whileClosed(Blocking body) throws Exception;
  }

  private record SemaphoreGate(Semaphore semaphore) implements Gate {
    SemaphoreGate() {
      this(new Semaphore(0));
    }

    @Override
    public void pass() {
      semaphore.acquireUninterruptibly();
    }

    @Override
    public void whileClosed(Blocking body) throws Exception {
      body.block();
      semaphore.release();
    }
  }

  private record LockGate(ReentrantLock lock) implements Gate {
    LockGate() {
      this(new ReentrantLock());
    }

    @Override
    public void pass() {
      lock.lock();
      lock.unlock();
    }

    @Override
    public void whileClosed(Blocking body) throws Exception {
      lock.lock();
      try {
        body.block();
      } finally {
        lock.unlock();
      }
    }
  }

  private static final class MonitorGate implements Gate {
    private int passed;

    @Override
    public synchronized void pass() {
      passed++;
    }

    @Override
    public synchronized void whileClosed(Blocking body) throws Exception {
      body.block();
      assertThat(passed).isZero();
    }
  }

  private record FutureGate(CompletableFuture<String> future) implements Gate {
    FutureGate() {
      this(new CompletableFuture<>());
    }

    @Override
    public void pass() {
      future.join();
    }

    @Override
    public void whileClosed(Blocking body) throws Exception {
      body.block();
      future.complete("open");
    }
  }
}
