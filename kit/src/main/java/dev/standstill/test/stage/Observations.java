package dev.standstill.test.stage;

import dev.standstill.test.spi.RunFacts;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What loops have met in tests, until the report of the suite asks for it. Any thread may call. */
public final class Observations {

  private static final Map<Object, Met> MET = Collections.synchronizedMap(new LinkedHashMap<>());

  /** How many runs of tests ask; one may begin inside a test of another. */
  private static final AtomicInteger WANTING = new AtomicInteger();

  private Observations() {}

  /**
   * What the loops of one test have met. Immutable.
   *
   * @param virtual how far virtual time has moved
   * @param real how much real time that has taken
   * @param outsideTime how long the loops waited, in real time, for what is outside of them
   * @param outside for what
   * @param left what the test has left, a line each; what it leaves under each seed is told once
   */
  public record Met(
      Duration virtual,
      Duration real,
      Duration outsideTime,
      Set<String> outside,
      List<String> left) {

    private Met and(Met later) {
      Set<String> bothOutside = new LinkedHashSet<>(outside);
      bothOutside.addAll(later.outside);
      return new Met(
          virtual.plus(later.virtual),
          real.plus(later.real),
          outsideTime.plus(later.outsideTime),
          bothOutside,
          Stream.concat(left.stream(), later.left.stream().filter(line -> !left.contains(line)))
              .toList());
    }
  }

  /** Begins to keep what is met. */
  public static void begin() {
    WANTING.incrementAndGet();
  }

  /** Keeps no more what is met, unless another run asks. */
  public static void end() {
    if (WANTING.decrementAndGet() == 0) {
      MET.clear();
    }
  }

  /** Whether anybody will ask. */
  static boolean areWanted() {
    return WANTING.get() > 0;
  }

  /**
   * Keeps what a part of a test has met.
   *
   * @param test what its framework tells it from others by
   * @param virtual how far virtual time has moved in it
   * @param real how much real time it has taken
   */
  static void add(Object test, Duration virtual, Duration real, RunFacts facts) {
    Met met =
        new Met(
            virtual,
            real,
            Duration.ofNanos(facts.outsideNanos()),
            new LinkedHashSet<>(facts.outside()),
            facts.left());
    MET.merge(test, met, Met::and);
  }

  /** What was kept for a test, which is forgotten; null if no loop has run it. */
  public static @Nullable Met take(Object test) {
    return MET.remove(test);
  }
}
