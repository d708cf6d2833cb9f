package dev.standstill.test.stage;

import dev.standstill.test.Leaks;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an {@code @OnLoop} says, in its own words. Immutable.
 *
 * <p>JUnit 4 and TestNG have an annotation of this name each, in the module that reads it: where
 * that module is not there, or reads another, it would compile and do nothing. What they say of
 * fixtures and of seeds differs, too; what is asked for does not.
 *
 * @param ofClass whether all tests of a class share a loop
 * @param start an instant; empty if it says nothing
 * @param timeout a duration; empty if it says nothing
 * @param realTimeLimit a duration; empty if it says nothing
 * @param seeds a number; 0 if it says nothing
 * @param keepGoing whether all seeds run, although one has failed
 * @param replay a token; empty if it says nothing
 * @param leaks what becomes of tasks that are left
 * @param network whether sockets are on a network of the loop's own
 * @param timeline when a timeline is written
 */
public record LoopAnnotation(
    boolean ofClass,
    String start,
    String timeout,
    String realTimeLimit,
    int seeds,
    boolean keepGoing,
    String replay,
    Leaks leaks,
    boolean network,
    TimelineWish timeline) {

  /** Its simple name. */
  public static final String NAME = "OnLoop";

  /** What it says where there is none. */
  public static final LoopAnnotation NONE =
      new LoopAnnotation(false, "", "", "", 0, false, "", Leaks.FAIL, false, TimelineWish.AUTO);

  /**
   * What is said of a test: by the annotation of its method, as a whole, else by that of its class.
   *
   * @param onMethod what is said of the method; null for nothing
   * @param onClass what is said of the class; null for nothing
   * @param test names the test
   * @return empty if nothing is said
   * @throws IllegalArgumentException if the method asks for what only a class can have
   */
  public static Optional<LoopAnnotation> ofTest(
      @Nullable LoopAnnotation onMethod, @Nullable LoopAnnotation onClass, String test) {
    if (onMethod != null && onMethod.ofClass) {
      throw new IllegalArgumentException(
          "%s cannot have the loop of its class for itself: put @%s(scope = %s.Scope.CLASS) on the class."
              .formatted(test, NAME, NAME));
    }
    return Optional.ofNullable(onMethod == null ? onClass : onMethod);
  }

  /**
   * The same, for tests that share a loop.
   *
   * @throws IllegalArgumentException if it asks for what only a loop for each test can give
   */
  public LoopAnnotation forTestsOf(Class<?> testClass) {
    if (seeds > 0) {
      throw new IllegalArgumentException(
          "%s has one loop for all its tests, and several seeds need a loop for each test: leave one of the two away."
              .formatted(testClass.getName()));
    }
    return this;
  }
}
