package dev.standstill.test.suite;

import dev.standstill.test.DeadlockException;
import dev.standstill.test.LivelockException;
import dev.standstill.test.StuckTaskException;
import dev.standstill.test.stage.Observations.Met;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of one test, of the fixtures of a class, or of a method that makes dynamic tests.
 * Immutable.
 *
 * @param type the name of the class
 * @param name what it is called in its class; empty for the fixtures of the class
 * @param isTest whether its framework counts it as a test
 * @param outcome how it ended
 * @param real how long it took
 * @param met what its loop has met; null if no loop has run it
 * @param failure in one line, how it failed; null if it did not
 * @param hang the report of the loop if it would never have ended by itself; else null
 */
record SuiteTest(
    String type,
    String name,
    boolean isTest,
    Outcome outcome,
    Duration real,
    @Nullable Met met,
    @Nullable String failure,
    @Nullable String hang) {

  private static final String FIXTURES = "(fixtures of the class)";

  boolean isOnLoop() {
    return met != null;
  }

  /** The class without its package. */
  String simpleType() {
    return type.substring(type.lastIndexOf('.') + 1);
  }

  /** The package; empty if there is none. */
  String packageName() {
    return type.substring(0, Math.max(0, type.lastIndexOf('.')));
  }

  /** As in "OrderTest › ships()". */
  String title() {
    return simpleType() + " › " + nameInClass();
  }

  String nameInClass() {
    return name.isEmpty() ? FIXTURES : name;
  }

  Duration virtual() {
    return met == null ? Duration.ZERO : met.virtual();
  }

  /** How much longer it would have taken in real time; zero where virtual time was not ahead. */
  Duration saved() {
    Duration ahead = virtual().minus(real);
    return ahead.isNegative() ? Duration.ZERO : ahead;
  }

  /** What it has left behind, a line each. */
  List<String> left() {
    return met == null ? List.of() : met.left();
  }

  /** What is outside of the loop and was waited for. */
  List<String> outside() {
    return met == null ? List.of() : List.copyOf(met.outside());
  }

  Duration outsideTime() {
    return met == null ? Duration.ZERO : met.outsideTime();
  }

  /** In one line, what was thrown. */
  static String lineOf(Throwable thrown) {
    return thrown.toString().lines().findFirst().orElse("");
  }

  /** The report in what a test threw, or in its causes, that says it would never have ended. */
  static @Nullable String hangIn(Throwable thrown) {
    return all(thrown).stream()
        .filter(SuiteTest::isHang)
        .map(Throwable::getMessage)
        .findFirst()
        .orElse(null);
  }

  private static boolean isHang(Throwable thrown) {
    return thrown instanceof DeadlockException
        || thrown instanceof LivelockException
        || thrown instanceof StuckTaskException;
  }

  /** The throwable, its causes, and what is suppressed in them. */
  private static List<Throwable> all(Throwable thrown) {
    List<Throwable> found = new ArrayList<>();
    collect(thrown, found);
    return found;
  }

  private static void collect(@Nullable Throwable thrown, List<Throwable> found) {
    if (thrown == null || found.stream().anyMatch(known -> known == thrown)) {
      return;
    }
    found.add(thrown);
    collect(thrown.getCause(), found);
    for (Throwable suppressed : thrown.getSuppressed()) {
      collect(suppressed, found);
    }
  }
}
