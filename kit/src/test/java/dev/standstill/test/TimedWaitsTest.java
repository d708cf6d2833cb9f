package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.standstill.Event;
import dev.standstill.ThrowingRunnable;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.Exchanger;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each wait of the JDK that has a time limit, waiting in vain for an hour: it takes exactly that of
 * virtual time. An hour of real time would not go unnoticed.
 */
class TimedWaitsTest {

  private static final long HOUR = TimeUnit.HOURS.toMillis(1);
  private static final Duration ONE_HOUR = Duration.ofHours(1);

  @ParameterizedTest(name = "{0}")
  @MethodSource({"sleeps", "monitors", "locks", "queues", "synchronizers", "futures"})
  void takesExactlyItsVirtualTime(String name, ThrowingRunnable waitsAnHour) throws Exception {
    try (var _ = new CapturedLog();
        TestLoop loop = TestLoop.open()) {
      loop.run(waitsAnHour);

      assertThat(elapsed(loop)).isEqualTo(ONE_HOUR);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"sleeps", "monitors", "locks", "queues", "synchronizers", "futures"})
  void isDurablyBlockedUntilThen(String name, ThrowingRunnable waitsAnHour) throws Exception {
    try (var _ = new CapturedLog();
        TestLoop loop = TestLoop.open()) {
      var task = loop.spawn("waiter", waitsAnHour);

      loop.advance(ONE_HOUR.minusNanos(1));
      assertThat(loop.blocked())
          .filteredOn(blocked -> blocked.name().equals("waiter"))
          .singleElement()
          .matches(BlockedTask::isDurablyBlocked);

      loop.advance(Duration.ofNanos(1));
      assertThat(task.isDone()).isTrue();
      task.get();
    }
  }

  private static Duration elapsed(TestLoop loop) {
    return Duration.between(TestLoop.DEFAULT_START, loop.now());
  }

  private static Arguments wait(String name, ThrowingRunnable waitsAnHour) {
    return Arguments.of(name, waitsAnHour);
  }

  static Stream<Arguments> sleeps() {
    return Stream.of(
        wait("Thread.sleep(millis)", () -> Thread.sleep(HOUR)),
        wait("Thread.sleep(millis, nanos)", () -> sleepInTwoParts(999_999)),
        wait("Thread.sleep(Duration)", () -> Thread.sleep(ONE_HOUR)),
        wait("TimeUnit.sleep", () -> TimeUnit.HOURS.sleep(1)),
        wait("LockSupport.parkNanos", () -> LockSupport.parkNanos(ONE_HOUR.toNanos())),
        wait(
            "LockSupport.parkNanos(blocker)",
            () -> LockSupport.parkNanos(TimedWaitsTest.class, ONE_HOUR.toNanos())),
        wait("LockSupport.parkUntil", () -> LockSupport.parkUntil(inAnHour().toEpochMilli())),
        wait("Thread.join(millis)", () -> sleeper().join(HOUR)),
        wait("Thread.join(Duration)", () -> assertThat(sleeper().join(ONE_HOUR)).isFalse()),
        wait("TimeUnit.timedJoin", () -> TimeUnit.HOURS.timedJoin(sleeper(), 1)));
  }

  private static Instant inAnHour() {
    return Instant.now().plus(ONE_HOUR);
  }

  /** A task that sleeps for longer than any wait, and is interrupted when the loop closes. */
  private static Thread sleeper() {
    return Thread.ofVirtual().name("sleeper").start(() -> LockSupport.parkNanos(Long.MAX_VALUE));
  }

  private static void sleepInTwoParts(int nanos) throws InterruptedException {
    Thread.sleep(HOUR - 1, nanos);
    Thread.sleep(0, 1_000_000 - nanos);
  }

  static Stream<Arguments> monitors() {
    return Stream.of(
        wait("Object.wait(millis)", () -> waitIn(new Object(), HOUR, 0)),
        wait("Object.wait(millis, nanos), rounded up", () -> waitIn(new Object(), HOUR - 1, 1)));
  }

  private static void waitIn(Object monitor, long millis, int nanos) throws InterruptedException {
    synchronized (monitor) {
      monitor.wait(millis, nanos);
    }
  }

  static Stream<Arguments> locks() {
    return Stream.of(
        tryLock("ReentrantLock", new ReentrantLock()),
        tryLock("fair ReentrantLock", new ReentrantLock(true)),
        tryLock("read lock", new ReentrantReadWriteLock(), true),
        tryLock("write lock", new ReentrantReadWriteLock(), false),
        tryLock("StampedLock as write lock", new StampedLock().asWriteLock()),
        wait("StampedLock.tryReadLock", TimedWaitsTest::tryReadStamped),
        onCondition("await(time, unit)", c -> assertThat(c.await(1, TimeUnit.HOURS)).isFalse()),
        onCondition("awaitNanos", c -> assertThat(c.awaitNanos(ONE_HOUR.toNanos())).isZero()),
        onCondition("awaitUntil", c -> assertThat(c.awaitUntil(Date.from(inAnHour()))).isFalse()));
  }

  private static Arguments tryLock(String name, Lock lock) {
    return tryLock(name, lock, lock);
  }

  private static Arguments tryLock(String name, ReentrantReadWriteLock lock, boolean read) {
    return tryLock(name, lock.writeLock(), read ? lock.readLock() : lock.writeLock());
  }

  private static Arguments tryLock(String name, Lock held, Lock wanted) {
    return wait(
        name + ".tryLock",
        () -> {
          holdForLong(held::lock);
          assertThat(wanted.tryLock(1, TimeUnit.HOURS)).isFalse();
        });
  }

  private static void tryReadStamped() throws InterruptedException {
    var lock = new StampedLock();
    holdForLong(lock::writeLock);
    assertThat(lock.tryReadLock(1, TimeUnit.HOURS)).isZero();
  }

  private static void holdForLong(Runnable taking) {
    Thread.ofVirtual()
        .name("holder")
        .start(() -> {
          taking.run();
          LockSupport.parkNanos(Long.MAX_VALUE);
        });
    Thread.yield();
  }

  private interface Waiting<T> {
    void on(T what) throws Exception;
  }

  private static Arguments onCondition(String name, Waiting<Condition> waiting) {
    return wait(
        "Condition." + name,
        () -> {
          var lock = new ReentrantLock();
          lock.lock();
          waiting.on(lock.newCondition());
          lock.unlock();
        });
  }

  static Stream<Arguments> queues() {
    return Stream.of(
        poll("ArrayBlockingQueue", new ArrayBlockingQueue<>(1)),
        offer("ArrayBlockingQueue", new ArrayBlockingQueue<>(1)),
        poll("LinkedBlockingQueue", new LinkedBlockingQueue<>(1)),
        offer("LinkedBlockingQueue", new LinkedBlockingQueue<>(1)),
        poll("LinkedBlockingDeque", new LinkedBlockingDeque<>(1)),
        offer("LinkedBlockingDeque", new LinkedBlockingDeque<>(1)),
        poll("PriorityBlockingQueue", new PriorityBlockingQueue<>()),
        poll("LinkedTransferQueue", new LinkedTransferQueue<>()),
        wait(
            "LinkedTransferQueue.tryTransfer",
            () ->
                assertThat(new LinkedTransferQueue<String>().tryTransfer("x", 1, TimeUnit.HOURS))
                    .isFalse()),
        poll("SynchronousQueue", new SynchronousQueue<>()),
        wait(
            "SynchronousQueue.offer",
            () ->
                assertThat(new SynchronousQueue<String>().offer("x", 1, TimeUnit.HOURS)).isFalse()),
        wait("DelayQueue.poll, empty", () -> pollDelayed(Duration.ofHours(9), 1)),
        wait("DelayQueue.poll, delay within the limit", () -> pollDelayed(ONE_HOUR, 9)),
        wait("DelayQueue.take", () -> delayQueue(ONE_HOUR).take()));
  }

  private static Arguments poll(String name, BlockingQueue<String> queue) {
    return wait(name + ".poll", () -> assertThat(queue.poll(1, TimeUnit.HOURS)).isNull());
  }

  private static Arguments offer(String name, BlockingQueue<String> queue) {
    return wait(
        name + ".offer",
        () -> {
          queue.clear();
          queue.add("full now");
          assertThat(queue.offer("one more", 1, TimeUnit.HOURS)).isFalse();
        });
  }

  private record DueAt(long nanoTime) implements Delayed {
    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(nanoTime - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }

  private static DelayQueue<DueAt> delayQueue(Duration delay) {
    var queue = new DelayQueue<DueAt>();
    queue.add(new DueAt(System.nanoTime() + delay.toNanos()));
    return queue;
  }

  private static void pollDelayed(Duration delay, long limitHours) throws InterruptedException {
    DueAt polled = delayQueue(delay).poll(limitHours, TimeUnit.HOURS);
    assertThat(polled != null).isEqualTo(delay.toHours() <= limitHours);
  }

  static Stream<Arguments> synchronizers() {
    return Stream.of(
        wait(
            "CountDownLatch.await",
            () -> assertThat(new CountDownLatch(1).await(1, TimeUnit.HOURS)).isFalse()),
        wait(
            "Semaphore.tryAcquire",
            () -> assertThat(new Semaphore(0).tryAcquire(1, TimeUnit.HOURS)).isFalse()),
        wait(
            "fair Semaphore.tryAcquire(permits)",
            () -> assertThat(new Semaphore(1, true).tryAcquire(2, 1, TimeUnit.HOURS)).isFalse()),
        timesOut("CyclicBarrier.await", () -> new CyclicBarrier(2).await(1, TimeUnit.HOURS)),
        wait("CyclicBarrier.await, broken by another's time limit", TimedWaitsTest::breakBarrier),
        timesOut(
            "Phaser.awaitAdvanceInterruptibly",
            () -> new Phaser(1).awaitAdvanceInterruptibly(0, 1, TimeUnit.HOURS)),
        timesOut(
            "Exchanger.exchange", () -> new Exchanger<String>().exchange("x", 1, TimeUnit.HOURS)),
        timesOut("Event.await", () -> new Event().await(ONE_HOUR)));
  }

  private static void breakBarrier() {
    var barrier = new CyclicBarrier(3);
    Thread.startVirtualThread(() -> timeOut(() -> barrier.await(1, TimeUnit.HOURS)));
    assertThatExceptionOfType(BrokenBarrierException.class).isThrownBy(barrier::await);
  }

  private static Arguments timesOut(String name, ThrowingRunnable waiting) {
    return wait(name, () -> timeOut(waiting));
  }

  private static void timeOut(ThrowingRunnable waiting) {
    assertThatExceptionOfType(TimeoutException.class).isThrownBy(waiting::run);
  }

  static Stream<Arguments> futures() {
    return Stream.of(
        timesOut("FutureTask.get", () -> new FutureTask<>(() -> 1).get(1, TimeUnit.HOURS)),
        timesOut("CompletableFuture.get", () -> new CompletableFuture<>().get(1, TimeUnit.HOURS)),
        wait("CompletableFuture.orTimeout", TimedWaitsTest::orTimeout),
        wait(
            "CompletableFuture.completeOnTimeout",
            () ->
                assertThat(
                        new CompletableFuture<String>()
                            .completeOnTimeout("late", 1, TimeUnit.HOURS)
                            .join())
                    .isEqualTo("late")),
        wait(
            "CompletableFuture.delayedExecutor",
            () ->
                CompletableFuture.runAsync(
                        () -> {}, CompletableFuture.delayedExecutor(1, TimeUnit.HOURS))
                    .join()),
        wait(
            "CompletableFuture.delayedExecutor(executor)",
            () ->
                CompletableFuture.runAsync(
                        () -> {},
                        CompletableFuture.delayedExecutor(1, TimeUnit.HOURS, Runnable::run))
                    .join()));
  }

  private static void orTimeout() {
    assertThatExceptionOfType(java.util.concurrent.CompletionException.class)
        .isThrownBy(() -> new CompletableFuture<>().orTimeout(1, TimeUnit.HOURS).join())
        .withCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void theDriverSeesNoRealHourPass() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      long before = System.nanoTime();
      loop.run(() -> Thread.sleep(ONE_HOUR));

      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(ONE_HOUR);
    }
  }

  @Test
  void aThousandSleepsInARowTakeAThousandTimesAsLong() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      loop.run(() -> {
        for (int i = 0; i < 1000; i++) {
          Thread.sleep(ONE_HOUR);
        }
      });

      assertThat(elapsed(loop)).isEqualTo(ONE_HOUR.multipliedBy(1000));
    }
  }

  @Test
  void aWaitThatIsWokenEarlyTakesNoLongerThanThat() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      var queue = new LinkedBlockingQueue<String>();
      loop.schedule(() -> queue.add("early"), Duration.ofMinutes(1));

      assertThat(loop.run(() -> queue.poll(1, TimeUnit.HOURS))).isEqualTo("early");
      assertThat(elapsed(loop)).isEqualTo(Duration.ofMinutes(1));
    }
  }
}
