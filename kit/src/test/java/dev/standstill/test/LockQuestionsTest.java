package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.ThrowingRunnable;
import java.io.Serial;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.AbstractQueuedLongSynchronizer;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.Test;

/** Locks, and all that is built like them, tell of the threads that the program knows. */
class LockQuestionsTest {

  /** A lock that tells all. */
  private static final class OpenLock extends ReentrantLock {
    @Serial private static final long serialVersionUID = 1;

    OpenLock(boolean fair) {
      super(fair);
    }

    @Override
    protected Thread getOwner() {
      return super.getOwner();
    }

    @Override
    protected Collection<Thread> getQueuedThreads() {
      return super.getQueuedThreads();
    }

    @Override
    protected Collection<Thread> getWaitingThreads(Condition condition) {
      return super.getWaitingThreads(condition);
    }
  }

  /** A read-write lock that tells all. */
  private static final class OpenReadWriteLock extends ReentrantReadWriteLock {
    @Serial private static final long serialVersionUID = 1;

    OpenReadWriteLock(boolean fair) {
      super(fair);
    }

    @Override
    protected Thread getOwner() {
      return super.getOwner();
    }

    @Override
    protected Collection<Thread> getQueuedReaderThreads() {
      return super.getQueuedReaderThreads();
    }

    @Override
    protected Collection<Thread> getQueuedWriterThreads() {
      return super.getQueuedWriterThreads();
    }
  }

  /** A semaphore that tells all. */
  private static final class OpenSemaphore extends Semaphore {
    @Serial private static final long serialVersionUID = 1;

    OpenSemaphore() {
      super(0, true);
    }

    @Override
    protected Collection<Thread> getQueuedThreads() {
      return super.getQueuedThreads();
    }
  }

  /** A mutex with a condition, of the program's own. */
  private static final class Mutex extends AbstractQueuedSynchronizer {
    @Serial private static final long serialVersionUID = 1;

    @Override
    protected boolean tryAcquire(int ignored) {
      boolean free = compareAndSetState(0, 1);
      if (free) {
        setExclusiveOwnerThread(Thread.currentThread());
      }
      return free;
    }

    @Override
    protected boolean tryRelease(int ignored) {
      setExclusiveOwnerThread(null);
      setState(0);
      return true;
    }

    @Override
    protected boolean isHeldExclusively() {
      return getExclusiveOwnerThread() == Thread.currentThread();
    }

    Collection<Thread> waiting(ConditionObject condition) {
      return getWaitingThreads(condition);
    }
  }

  /** The same with a long state. */
  private static final class LongMutex extends AbstractQueuedLongSynchronizer {
    @Serial private static final long serialVersionUID = 1;

    @Override
    protected boolean tryAcquire(long ignored) {
      return compareAndSetState(0, 1);
    }

    @Override
    protected boolean tryRelease(long ignored) {
      setState(0);
      return true;
    }

    @Override
    protected boolean isHeldExclusively() {
      return getState() == 1;
    }

    Collection<Thread> waiting(ConditionObject condition) {
      return getWaitingThreads(condition);
    }
  }

  @Test
  void aLockTellsWhoHoldsItAndWhoIsInLine() throws Exception {
    for (boolean fair : List.of(true, false)) {
      Schedules.runOnEach(() -> {
        OpenLock lock = new OpenLock(fair);
        lock.lock();
        Thread waiter = start("waiter", () -> inside(lock, () -> {}));

        assertThat(lock.getOwner()).isSameAs(Thread.currentThread());
        assertThat(lock.isHeldByCurrentThread()).isTrue();
        assertThat(lock.toString()).endsWith("[Locked by thread main]");
        assertThat(lock.hasQueuedThread(waiter)).isTrue();
        assertThat(lock.hasQueuedThread(Thread.currentThread())).isFalse();
        assertThat(lock.getQueuedThreads()).containsExactly(waiter);

        lock.unlock();
        waiter.join();
        assertThat(lock.hasQueuedThreads()).isFalse();
        assertThat(lock.getOwner()).isNull();
        return null;
      });
    }
  }

  @Test
  void aLockBelongsToTheThreadThatTookIt() throws Exception {
    Schedules.runOnEach(() -> {
      OpenLock lock = new OpenLock(false);
      lock.lock();
      Thread other =
          start(
              "other",
              () -> {
                assertThat(lock.isHeldByCurrentThread()).isFalse();
                assertThat(lock.tryLock()).isFalse();
                assertThatThrownBy(lock::unlock).isInstanceOf(IllegalMonitorStateException.class);
                assertThat(Thread.holdsLock(lock)).isFalse();
                synchronized (lock) {
                  assertThat(Thread.holdsLock(lock)).isTrue();
                }
              });
      other.join();
      lock.lock();
      assertThat(lock.getHoldCount()).isEqualTo(2);
      return null;
    });
  }

  @Test
  void aConditionTellsWhoWaits() throws Exception {
    Schedules.runOnEach(() -> {
      OpenLock lock = new OpenLock(false);
      Condition condition = lock.newCondition();
      Thread waiter = start("waiter", () -> inside(lock, condition::await));

      lock.lock();
      assertThat(lock.hasWaiters(condition)).isTrue();
      assertThat(lock.getWaitingThreads(condition)).containsExactly(waiter);
      condition.signal();
      assertThat(lock.hasWaiters(condition)).isFalse();
      assertThat(lock.hasQueuedThread(waiter)).isTrue();
      lock.unlock();
      waiter.join();
      return null;
    });
  }

  @Test
  void aReadWriteLockTellsItsReadersAndWriters() throws Exception {
    for (boolean fair : List.of(true, false)) {
      Schedules.runOnEach(() -> {
        OpenReadWriteLock lock = new OpenReadWriteLock(fair);
        lock.writeLock().lock();
        Thread writer = start("writer", () -> inside(lock.writeLock(), () -> {}));
        Thread reader = start("reader", () -> inside(lock.readLock(), () -> {}));

        assertThat(lock.getOwner()).isSameAs(Thread.currentThread());
        assertThat(lock.isWriteLockedByCurrentThread()).isTrue();
        assertThat(lock.writeLock().toString()).endsWith("[Locked by thread main]");
        assertThat(lock.hasQueuedThread(writer)).isTrue();
        assertThat(lock.hasQueuedThread(reader)).isTrue();
        assertThat(lock.getQueuedWriterThreads()).containsExactly(writer);
        assertThat(lock.getQueuedReaderThreads()).containsExactly(reader);

        lock.writeLock().unlock();
        writer.join();
        reader.join();
        return null;
      });
    }
  }

  @Test
  void readersAreCountedEachForItself() throws Exception {
    Schedules.runOnEach(() -> {
      ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
      List<Integer> holds = new ArrayList<>();
      Thread[] readers = new Thread[3];
      for (int i = 0; i < readers.length; i++) {
        int times = i + 1;
        readers[i] =
            start(
                "reader-" + i,
                () -> {
                  for (int time = 0; time < times; time++) {
                    lock.readLock().lock();
                    Thread.sleep(1);
                  }
                  holds.add(lock.getReadHoldCount());
                  for (int time = 0; time < times; time++) {
                    lock.readLock().unlock();
                    Thread.sleep(1);
                  }
                  holds.add(lock.getReadHoldCount());
                });
      }
      for (Thread reader : readers) {
        reader.join();
      }
      assertThat(holds).containsExactlyInAnyOrder(0, 0, 0, 1, 2, 3);
      assertThat(lock.getReadLockCount()).isZero();
      return null;
    });
  }

  @Test
  void aSemaphoreTellsWhoWaits() throws Exception {
    Schedules.runOnEach(() -> {
      OpenSemaphore semaphore = new OpenSemaphore();
      Thread waiter = start("waiter", semaphore::acquire);

      assertThat(semaphore.getQueuedThreads()).containsExactly(waiter);
      semaphore.release();
      waiter.join();
      return null;
    });
  }

  @Test
  void synchronizersOfTheProgramTellWhoWaits() throws Exception {
    Schedules.runOnEach(() -> {
      Mutex mutex = new Mutex();
      AbstractQueuedSynchronizer.ConditionObject condition = mutex.new ConditionObject();
      mutex.acquire(1);
      Thread first = start("first", () -> mutex.acquire(1));
      Thread second = start("second", () -> mutex.acquireInterruptibly(1));

      assertThat(mutex.isQueued(first)).isTrue();
      assertThat(mutex.isQueued(second)).isTrue();
      assertThat(mutex.getFirstQueuedThread()).isSameAs(first);
      assertThat(mutex.getExclusiveQueuedThreads()).containsExactlyInAnyOrder(first, second);
      assertThat(mutex.hasQueuedPredecessors()).isTrue();

      mutex.release(1);
      first.join();
      assertThat(mutex.hasQueuedPredecessors()).isTrue();
      mutex.release(1);
      second.join();
      mutex.release(1);

      Thread waiter = start("waiter", () -> within(mutex, condition));
      mutex.acquire(1);
      assertThat(mutex.waiting(condition)).containsExactly(waiter);
      condition.signalAll();
      mutex.release(1);
      waiter.join();
      return null;
    });
  }

  private static void within(Mutex mutex, Condition condition) throws InterruptedException {
    mutex.acquire(1);
    condition.await();
    mutex.release(1);
  }

  @Test
  void synchronizersWithALongStateDoSo() throws Exception {
    Schedules.runOnEach(() -> {
      LongMutex mutex = new LongMutex();
      AbstractQueuedLongSynchronizer.ConditionObject condition = mutex.new ConditionObject();
      Thread waiter =
          start(
              "waiter",
              () -> {
                mutex.acquire(1);
                condition.await();
                mutex.release(1);
              });
      mutex.acquire(1);
      Thread queued = start("queued", () -> mutex.acquire(1));

      assertThat(mutex.isQueued(queued)).isTrue();
      assertThat(mutex.waiting(condition)).containsExactly(waiter);
      mutex.release(1);
      queued.join();
      condition.signal();
      mutex.release(1);
      waiter.join();
      return null;
    });
  }

  @Test
  void anInterruptReachesAThreadThatWaitsForALock() throws Exception {
    Schedules.runOnEach(() -> {
      List<String> log = new ArrayList<>();
      ReentrantLock lock = new ReentrantLock();
      lock.lock();
      Thread waiter =
          new Thread(() -> {
            lock.lock();
            log.add("interrupted " + Thread.currentThread().isInterrupted());
            lock.unlock();
          });
      waiter.start();
      Thread.sleep(1);
      waiter.interrupt();
      Thread.sleep(1);
      lock.unlock();
      waiter.join();
      assertThat(log).containsExactly("interrupted true");
      return null;
    });
  }

  @Test
  void cancellingAFutureCallsTheInterruptOfTheThreadsClass() throws Exception {
    Schedules.runOnEach(() -> {
      List<String> log = new ArrayList<>();
      FutureTask<?> future =
          new FutureTask<>(() -> {
            Thread.sleep(1000);
            return null;
          });
      Thread thread =
          new Thread(future) {
            @Override
            public void interrupt() {
              log.add("closes the socket");
              super.interrupt();
            }
          };
      thread.start();
      Thread.sleep(1);
      assertThat(future.cancel(true)).isTrue();
      thread.join();
      assertThat(log).containsExactly("closes the socket");
      return null;
    });
  }

  @Test
  void theBlockerOfAThreadIsWhatItParksOn() throws Exception {
    Schedules.runOnEach(() -> {
      List<Object> own = new ArrayList<>();
      Thread thread =
          new Thread(() -> {
            own.add(String.valueOf(LockSupport.getBlocker(Thread.currentThread())));
            LockSupport.park("the blocker");
          });
      assertThat(LockSupport.getBlocker(thread)).isNull();
      thread.start();
      Thread.sleep(1);
      assertThat(LockSupport.getBlocker(thread)).isEqualTo("the blocker");
      LockSupport.unpark(thread);
      thread.join();
      assertThat(LockSupport.getBlocker(thread)).isNull();
      assertThat(own).containsExactly("null");
      return null;
    });
  }

  @Test
  void aHolderThatHasEndedIsStillNamed() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      OpenLock lock = new OpenLock(false);
      Callable<Void> forgetsToUnlock =
          () -> {
            start("holder", lock::lock).join();
            lock.lock();
            return null;
          };

      assertThatThrownBy(() -> loop.run(forgetsToUnlock))
          .isInstanceOf(DeadlockException.class)
          .hasMessageContaining("\"holder\"");
    }
  }

  private static void inside(Lock lock, ThrowingRunnable body) throws Exception {
    lock.lock();
    try {
      body.run();
    } finally {
      lock.unlock();
    }
  }

  /** Starts a platform thread and lets it come to where it waits. */
  private static Thread start(String name, ThrowingRunnable body) throws InterruptedException {
    Thread thread =
        new Thread(
            () -> {
              try {
                body.run();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            },
            name);
    thread.start();
    Thread.sleep(1);
    return thread;
  }
}
