package dev.standstill.probe;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.standstill.agent.Loop;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Exchanger;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;

/** Prints how often each timed wait of the JDK asked the clock of the loop. */
public final class TimedWaits {

  private TimedWaits() {}

  public static void main(String[] arguments) throws Exception {
    Loop.tick = Duration.ofHours(1).toNanos();
    Loop.open();
    for (Map.Entry<String, Callable<?>> wait : waits().entrySet()) {
      int before = Loop.reads.get();
      Loop.call(() -> timeOut(wait.getValue()));
      System.out.println(wait.getKey() + "=" + (Loop.reads.get() - before));
    }
  }

  private static Object timeOut(Callable<?> wait) throws Exception {
    try {
      return wait.call();
    } catch (TimeoutException e) {
      return e;
    }
  }

  private static Map<String, Callable<?>> waits() throws Exception {
    Lock lock = lockedElsewhere(new ReentrantLock());
    Lock readWrite = lockedElsewhere(new ReentrantReadWriteLock().writeLock());
    Lock stamped = lockedElsewhere(new StampedLock().asWriteLock());
    Map<String, Callable<?>> waits = new LinkedHashMap<>();
    waits.put("Thread.sleep", TimedWaits::sleep);
    waits.put(
        "Thread.join",
        () -> Thread.startVirtualThread(LockSupport::park).join(Duration.ofMillis(1)));
    waits.put("ReentrantLock", () -> lock.tryLock(1, MILLISECONDS));
    waits.put("ReadWriteLock", () -> readWrite.tryLock(1, MILLISECONDS));
    waits.put("StampedLock", () -> stamped.tryLock(1, MILLISECONDS));
    waits.put("Condition", TimedWaits::await);
    waits.put("Semaphore", () -> new Semaphore(0).tryAcquire(1, MILLISECONDS));
    waits.put("CountDownLatch", () -> new CountDownLatch(1).await(1, MILLISECONDS));
    waits.put("CyclicBarrier", () -> new CyclicBarrier(2).await(1, MILLISECONDS));
    waits.put("Phaser", () -> new Phaser(2).awaitAdvanceInterruptibly(0, 1, MILLISECONDS));
    waits.put("Exchanger", () -> new Exchanger<>().exchange(1, 1, MILLISECONDS));
    waits.put("ArrayBlockingQueue", () -> new ArrayBlockingQueue<>(1).poll(1, MILLISECONDS));
    waits.put("LinkedBlockingDeque", () -> new LinkedBlockingDeque<>().poll(1, MILLISECONDS));
    waits.put("PriorityBlockingQueue", () -> new PriorityBlockingQueue<>().poll(1, MILLISECONDS));
    waits.put("SynchronousQueue", () -> new SynchronousQueue<>().poll(1, MILLISECONDS));
    waits.put("LinkedTransferQueue", () -> new LinkedTransferQueue<>().poll(1, MILLISECONDS));
    waits.put("DelayQueue", () -> new DelayQueue<>().poll(1, MILLISECONDS));
    waits.put("FutureTask", () -> new FutureTask<>(() -> 1).get(1, MILLISECONDS));
    waits.put("CompletableFuture", () -> new CompletableFuture<>().get(1, MILLISECONDS));
    waits.put("ExecutorService", TimedWaits::awaitTermination);
    return waits;
  }

  private static Object sleep() throws InterruptedException {
    Thread.sleep(1);
    return "slept";
  }

  private static boolean await() throws InterruptedException {
    Lock lock = new ReentrantLock();
    Condition condition = lock.newCondition();
    lock.lock();
    try {
      return condition.await(1, MILLISECONDS);
    } finally {
      lock.unlock();
    }
  }

  private static boolean awaitTermination() throws InterruptedException {
    ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    executor.execute(LockSupport::park);
    executor.shutdown();
    try {
      return executor.awaitTermination(1, MILLISECONDS);
    } finally {
      executor.shutdownNow();
    }
  }

  private static Lock lockedElsewhere(Lock lock) throws InterruptedException {
    Thread.ofPlatform().start(lock::lock).join();
    return lock;
  }
}
