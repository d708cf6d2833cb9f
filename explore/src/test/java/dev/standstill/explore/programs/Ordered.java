package dev.standstill.explore.programs;

import static dev.standstill.explore.programs.Monitors.uninterrupted;
import static dev.standstill.explore.programs.Races.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Programs in which two threads access one plain field, or one object that is not made for threads,
 * and something of threads orders what they do.
 */
public final class Ordered {

  private Ordered() {}

  /** What is shared: nothing of it is made for threads. */
  static final class Box {
    int value;
    final List<Integer> list = new ArrayList<>();
    final int[] array = new int[2];

    void fill(int with) {
      value = with;
      list.add(with);
      array[1] = with;
    }

    void checkFilled(int with) {
      check(value == with && list.contains(with) && array[1] == with, "half filled");
    }
  }

  /** Started after it was filled. */
  public static void start() throws InterruptedException {
    Box box = new Box();
    box.fill(1);
    Thread thread = new Thread(() -> box.checkFilled(1));
    thread.start();
    thread.join();
  }

  /** Read after the thread has ended. */
  public static void join() throws InterruptedException {
    Box box = new Box();
    Thread thread = new Thread(() -> box.fill(1));
    thread.start();
    thread.join();
    box.checkFilled(1);
  }

  /** Read after the thread is seen to be dead. */
  public static void isAlive() throws InterruptedException {
    Box box = new Box();
    Thread thread = new Thread(() -> box.fill(1));
    thread.start();
    while (thread.isAlive()) {
      Thread.sleep(1);
    }
    box.checkFilled(1);
  }

  /** Whoever is interrupted sees what was done before. */
  public static void interrupt() throws InterruptedException {
    Box box = new Box();
    Thread thread =
        new Thread(() -> {
          while (!Thread.interrupted()) {
            Thread.onSpinWait();
          }
          box.checkFilled(1);
        });
    thread.start();
    box.fill(1);
    thread.interrupt();
    thread.join();
  }

  /** A pool hands over work, and its results. */
  public static void pool() throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
      List<Future<Box>> results = new ArrayList<>();
      for (int number = 1; number <= 3; number++) {
        Box box = new Box();
        box.value = number;
        results.add(pool.submit(() -> filled(box)));
      }
      for (Future<Box> result : results) {
        Box box = result.get();
        box.checkFilled(box.value);
      }
    }
  }

  private static Box filled(Box box) {
    box.fill(box.value);
    return box;
  }

  /** All at once, by the same pool or by none. */
  public static void invokeAll() throws Exception {
    Box one = new Box();
    Box other = new Box();
    List<Callable<Box>> calls = List.of(() -> filled(one), () -> filled(other));
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Box> result : pool.invokeAll(calls)) {
        result.get().checkFilled(0);
      }
    }
    one.fill(2);
    other.fill(2);
  }

  /** A pool of one thread is as good as a lock. */
  public static void confinement() throws Exception {
    Box box = new Box();
    try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
      Together.run(() -> pool.execute(() -> box.fill(1)), () -> pool.execute(() -> box.fill(2)));
      pool.submit(() -> check(box.list.size() == 2, "lost")).get();
    }
    box.fill(3);
  }

  /** Read after all have counted down. */
  public static void latch() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(2);
    Box one = new Box();
    Box other = new Box();
    Runnable read =
        () ->
            uninterrupted(() -> {
              done.await();
              one.checkFilled(1);
              other.checkFilled(2);
            });
    Together.run(
        read,
        () -> {
          one.fill(1);
          done.countDown();
        },
        () -> {
          other.fill(2);
          done.countDown();
        },
        read);
  }

  /** Each fills its own, and reads that of the other one after the barrier. */
  public static void barrier() throws InterruptedException {
    CyclicBarrier barrier = new CyclicBarrier(2);
    Box[] boxes = {new Box(), new Box()};
    Together.run(() -> fillAndRead(boxes, 0, barrier), () -> fillAndRead(boxes, 1, barrier));
  }

  private static void fillAndRead(Box[] boxes, int own, CyclicBarrier barrier) {
    for (int round = 1; round < 3; round++) {
      boxes[own].fill(round);
      try {
        barrier.await();
        boxes[1 - own].checkFilled(round);
        barrier.await();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The same with phases. */
  public static void phases() throws InterruptedException {
    Phaser phaser = new Phaser(2);
    Box[] boxes = {new Box(), new Box()};
    Together.run(() -> phase(boxes, 0, phaser), () -> phase(boxes, 1, phaser));
  }

  private static void phase(Box[] boxes, int own, Phaser phaser) {
    boxes[own].fill(1);
    phaser.arriveAndAwaitAdvance();
    boxes[1 - own].checkFilled(1);
  }

  /** Each gets the box of the other one. */
  public static void exchanger() throws InterruptedException {
    Exchanger<Box> exchanger = new Exchanger<>();
    Runnable swap =
        () ->
            uninterrupted(() -> {
              Box box = new Box();
              box.fill(1);
              Box got = exchanger.exchange(box);
              got.checkFilled(1);
              got.fill(2);
            });
    Together.run(swap, swap);
  }

  /** Handed over in a monitor, by who waits there. */
  public static void waitAndNotify() throws InterruptedException {
    Box box = new Box();
    Together.run(
        () ->
            uninterrupted(() -> {
              synchronized (box) {
                while (box.value == 0) {
                  box.wait();
                }
                box.checkFilled(1);
              }
            }),
        () -> {
          synchronized (box) {
            box.fill(1);
            box.notifyAll();
          }
        });
  }

  private static final class Gate {
    private final Box box = new Box();

    synchronized void fill(int with) {
      box.fill(with);
    }

    synchronized int size() {
      return box.list.size();
    }
  }

  /** Synchronized methods. */
  public static void synchronizedMethods() throws InterruptedException {
    Gate gate = new Gate();
    Together.run(() -> gate.fill(1), () -> gate.fill(2), () -> check(gate.size() < 3, "many"));
  }

  private static final Object LOCK = new Object();
  private static int guarded;

  private static synchronized void count() {
    guarded++;
  }

  /** A static field, in static methods. */
  public static void staticMonitor() throws InterruptedException {
    guarded = 0;
    Together.run(Ordered::count, Ordered::count);
    synchronized (LOCK) {
      check(guarded == 2, "counted " + guarded);
    }
  }

  /** A collection that the JDK has made fit for threads. */
  public static void synchronizedCollections() throws InterruptedException {
    Map<String, Integer> map = Collections.synchronizedMap(new HashMap<>());
    List<Integer> list = Collections.synchronizedList(new ArrayList<>());
    StringBuffer text = new StringBuffer();
    Runnable use =
        () -> {
          map.merge("a", 1, Integer::sum);
          list.add(map.size());
          text.append(list.size());
          synchronized (list) {
            for (int element : list) {
              check(element == 1, "other");
            }
          }
        };
    Together.run(use, use);
  }

  /** A permit is as good as a lock. */
  public static void semaphore() throws InterruptedException {
    Semaphore permit = new Semaphore(1);
    Box box = new Box();
    Runnable fill =
        () -> {
          permit.acquireUninterruptibly();
          box.fill(1);
          permit.release();
        };
    Together.run(fill, fill, fill);
  }

  /** A thread parks until it is told. */
  public static void park() throws InterruptedException {
    Box box = new Box();
    boolean[] told = new boolean[1];
    Thread reader =
        new Thread(() -> {
          while (!isTold(told)) {
            LockSupport.park();
          }
          box.checkFilled(1);
        });
    reader.start();
    box.fill(1);
    synchronized (told) {
      told[0] = true;
    }
    LockSupport.unpark(reader);
    reader.join();
  }

  private static boolean isTold(boolean[] told) {
    synchronized (told) {
      return told[0];
    }
  }

  /** What a thread keeps for itself. */
  public static void threadLocal() throws InterruptedException {
    ThreadLocal<Box> own = ThreadLocal.withInitial(Box::new);
    Runnable fill =
        () -> {
          own.get().fill(1);
          Thread.yield();
          own.get().checkFilled(1);
        };
    Together.run(fill, fill);
  }

  /** A timer's thread runs what it was given. */
  public static void timer() throws InterruptedException {
    Box box = new Box();
    CountDownLatch ran = new CountDownLatch(2);
    Timer timer = new Timer();
    box.value = 5;
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            box.fill(box.value);
            ran.countDown();
          }
        },
        10,
        10);
    ran.await();
    timer.cancel();
  }

  /** So does a pool, at its time. */
  public static void scheduled() throws Exception {
    Box box = new Box();
    try (var pool = Executors.newScheduledThreadPool(2)) {
      box.value = 5;
      Future<Box> filled = pool.schedule(() -> filled(box), 1, TimeUnit.SECONDS);
      filled.get().checkFilled(5);
      CountDownLatch ticks = new CountDownLatch(3);
      pool.scheduleAtFixedRate(
          () -> {
            box.value++;
            ticks.countDown();
          },
          1,
          1,
          TimeUnit.SECONDS);
      ticks.await();
      pool.shutdownNow();
      check(pool.awaitTermination(1, TimeUnit.HOURS), "goes on");
      check(box.value >= 8, "ticked " + box.value);
    }
  }

  /** Values are changed of different keys, at different indices, and never the collection. */
  public static void elements() throws InterruptedException {
    Map<String, Integer> map = new HashMap<>(Map.of("a", 0, "b", 0));
    List<Integer> list = new ArrayList<>(List.of(0, 0));
    int[] array = new int[2];
    Together.run(() -> use(map, list, array, "a", 0), () -> use(map, list, array, "b", 1));
    check(map.get("a") == 2 && list.get(1) == 2 && array[0] == 2, "lost");
  }

  private static void use(
      Map<String, Integer> map, List<Integer> list, int[] array, String key, int index) {
    for (int time = 0; time < 2; time++) {
      map.put(key, map.get(key) + 1);
      map.computeIfAbsent(key, absent -> 7);
      map.remove("c");
      list.set(index, list.get(index) + 1);
      array[index]++;
    }
  }
}
