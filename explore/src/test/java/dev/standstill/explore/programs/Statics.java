package dev.standstill.explore.programs;

import static dev.standstill.explore.programs.Races.check;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Programs that fail if they are run again in a JVM in which static fields keep what they had. */
public final class Statics {

  private Statics() {}

  private static class Kinds {
    static final int CONSTANT = 7;
    static final String WORD = "word";
    static final Integer BOXED = Integer.valueOf(1_000);
    static final List<String> LIST = new ArrayList<>();
    static final int[] ARRAY = {1, 2, 3};
    static final AtomicInteger COUNTER = new AtomicInteger(5);
    static int untouched;
    static long wide;
    static double real = 1.5;
    static boolean flag;
    static volatile Object reference;
    static char letter = 'a';

    static {
      wide = CONSTANT * 10L;
      for (int i = 0; i < 3; i++) {
        LIST.add(WORD + i);
      }
    }
  }

  /** Each kind of field has its first value, and is left with another. */
  public static void kinds() {
    check(Kinds.LIST.toString().equals("[word0, word1, word2]"), "list " + Kinds.LIST);
    check(Kinds.ARRAY[0]++ == 1, "array");
    check(Kinds.COUNTER.getAndIncrement() == 5, "counter");
    check(Kinds.untouched++ == 0, "untouched");
    check(Kinds.wide-- == 70, "wide");
    check((Kinds.real /= 2) == 0.75, "real");
    check(Kinds.flag ^= true, "flag");
    check(Kinds.reference == null, "reference");
    check(Kinds.letter++ == 'a', "letter");
    check(Kinds.BOXED == 1_000 && Kinds.CONSTANT == 7, "constants");
    Kinds.reference = new Object();
    Kinds.LIST.clear();
  }

  private static class Bare {
    static int count;
  }

  /** A class without an initialiser has state, too. */
  public static void withoutInitializer() {
    check(++Bare.count == 1, "count " + Bare.count);
  }

  private static final class Ids {
    private static int next = 1;

    static int next() {
      return next++;
    }
  }

  private static final class User {
    static final int FIRST = Ids.next();
    static final List<Integer> ALL = new ArrayList<>(List.of(FIRST));
  }

  private static final class Friend {
    static final List<Integer> OF_USER = User.ALL;
    static final int SECOND = Ids.next();
  }

  /** What an initialiser takes from another class is what that class has in this run. */
  public static void oneNeedsAnother() {
    check(Friend.OF_USER == User.ALL, "not the same list");
    check(User.FIRST == 1 && Friend.SECOND == 2, User.FIRST + ", " + Friend.SECOND);
    check(Ids.next() == 3, "the next");
    User.ALL.add(9);
  }

  private static final class Outer {
    static final Map<String, Integer> SIZES = new HashMap<>();
    static final Inner INNER = new Inner();
    static final int KNOWN = SIZES.size();

    private static final class Inner {
      static final int AT_FIRST = register("inner");

      final int number = register("object");

      private static int register(String name) {
        SIZES.put(name, SIZES.size());
        return SIZES.size();
      }
    }
  }

  /** An initialiser needs a class that needs what the first has done before. */
  public static void eachNeedsTheOther() {
    check(Outer.KNOWN == 2, "known " + Outer.KNOWN);
    check(Outer.Inner.AT_FIRST == 1 && Outer.INNER.number == 2, "inner first");
    Outer.SIZES.clear();
  }

  private static final class Defect {
    static final int VALUE = Integer.parseInt("none");
    static int other;
  }

  /** An initialiser throws, and the program gets along without the class. */
  public static void throwing() {
    try {
      Defect.other = Defect.VALUE;
      check(false, "initialised");
    } catch (LinkageError e) {
      check(++Bare.count == 1, "count " + Bare.count);
    }
  }

  private enum Level {
    LOW,
    HIGH;

    static final Map<Level, Integer> SEEN = new EnumMap<>(Level.class);
    private volatile int used;
  }

  private static final class Levels {
    static Level last = Level.LOW;
    static final Map<Level, String> NAMES = new EnumMap<>(Map.of(Level.HIGH, "high"));
  }

  /** Constants of an enum stay the same objects, and keep what they hold. */
  public static void enums() {
    check(Levels.last == Level.LOW && Levels.NAMES.size() == 1, "levels");
    Levels.NAMES.put(Level.LOW, "low");
    Levels.last = Level.HIGH;
    Level.SEEN.merge(Level.HIGH, 1, Integer::sum);
    check(Level.SEEN.get(Level.HIGH) == ++Level.HIGH.used, "an enum keeps its state");
  }

  private static final class Clocks {
    static final long BEGUN = System.currentTimeMillis();
    static final Thread STARTER = Thread.currentThread();
  }

  /** An initialiser sees the time of the run. */
  public static void time() {
    check(System.currentTimeMillis() - Clocks.BEGUN < 1000, "begun in another time");
    check(Clocks.BEGUN - System.currentTimeMillis() < 1000, "begun later");
    check(Clocks.STARTER.isAlive(), "begun by a dead thread");
  }

  private static final class Timers {
    static final ScheduledExecutorService POOL = Executors.newScheduledThreadPool(1);
    static final CountDownLatch TICKS = new CountDownLatch(3);

    static {
      POOL.scheduleAtFixedRate(TICKS::countDown, 1, 1, TimeUnit.HOURS);
    }
  }

  /** An initialiser starts what runs in virtual time. */
  public static void pool() throws InterruptedException {
    check(Timers.TICKS.getCount() == 3, "ticked before");
    check(Timers.TICKS.await(4, TimeUnit.HOURS), "does not tick");
    Timers.POOL.shutdown();
  }

  private static final class Singleton {
    static final Singleton INSTANCE = new Singleton();
    static volatile int made;
    final int number;

    Singleton() {
      number = ++made;
    }
  }

  /** Places to switch are passed by an initialiser, which nobody preempts. */
  public static void switchPoints() throws InterruptedException {
    int[] seen = new int[2];
    Together.run(
        () -> seen[0] = Singleton.INSTANCE.number, () -> seen[1] = Singleton.INSTANCE.number);
    check(seen[0] == 1 && seen[1] == 1, "made more than one");
  }

  /** Fails if threads run in the order that a schedule has to find; statics are used meanwhile. */
  public static void lostUpdate() throws InterruptedException {
    Runnable increment =
        () -> {
          int before = Singleton.made;
          Singleton.made = before + Singleton.INSTANCE.number;
        };
    Together.run(increment, increment, increment);
    check(Singleton.made != 2, "made " + Singleton.made);
  }

  private static final class Moody {
    static final List<String> LIST = new ArrayList<>();

    static {
      if (Boolean.getBoolean("standstill.test.moody")) {
        throw new IllegalArgumentException("not now");
      }
    }
  }

  /** An initialiser throws when it runs again. */
  public static void throwingLater() {
    Moody.LIST.add("used");
    System.setProperty("standstill.test.moody", "true");
  }

  /** Reflection sees the fields of the program only. */
  public static void reflection() {
    for (Field field : Kinds.class.getDeclaredFields()) {
      check(!field.isSynthetic(), field.getName());
    }
  }
}
