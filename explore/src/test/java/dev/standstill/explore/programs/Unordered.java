package dev.standstill.explore.programs;

import static dev.standstill.explore.programs.Monitors.uninterrupted;

import java.text.ParseException;
import java.text.SimpleDateFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Programs in which nothing orders what two threads do to the same memory. */
public final class Unordered {

  private Unordered() {}

  private static final class Settings {
    private static Settings instance;
    private String name;

    private Settings() {
      name = "default";
    }

    static Settings get() {
      if (instance == null) {
        synchronized (Settings.class) {
          if (instance == null) {
            instance = new Settings();
          }
        }
      }
      return instance;
    }
  }

  /** Double-checked locking without {@code volatile}. */
  public static void doubleCheckedLocking() throws InterruptedException {
    Settings.instance = null;
    Runnable use = () -> Races.check(Settings.get().name.equals("default"), "half of it");
    Together.run(use, use);
  }

  /** Two threads put into one HashMap. */
  public static void sharedHashMap() throws InterruptedException {
    Map<String, Integer> map = new HashMap<>();
    Together.run(() -> map.put("a", 1), () -> map.put("b", 2));
  }

  /** One puts, one looks, in a pool. */
  public static void sharedHashMapInAPool() throws InterruptedException, ExecutionException {
    Map<String, Integer> map = new HashMap<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
      Future<?> one = pool.submit(() -> map.put("a", 1));
      Future<?> other = pool.submit(() -> map.containsKey("a"));
      one.get();
      other.get();
    }
  }

  private static final class Dates {
    private static final SimpleDateFormat FORMAT = new SimpleDateFormat("yyyy-MM-dd", Locale.ROOT);

    static void parse(String text) {
      try {
        FORMAT.parse(text);
      } catch (ParseException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** A SimpleDateFormat in a static. */
  public static void sharedDateFormat() throws InterruptedException {
    Together.run(() -> Dates.parse("2025-01-01"), () -> Dates.parse("2026-02-02"));
  }

  private static final class Worker {
    private boolean stopped;
    private int rounds;

    void work() {
      while (!stopped) {
        rounds++;
        Thread.yield();
      }
    }
  }

  /** A flag without {@code volatile}. */
  public static void flag() throws InterruptedException {
    Worker worker = new Worker();
    Together.run(worker::work, () -> worker.stopped = true);
  }

  /** A flag that is looked at now and then. */
  public static void sleepingFlag() throws InterruptedException {
    Worker worker = new Worker();
    Together.run(
        () -> {
          while (!worker.stopped) {
            uninterrupted(() -> Thread.sleep(10));
          }
        },
        () -> {
          uninterrupted(() -> Thread.sleep(25));
          worker.stopped = true;
        });
  }

  private static final class Counter {
    private long count;
  }

  /** Each has a lock, and not the same. */
  public static void twoLocks() throws InterruptedException {
    Counter counter = new Counter();
    Object left = new Object();
    Object right = new Object();
    Together.run(() -> count(counter, left), () -> count(counter, right));
  }

  private static void count(Counter counter, Object lock) {
    synchronized (lock) {
      counter.count++;
    }
  }

  /** One element of an array. */
  public static void element() throws InterruptedException {
    double[] sums = new double[4];
    Together.run(() -> sums[1] += 1, () -> sums[1] += 2);
  }

  /** A list is filled by some and read by one who does not wait for them. */
  public static void list() throws InterruptedException {
    List<Integer> list = new ArrayList<>();
    AtomicInteger sizes = new AtomicInteger();
    Together.run(() -> list.add(1), () -> sizes.addAndGet(list.size()));
  }

  private static final class Holder {
    private Counter counter;
  }

  /** An object is made and handed over in a field that anybody may read. */
  public static void unsafePublication() throws InterruptedException {
    Holder holder = new Holder();
    Together.run(
        () -> {
          Counter made = new Counter();
          made.count = 7;
          holder.counter = made;
        },
        () -> {
          Counter seen = holder.counter;
          Races.check(seen == null || seen.count == 7, "half of it");
        });
  }

  /** Two objects that are not made for threads, in one line. */
  public static void inOneLine() throws InterruptedException {
    Map<String, Integer> map = new HashMap<>();
    List<Integer> list = new ArrayList<>();
    Together.run(() -> fill(map, list, "a"), () -> fill(map, list, "b"));
  }

  private static void fill(Map<String, Integer> map, List<Integer> list, String key) {
    map.put(key, list.add(1) ? 1 : 2);
  }

  private static int total;

  /** A static field. */
  public static void staticField() throws InterruptedException {
    total = 0;
    Together.run(() -> total += 1, () -> total += 2);
  }

  /** Who writes has the lock, and who reads has not. */
  public static void unlockedRead() throws InterruptedException {
    Counter counter = new Counter();
    Together.run(
        () -> count(counter, counter), () -> Races.check(counter.count < 2, "more than there are"));
  }

  /** A text that two write on. */
  public static void text() throws InterruptedException {
    StringBuilder text = new StringBuilder();
    Together.run(() -> text.append("a"), () -> text.append("b"));
  }

  /** One reads what the other writes, and waits for it only then. */
  public static void beforeBarrier() throws InterruptedException {
    Counter counter = new Counter();
    CyclicBarrier barrier = new CyclicBarrier(2);
    Together.run(
        () -> {
          counter.count = 1;
          await(barrier);
        },
        () -> {
          Races.check(counter.count < 2, "more than there are");
          await(barrier);
        });
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One writes after it has told that it is done. */
  public static void afterLatch() throws InterruptedException {
    Counter counter = new Counter();
    CountDownLatch done = new CountDownLatch(1);
    Together.run(
        () -> {
          done.countDown();
          counter.count++;
        },
        () ->
            uninterrupted(() -> {
              done.await();
              Races.check(counter.count < 2, "more than there are");
            }));
  }

  /** A map that is made for threads calls back, for two keys at once. */
  public static void insideOfLibrary() throws InterruptedException {
    Counter counter = new Counter();
    Map<Integer, Integer> map = new ConcurrentHashMap<>();
    Together.run(
        () -> map.computeIfAbsent(1, key -> (int) ++counter.count),
        () -> map.computeIfAbsent(2, key -> (int) ++counter.count));
  }
}
