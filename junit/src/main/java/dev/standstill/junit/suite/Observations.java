package dev.standstill.junit.suite;

import dev.standstill.test.spi.RunFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What loops have met in tests, until the report of the suite asks for it. Any thread may call. */
public final class Observations {

  private static final Map<String, Met> MET = new ConcurrentHashMap<>();

  /** How many runs of tests ask; one may begin inside a test of another. */
  private static final AtomicInteger WANTING = new AtomicInteger();

  private Observations() {}

  /**
   * What the loop of one test has met. Immutable.
   *
   * @param virtual how far virtual time has moved
   * @param real how much real time that has taken
   * @param outsideTime how long the loop waited, in real time, for what is outside of it
   * @param outside for what
   * @param left what the test has left, a line each
   */
  record Met(
      Duration virtual,
      Duration real,
      Duration outsideTime,
      Set<String> outside,
      List<String> left) {

    private Met and(Met later) {
      Set<String> bothOutside = new LinkedHashSet<>(outside);
      bothOutside.addAll(later.outside);
      List<String> bothLeft = new ArrayList<>(left);
      bothLeft.addAll(later.left);
      return new Met(
          virtual.plus(later.virtual),
          real.plus(later.real),
          outsideTime.plus(later.outsideTime),
          bothOutside,
          bothLeft);
    }
  }

  /** Begins to keep what is met. */
  static void begin() {
    WANTING.incrementAndGet();
  }

  static void end() {
    if (WANTING.decrementAndGet() == 0) {
      MET.clear();
    }
  }

  /** Whether anybody will ask. */
  public static boolean areWanted() {
    return WANTING.get() > 0;
  }

  /**
   * Keeps what a part of a test has met.
   *
   * @param id as which JUnit knows the test
   * @param virtual how far virtual time has moved in it
   * @param real how much real time it has taken
   */
  public static void add(String id, Duration virtual, Duration real, RunFacts facts) {
    Met met =
        new Met(
            virtual,
            real,
            Duration.ofNanos(facts.outsideNanos()),
            new LinkedHashSet<>(facts.outside()),
            facts.left());
    MET.merge(id, met, Met::and);
  }

  /** What was kept for a test, which is forgotten; null if no loop has run it. */
  static @Nullable Met take(String id) {
    return MET.remove(id);
  }
}
