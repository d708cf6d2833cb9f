package dev.standstill.explore.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Code of every shape that changing a class has to leave as it is, as Java 8 knew it: what it logs
 * is the same whoever runs it.
 */
public final class OldShapes {

  private static volatile long total;
  private static int[][] grid = new int[2][3];

  private final List<String> log = new ArrayList<>();

  private OldShapes() {}

  /** Runs all, in one thread, and returns what they have logged. */
  public static List<String> run() throws InterruptedException {
    OldShapes shapes = new OldShapes();
    shapes.fields();
    shapes.arrays();
    shapes.guardedMethods();
    shapes.monitors();
    shapes.constructors();
    shapes.types();
    shapes.calls();
    shapes.waits();
    return shapes.log;
  }

  private static class Fields<T> {
    volatile long wide = 1L << 40;
    volatile double real = 0.5;
    volatile float small = 1.5f;
    volatile byte bits = 3;
    volatile char letter = 'a';
    volatile boolean flag;
    volatile T generic;
    long plainWide = -1;
    double plainReal = -0.5;
    int plain;
  }

  private void fields() {
    Fields<String> fields = new Fields<>();
    fields.wide += 2;
    fields.real *= fields.real++ + --fields.real;
    fields.small++;
    fields.bits <<= 2;
    fields.letter++;
    fields.flag ^= true;
    fields.generic = fields.generic + "x";
    fields.plainWide = fields.plainReal > 0 ? 1 : fields.plainWide-- - 1;
    fields.plain = fields.plain++ + ++fields.plain;
    total = total + (fields.wide = fields.plainWide = 7);
    log.add(
        fields.wide + " " + fields.real + " " + fields.small + " " + fields.bits + fields.letter);
    log.add(fields.flag + fields.generic + fields.plainWide + " " + fields.plain + " " + total);
    total = 0;
  }

  private void arrays() {
    long[] wide = {1, 2, 3};
    double[] real = {0.5};
    boolean[] flags = new boolean[2];
    byte[] bytes = {1, 2};
    String[] words = {"a", "b"};
    int index = 0;
    wide[index++] += wide[index++]++;
    real[0] -= real[0] / 4;
    flags[1] |= flags[0] = true;
    bytes[1]++;
    words[0] += words[1];
    grid[1][2] = grid[0][0] = 5;
    grid = new int[][] {grid[0].clone(), grid[1]};
    log.add(wide[0] + " " + wide[1] + " " + real[0] + flags[1] + bytes[1] + words[0] + grid[1][2]);
    try {
      words[2] = "c";
    } catch (ArrayIndexOutOfBoundsException e) {
      log.add("out of bounds");
    }
    try {
      Object[] objects = words;
      objects[0] = 1;
    } catch (ArrayStoreException e) {
      log.add("wrong type");
    }
    try {
      wide = null;
      wide[0] = 1;
    } catch (NullPointerException e) {
      log.add("no array");
    }
  }

  private static class Guarded<T extends Comparable<T>> implements Comparable<Guarded<T>> {
    private static int made;
    private T value;
    private int depth;

    static synchronized int make(int times) {
      for (int time = 0; ; time++) {
        if (time == times) {
          return made;
        }
        if (time > 100) {
          return -1;
        }
        made++;
      }
    }

    @SafeVarargs
    final synchronized long set(T first, long wide, double real, T... more) {
      try {
        if (first == null) {
          throw new IllegalArgumentException("nothing");
        }
        value = first;
        for (T other : more) {
          if (other.compareTo(value) > 0) {
            return wide;
          }
        }
        return (long) real;
      } finally {
        depth++;
      }
    }

    synchronized void nested(int times) {
      if (times > 0) {
        nested(times - 1);
      } else if (Thread.holdsLock(this)) {
        depth += 100;
      }
    }

    @Override
    public synchronized int compareTo(Guarded<T> other) {
      synchronized (other) {
        return value.compareTo(other.value);
      }
    }

    synchronized void fail() {
      synchronized (Guarded.class) {
        throw new IllegalStateException("failed in " + Thread.holdsLock(Guarded.class));
      }
    }
  }

  private static final class MoreGuarded extends Guarded<String> {
    @Override
    synchronized void nested(int times) {
      super.nested(times);
      super.nested(times);
    }
  }

  private void guardedMethods() {
    Guarded<String> one = new Guarded<>();
    Guarded<String> other = new MoreGuarded();
    log.add(one.set("b", 1L << 33, 2.9) + " " + other.set("a", 4, 5, "0", "b", "c"));
    try {
      one.set(null, 0, 0);
    } catch (IllegalArgumentException e) {
      log.add(e.getMessage() + " " + Thread.holdsLock(one));
    }
    one.nested(3);
    other.nested(2);
    Comparable<Guarded<String>> bridge = one;
    log.add(bridge.compareTo(other) + " " + one.depth + " " + other.depth + " " + Guarded.make(3));
    Guarded.made = 0;
    try {
      one.fail();
    } catch (IllegalStateException e) {
      log.add(e.getMessage() + Thread.holdsLock(one) + Thread.holdsLock(Guarded.class));
    }
  }

  private int leaves(Object outer, Object inner, int how) {
    synchronized (outer) {
      for (int round = 0; ; round++) {
        synchronized (inner) {
          if (how == 0) {
            return round;
          } else if (how == 1 && round < 3) {
            continue;
          } else if (how == 2) {
            break;
          }
          try {
            if (how == 3) {
              throw new IllegalStateException();
            }
            return 10 + round;
          } catch (IllegalStateException e) {
            how = 4;
          } finally {
            log.add(Thread.holdsLock(outer) + "" + Thread.holdsLock(inner));
          }
        }
      }
    }
    return 20;
  }

  private void monitors() {
    Object outer = new Object();
    Object inner = new Object();
    for (int how = 0; how < 5; how++) {
      log.add(how + ": " + leaves(outer, inner, how) + leaves(outer, outer, how));
      log.add(Thread.holdsLock(outer) + "" + Thread.holdsLock(inner));
    }
    try {
      synchronized (nothing()) {
        log.add("entered nothing");
      }
    } catch (NullPointerException e) {
      log.add("nothing to enter");
    }
    try {
      outer.notify();
    } catch (IllegalMonitorStateException e) {
      log.add("not entered");
    }
    try {
      outer.wait(1);
    } catch (IllegalMonitorStateException | InterruptedException e) {
      log.add(e.getClass().getSimpleName());
    }
    try {
      synchronized (outer) {
        outer.wait(-1);
      }
    } catch (IllegalArgumentException | InterruptedException e) {
      log.add(e.getClass().getSimpleName());
    }
  }

  private static Object nothing() {
    return null;
  }

  private static class Base {
    volatile String name;

    Base(Base inside, String name) {
      this.name = inside == null ? name : inside.name + name;
    }
  }

  private final class Derived extends Base {
    volatile int seen = log.size();

    Derived(String name) {
      super(
          name.isEmpty() ? null : new Derived(new Base(null, name).name.substring(1)),
          name + new AtomicLong(1).get());
      seen += name.length() + this.name.length();
    }

    Derived() {
      this(new Derived("c").name);
    }
  }

  private void constructors() {
    Derived derived = new Derived("ab");
    log.add(derived.name + (derived.seen - log.size()));
    derived = new Derived();
    log.add(derived.name + (derived.seen - log.size()));
    Base anonymous =
        new Base(derived, "!") {
          @Override
          public String toString() {
            return name + log.size() / 1000;
          }
        };
    log.add(anonymous.toString());
  }

  private interface Shape {
    AtomicLong MADE = new AtomicLong();

    double area();

    default double twice() {
      MADE.incrementAndGet();
      return 2 * area();
    }

    static Shape square(double side) {
      return () -> side * side;
    }
  }

  private enum Planet implements Shape {
    EARTH("blue") {
      @Override
      public double area() {
        return 5.1;
      }
    },
    MARS("red") {
      @Override
      public synchronized double area() {
        return 1.4;
      }
    };

    private volatile String colour;

    Planet(String colour) {
      this.colour = colour;
    }
  }

  private static int number(String word) {
    switch (word) {
      case "one":
        return 1;
      case "Aa":
      case "BB":
        return 2;
      default:
        return total > 0 ? 3 : 4;
    }
  }

  private void types() {
    for (Planet planet : Planet.values()) {
      planet.colour += "?";
      switch (planet) {
        case EARTH:
          log.add("home " + planet.twice());
          break;
        default:
          log.add(planet.colour + planet.area());
      }
      planet.colour = planet.colour.replace("?", "");
    }
    log.add(Shape.square(1.5).twice() + " " + number("one") + number("BB") + number("three"));
  }

  private volatile int updated;

  private void calls() throws InterruptedException {
    AtomicIntegerFieldUpdater<OldShapes> updater =
        AtomicIntegerFieldUpdater.newUpdater(OldShapes.class, "updated");
    AtomicLong wide = new AtomicLong(3);
    AtomicLongArray many = new AtomicLongArray(2);
    Map<String, Long> map = new ConcurrentHashMap<>();
    ReentrantLock lock = new ReentrantLock();
    log.add(updater.getAndAdd(this, 5) + " " + updated);
    log.add(wide.compareAndSet(3, 1L << 35) + " " + wide.getAndAccumulate(2, Long::sum));
    log.add(many.accumulateAndGet(1, 4, (a, b) -> a - b) + " " + many.addAndGet(0, wide.get()));
    log.add(map.merge("a", 2L, Long::sum) + " " + map.merge("a", 3L, (a, b) -> a * b));
    log.add(map.computeIfAbsent("b", key -> (long) key.length()) + " " + map);
    log.add(lock.tryLock(1, TimeUnit.SECONDS) + " " + lock.getHoldCount());
    lock.unlock();
    try {
      lock.unlock();
    } catch (IllegalMonitorStateException e) {
      log.add("not locked");
    }
    StringBuilder text = new StringBuilder().append(1).append(2L).append(3.0).append('4');
    log.add(text.insert(0, true).reverse().toString());
    Thread thread = new Thread(() -> total = 9);
    thread.start();
    thread.join();
    log.add(total + " " + thread.isAlive());
    total = 0;
  }

  private void waits() throws InterruptedException {
    Object monitor = new Object();
    long begun = System.nanoTime();
    synchronized (monitor) {
      monitor.wait(2);
      monitor.wait(1, 500_000);
      Thread other =
          new Thread(() -> {
            synchronized (monitor) {
              monitor.notifyAll();
            }
          });
      other.start();
      monitor.wait();
      log.add(Thread.holdsLock(monitor) + " " + (System.nanoTime() - begun >= 3_500_000));
    }
    Thread.currentThread().interrupt();
    try {
      synchronized (monitor) {
        monitor.wait(1000);
      }
    } catch (InterruptedException e) {
      log.add("interrupted " + Thread.holdsLock(monitor) + Thread.interrupted());
    }
  }
}
