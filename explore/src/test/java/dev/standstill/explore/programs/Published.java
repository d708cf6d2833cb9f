package dev.standstill.explore.programs;

import static dev.standstill.explore.programs.Monitors.uninterrupted;
import static dev.standstill.explore.programs.Races.check;

import dev.standstill.explore.programs.Ordered.Box;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;

/** Programs that hand over an object that is not made for threads in ways that are. */
public final class Published {

  private Published() {}

  private static final class Flagged {
    private final Box box = new Box();
    private volatile boolean ready;
  }

  /** A flag that is volatile. */
  public static void volatileFlag() throws InterruptedException {
    Flagged flagged = new Flagged();
    Together.run(
        () -> {
          while (!flagged.ready) {
            Thread.onSpinWait();
          }
          flagged.box.checkFilled(1);
        },
        () -> {
          flagged.box.fill(1);
          flagged.ready = true;
        });
  }

  private static final class Lazy {
    private static volatile Lazy instance;
    private final Box box = new Box();

    static Lazy get() {
      Lazy known = instance;
      if (known == null) {
        synchronized (Lazy.class) {
          known = instance;
          if (known == null) {
            known = new Lazy();
            known.box.fill(1);
            instance = known;
          }
        }
      }
      return known;
    }
  }

  /** Double-checked locking as it should be. */
  public static void doubleCheckedLocking() throws InterruptedException {
    Lazy.instance = null;
    Runnable use = () -> Lazy.get().box.checkFilled(1);
    Together.run(use, use);
  }

  private static final class Single {
    private static final Single INSTANCE = new Single();
    private static final Map<String, Integer> SIZES = new HashMap<>(Map.of("a", 1));
    private static int size;
    private int value = 3;

    static {
      fill();
    }

    private static void fill() {
      size = 2;
    }
  }

  /** A class is initialised once, before anybody uses it. */
  public static void classInitialisation() throws InterruptedException {
    Runnable use =
        () -> {
          check(Single.size == 2, "half of it");
          check(Single.INSTANCE.value == 3 && Single.SIZES.get("a") == 1, "half of it");
        };
    Together.run(use, use, use);
  }

  private static final class Fixed {
    private final int[] values;
    private final Map<String, Integer> map = new HashMap<>();

    Fixed() {
      values = new int[] {1, 2};
      map.put("a", 1);
    }
  }

  /** Final fields need nothing else. */
  public static void finalFields() throws InterruptedException {
    AtomicReference<Fixed> handed = new AtomicReference<>();
    Runnable read =
        () -> {
          Fixed fixed = handed.get();
          check(fixed == null || fixed.values[1] == 2 && fixed.map.get("a") == 1, "half of it");
        };
    Together.run(() -> handed.set(new Fixed()), read, read);
  }

  private static final class Handled {
    private static final VarHandle READY;
    private final Box box = new Box();
    private boolean ready;

    static {
      try {
        READY = MethodHandles.lookup().findVarHandle(Handled.class, "ready", boolean.class);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }
  }

  /** A handle that releases, and one that acquires. */
  public static void releaseAndAcquire() throws InterruptedException {
    Handled handled = new Handled();
    Together.run(
        () -> {
          if ((boolean) Handled.READY.getAcquire(handled)) {
            handled.box.checkFilled(1);
          }
        },
        () -> {
          handled.box.fill(1);
          Handled.READY.setRelease(handled, true);
        });
  }

  /** An atomic reference. */
  public static void atomicReference() throws InterruptedException {
    AtomicReference<Box> handed = new AtomicReference<>();
    Runnable take =
        () -> {
          Box box = handed.getAndSet(null);
          if (box != null) {
            box.checkFilled(1);
            box.fill(2);
          }
        };
    Together.run(
        () -> {
          Box box = new Box();
          box.fill(1);
          handed.set(box);
        },
        take,
        take);
  }

  /** Whoever sets the flag first may use the box. */
  public static void compareAndSet() throws InterruptedException {
    AtomicBoolean taken = new AtomicBoolean();
    Box box = new Box();
    Runnable tryToFill =
        () -> {
          if (taken.compareAndSet(false, true)) {
            box.fill(1);
            taken.set(false);
          }
        };
    Together.run(tryToFill, tryToFill, tryToFill);
  }

  /** Maps, queues and lists that are made for threads. */
  public static void collections() throws InterruptedException {
    ConcurrentMap<String, Box> map = new ConcurrentHashMap<>();
    ConcurrentLinkedQueue<Box> queue = new ConcurrentLinkedQueue<>();
    List<Box> list = new CopyOnWriteArrayList<>();
    Runnable fill =
        () -> {
          Box box = new Box();
          box.fill(1);
          map.putIfAbsent("a", box);
          queue.add(map.get("a"));
          list.add(box);
        };
    Runnable read =
        () -> {
          map.values().forEach(box -> box.checkFilled(1));
          map.computeIfPresent("a", (key, box) -> box).checkFilled(1);
          list.forEach(box -> box.checkFilled(1));
          Box box = queue.poll();
          if (box != null) {
            box.checkFilled(1);
          }
        };
    Together.run(
        fill,
        () -> {
          fill.run();
          read.run();
        });
  }

  /** The function of a map runs for one at a time. */
  public static void computeIfAbsent() throws InterruptedException {
    Map<String, Box> map = new ConcurrentHashMap<>();
    Box count = new Box();
    Runnable get =
        () ->
            map.computeIfAbsent(
                    "a",
                    key -> {
                      Box box = new Box();
                      box.fill(1);
                      count.fill(7);
                      return box;
                    })
                .checkFilled(1);
    Together.run(get, get);
    count.checkFilled(7);
  }

  /** Taken out of queues of several kinds, and given back. */
  public static void queues() throws InterruptedException {
    BlockingQueue<Box> there = new ArrayBlockingQueue<>(1);
    BlockingQueue<Box> back = new SynchronousQueue<>();
    Together.run(
        () ->
            uninterrupted(() -> {
              for (int time = 1; time < 3; time++) {
                Box box = there.take();
                box.checkFilled(time);
                box.fill(time + 1);
                back.put(box);
              }
            }),
        () ->
            uninterrupted(() -> {
              Box box = new Box();
              box.fill(1);
              for (int time = 1; time < 3; time++) {
                there.put(box);
                box = back.take();
                box.checkFilled(time + 1);
              }
            }));
  }

  /** Stages of a future, and who asks for it. */
  public static void future() throws Exception {
    Box first = new Box();
    first.value = 1;
    CompletableFuture<Box> made =
        CompletableFuture.supplyAsync(() -> {
          first.fill(first.value);
          return first;
        });
    CompletableFuture<Box> changed =
        made.thenApplyAsync(box -> {
          box.checkFilled(1);
          box.fill(2);
          return box;
        });
    CompletableFuture<Box> again =
        changed.thenApply(box -> {
          box.fill(3);
          return box;
        });
    CompletableFuture<Void> both =
        again.thenCombine(CompletableFuture.runAsync(() -> {}), (box, none) -> none);
    both.get();
    check(again.isDone() && first.value == 3, "value " + first.value);
    first.fill(4);
  }

  /** A task that one runs and another one asks. */
  public static void futureTask() throws InterruptedException {
    Box box = new Box();
    FutureTask<Box> task = new FutureTask<>(() -> box.fill(1), box);
    Together.run(
        task,
        () ->
            uninterrupted(() -> {
              while (!task.isDone()) {
                Thread.onSpinWait();
              }
              box.checkFilled(1);
            }));
  }

  private static final class Sum extends RecursiveTask<Integer> {
    private static final long serialVersionUID = 1;
    private final transient int[] numbers;
    private final int from;
    private final int to;
    private int sum;

    Sum(int[] numbers, int from, int to) {
      this.numbers = numbers;
      this.from = from;
      this.to = to;
    }

    @Override
    protected Integer compute() {
      if (to - from == 1) {
        sum = numbers[from];
        numbers[from] = 0;
        return sum;
      }
      Sum left = new Sum(numbers, from, (from + to) / 2);
      Sum right = new Sum(numbers, (from + to) / 2, to);
      left.fork();
      right.compute();
      left.join();
      sum = left.sum + right.sum;
      return sum;
    }
  }

  /** A task forks and joins others, which other threads may take. */
  public static void forkJoin() throws Exception {
    int[] numbers = {1, 2, 3, 4};
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      check(pool.submit(new Sum(numbers, 0, 4)).get() == 10, "another sum");
    }
    check(numbers[0] == 0 && numbers[3] == 0, "left");
  }

  /** Who writes is alone. */
  public static void readWriteLock() throws InterruptedException {
    ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    Box box = new Box();
    Runnable write =
        () -> {
          lock.writeLock().lock();
          box.fill(1);
          lock.writeLock().unlock();
        };
    Runnable read =
        () -> {
          lock.readLock().lock();
          check(box.value < 2 && box.list.size() < 3, "other");
          lock.readLock().unlock();
        };
    Together.run(write, read, write, read);
  }

  private static final class Point {
    private final StampedLock lock = new StampedLock();
    private double x;
    private double y;

    void move(double by) {
      long stamp = lock.writeLock();
      x += by;
      y += by;
      lock.unlockWrite(stamp);
    }

    double difference() {
      long stamp = lock.tryOptimisticRead();
      double seenX = x;
      double seenY = y;
      if (!lock.validate(stamp)) {
        stamp = lock.readLock();
        seenX = x;
        seenY = y;
        lock.unlockRead(stamp);
      }
      return seenX - seenY;
    }
  }

  /** Reads, and looks then whether somebody has written. */
  public static void optimisticRead() throws InterruptedException {
    Point point = new Point();
    Together.run(
        () -> point.move(1),
        () -> check(point.difference() == 0, "half moved"),
        () -> point.move(2));
  }

  /** Handed over under a lock, by who waits for a condition of it. */
  public static void condition() throws InterruptedException {
    ReentrantLock lock = new ReentrantLock();
    Condition filled = lock.newCondition();
    Box box = new Box();
    Runnable take =
        () -> {
          lock.lock();
          try {
            while (box.list.isEmpty()) {
              filled.awaitUninterruptibly();
            }
            box.list.removeLast();
            box.value++;
          } finally {
            lock.unlock();
          }
        };
    Runnable put =
        () -> {
          lock.lock();
          try {
            box.list.add(1);
            box.value--;
            filled.signal();
          } finally {
            lock.unlock();
          }
        };
    Together.run(take, put, take, put);
    check(box.value == 0, "value " + box.value);
  }
}
