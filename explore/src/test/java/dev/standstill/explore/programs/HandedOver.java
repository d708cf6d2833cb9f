package dev.standstill.explore.programs;

import static dev.standstill.explore.programs.Monitors.uninterrupted;
import static dev.standstill.explore.programs.Races.check;

import dev.standstill.Event;
import dev.standstill.EventLoop;
import dev.standstill.Task;
import dev.standstill.explore.programs.Ordered.Box;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;
import java.util.stream.IntStream;

/**
 * Programs in which one thread fills what is not made for threads and hands it over to another one,
 * each by other means.
 */
public final class HandedOver {

  private HandedOver() {}

  /** The action of a barrier sees what all have done, and all see what it has done. */
  public static void barrierAction() throws InterruptedException {
    Box[] boxes = {new Box(), new Box()};
    Box sum = new Box();
    CyclicBarrier barrier = new CyclicBarrier(2, () -> sum.value = boxes[0].value + boxes[1].value);
    Together.run(() -> fill(boxes[0], barrier, sum), () -> fill(boxes[1], barrier, sum));
  }

  private static void fill(Box own, CyclicBarrier barrier, Box sum) {
    try {
      own.fill(1);
      barrier.await();
      check(sum.value == 2, "sum " + sum.value);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** So does that of a phaser. */
  public static void phaserAction() throws InterruptedException {
    Box[] boxes = {new Box(), new Box()};
    Box sum = new Box();
    Phaser phaser =
        new Phaser(2) {
          @Override
          protected boolean onAdvance(int phase, int parties) {
            sum.value = boxes[0].value + boxes[1].value;
            return true;
          }
        };
    Together.run(() -> fill(boxes[0], phaser, sum), () -> fill(boxes[1], phaser, sum));
  }

  private static void fill(Box own, Phaser phaser, Box sum) {
    own.fill(1);
    phaser.arriveAndAwaitAdvance();
    check(sum.value == 2, "sum " + sum.value);
  }

  private static final class Cell {
    private static final AtomicReferenceFieldUpdater<Cell, Box> BOX =
        AtomicReferenceFieldUpdater.newUpdater(Cell.class, Box.class, "box");
    private static final AtomicIntegerFieldUpdater<Cell> FULL =
        AtomicIntegerFieldUpdater.newUpdater(Cell.class, "full");

    private volatile Box box;
    private volatile int full;
  }

  /** Fields that are volatile, and changed by updaters. */
  public static void updaters() throws InterruptedException {
    Cell cell = new Cell();
    Box counted = new Box();
    Together.run(
        () -> {
          Box made = new Box();
          made.fill(1);
          Cell.BOX.lazySet(cell, made);
          counted.fill(2);
          Cell.FULL.incrementAndGet(cell);
        },
        () -> {
          Box taken = Cell.BOX.getAndSet(cell, null);
          if (taken != null) {
            taken.checkFilled(1);
            taken.fill(3);
          }
          if (Cell.FULL.get(cell) == 1) {
            counted.checkFilled(2);
          }
        });
  }

  private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(Box[].class);
  private static final VarHandle FLAG = MethodHandles.arrayElementVarHandle(int[].class);

  /** Elements of arrays, as if they were volatile. */
  public static void volatileElements() throws InterruptedException {
    Box[] boxes = new Box[2];
    int[] flags = new int[2];
    AtomicReferenceArray<Box> atomic = new AtomicReferenceArray<>(2);
    Box flagged = new Box();
    Together.run(
        () -> {
          ELEMENT.setRelease(boxes, 1, filled(1));
          atomic.set(0, filled(2));
          flagged.fill(3);
          FLAG.setVolatile(flags, 0, 1);
        },
        () -> {
          Box element = (Box) ELEMENT.getAcquire(boxes, 1);
          Box other = atomic.getAndSet(0, null);
          if (element != null) {
            element.checkFilled(1);
          }
          if (other != null) {
            other.checkFilled(2);
            other.fill(4);
          }
          if ((int) FLAG.compareAndExchange(flags, 0, 1, 2) == 1) {
            flagged.checkFilled(3);
          }
        });
  }

  private static Box filled(int with) {
    Box box = new Box();
    box.fill(with);
    return box;
  }

  /** A stamp is as good as a lock, also one that has become another one. */
  public static void stampedLock() throws InterruptedException {
    StampedLock lock = new StampedLock();
    Box box = new Box();
    Runnable count =
        () -> {
          long stamp = lock.readLock();
          try {
            while (box.value < 2) {
              long writing = lock.tryConvertToWriteLock(stamp);
              if (writing == 0) {
                lock.unlockRead(stamp);
                stamp = lock.writeLock();
              } else {
                stamp = writing;
                box.value++;
              }
            }
          } finally {
            lock.unlock(stamp);
          }
        };
    Together.run(count, count);
    check(box.value == 2, "counted " + box.value);
  }

  /** A lock that is tried, and that is waited for no longer than that. */
  public static void triedLock() throws InterruptedException {
    ReentrantLock lock = new ReentrantLock();
    Box box = new Box();
    Runnable count =
        () ->
            uninterrupted(() -> {
              if (lock.tryLock() || lock.tryLock(1, TimeUnit.MINUTES)) {
                box.fill(box.value + 1);
                lock.unlock();
              }
            });
    Together.run(count, count, count);
    check(box.value == 3, "counted " + box.value);
  }

  /** Whoever sees that a thread is interrupted sees what was done before. */
  public static void isInterrupted() throws InterruptedException {
    Box box = new Box();
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              while (!Thread.currentThread().isInterrupted()) {
                Thread.yield();
              }
              box.checkFilled(1);
            });
    box.fill(1);
    thread.interrupt();
    thread.join();
  }

  /** The handler of a thread's failure runs on it, before it is seen to have ended. */
  public static void uncaught() throws InterruptedException {
    Box box = new Box();
    Thread thread =
        Thread.ofPlatform()
            .uncaughtExceptionHandler((failed, failure) -> box.fill(box.value + 1))
            .unstarted(() -> {
              box.fill(1);
              throw new IllegalStateException("meant");
            });
    thread.start();
    thread.join();
    box.checkFilled(2);
  }

  /** What a thread hands down to those that it starts. */
  public static void inherited() throws InterruptedException {
    InheritableThreadLocal<Box> boxes = new InheritableThreadLocal<>();
    boxes.set(filled(1));
    Thread thread =
        new Thread(() -> {
          boxes.get().checkFilled(1);
          boxes.get().fill(2);
        });
    thread.start();
    thread.join();
    boxes.get().checkFilled(2);
  }

  /** Results as they come. */
  public static void completionService() throws Exception {
    try (ExecutorService pool = Executors.newCachedThreadPool()) {
      CompletionService<Box> results = new ExecutorCompletionService<>(pool);
      results.submit(() -> filled(1));
      results.submit(() -> filled(1));
      results.take().get().checkFilled(1);
      results.poll(1, TimeUnit.HOURS).get().checkFilled(1);
    }
  }

  /** Queues that hold nothing, or nothing yet. */
  public static void rendezvous() throws InterruptedException {
    BlockingQueue<Box> direct = new SynchronousQueue<>();
    LinkedTransferQueue<Box> transfers = new LinkedTransferQueue<>();
    Together.run(
        () ->
            uninterrupted(() -> {
              direct.put(filled(1));
              transfers.transfer(filled(2));
            }),
        () ->
            uninterrupted(() -> {
              Box box = direct.take();
              box.checkFilled(1);
              box.fill(3);
              transfers.take().checkFilled(2);
            }));
  }

  private record Due(Box box, long at) implements Delayed {

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(at - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(at, ((Due) other).at);
    }
  }

  /** A queue that gives what is due. */
  public static void delays() throws InterruptedException {
    DelayQueue<Due> queue = new DelayQueue<>();
    long now = System.nanoTime();
    Runnable take = () -> uninterrupted(() -> queue.take().box.checkFilled(1));
    Together.run(
        () -> queue.put(new Due(filled(1), now + 2_000_000)),
        () -> queue.put(new Due(filled(1), now + 1_000_000)),
        take,
        take);
  }

  /** Stages that others complete, at once or when time is up. */
  public static void stages() throws Exception {
    CompletableFuture<Box> given = new CompletableFuture<>();
    CompletableFuture<Box> both =
        given
            .thenApplyAsync(HandedOver::filledOnce)
            .thenCombine(CompletableFuture.supplyAsync(() -> filled(1)), HandedOver::sum)
            .thenCompose(
                sum -> new CompletableFuture<Box>().completeOnTimeout(sum, 1, TimeUnit.SECONDS));
    new Thread(() -> given.complete(filled(1))).start();
    both.get().checkFilled(3);
  }

  private static Box filledOnce(Box box) {
    box.fill(box.value + 1);
    return box;
  }

  private static Box sum(Box one, Box other) {
    return filled(one.value + other.value);
  }

  /** A stream whose parts are worked on by several. */
  public static void parallelStream() {
    List<Box> boxes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      boxes.add(filled(1));
    }
    int sum =
        IntStream.range(0, 4).parallel().map(index -> filledOnce(boxes.get(index)).value).sum();
    check(sum == 8, "sum " + sum);
    boxes.forEach(box -> box.checkFilled(2));
  }

  /** Items that are published are seen one at a time, by one who asks for them. */
  public static void publisher() throws InterruptedException {
    Box seen = new Box();
    CountDownLatch done = new CountDownLatch(1);
    try (SubmissionPublisher<Box> publisher = new SubmissionPublisher<>()) {
      publisher.subscribe(
          new Flow.Subscriber<>() {
            private Flow.Subscription subscription;

            @Override
            public void onSubscribe(Flow.Subscription to) {
              subscription = to;
              to.request(1);
            }

            @Override
            public void onNext(Box box) {
              box.checkFilled(1);
              seen.fill(seen.value + 1);
              subscription.request(1);
            }

            @Override
            public void onError(Throwable failure) {
              throw new IllegalStateException(failure);
            }

            @Override
            public void onComplete() {
              done.countDown();
            }
          });
      publisher.submit(filled(1));
      publisher.submit(filled(1));
    }
    done.await();
    seen.checkFilled(2);
  }

  /** The event of a loop, and the result of a task. */
  public static void loop() throws Exception {
    EventLoop loop = EventLoop.current();
    Event filled = new Event();
    Box box = new Box();
    Task<Box> waiter =
        loop.spawn(
            "waiter",
            () -> {
              filled.await();
              box.checkFilled(1);
              return filled(2);
            });
    Task<?> filler =
        loop.spawn(
            "filler",
            () -> {
              box.fill(1);
              filled.set();
            });
    waiter.get().checkFilled(2);
    filler.get();
    box.fill(3);
  }

  private static final class Registry {
    private static final Box SHARED = new Box();

    static {
      count();
      count();
    }

    private static synchronized void count() {
      SHARED.fill(SHARED.value + 1);
    }
  }

  /** Code that cannot be preempted, as a class initialiser calls it, while others sleep. */
  public static void initialiser() throws InterruptedException {
    Runnable use =
        () ->
            uninterrupted(() -> {
              Thread.sleep(1);
              Registry.count();
              Thread.sleep(1);
              Registry.count();
            });
    Together.run(use, use);
  }
}
