package dev.standstill.test.stage;

import dev.standstill.test.Leaks;
import dev.standstill.test.TestLoop;
import dev.standstill.test.spi.Sightings;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an annotation and the parameters of a test run say about a test and its loop, in frameworks
 * that have one loop for one call of a test. Immutable.
 *
 * @param timeout how far virtual time may move in the test; null for no limit
 * @param seeds under how many schedules it runs; 0 for one run, first in, first out
 * @param keepGoing whether it runs under all of them, although it has failed under one
 * @param timeline when a timeline is written; never AUTO
 * @param loop what holds for its loop
 * @param framework what calls it
 */
public record LoopedTest(
    @Nullable Duration timeout,
    int seeds,
    boolean keepGoing,
    TimelineWish timeline,
    StageSettings loop,
    Framework framework) {

  /**
   * Reads what is said of a test.
   *
   * @param packageName the package of the test class; empty if there is none
   * @param parameters gives the value of a parameter, null if it has none
   * @throws IllegalArgumentException if something cannot be read; the message says what and where
   */
  public static LoopedTest of(
      LoopAnnotation annotation,
      String packageName,
      Function<String, @Nullable String> parameters,
      Framework framework) {
    String replay = value(ParameterNames.REPLAY, parameters, annotation.replay());
    TimelineWish timeline = timeline(annotation, parameters);
    StageSettings loop =
        new StageSettings(
            said(
                "start",
                annotation.start(),
                ParameterNames.START,
                parameters,
                framework,
                StartInstant::parse),
            limit(
                "realTimeLimit",
                annotation.realTimeLimit(),
                ParameterNames.REAL_TIME_LIMIT,
                parameters,
                framework),
            replay.isEmpty() ? null : replay,
            leaks(annotation, parameters),
            annotation.network(),
            ParameterNames.list(parameters.apply(ParameterNames.ALLOW_REAL)),
            packageName,
            0,
            value(ParameterNames.STACK_TRACES, parameters, "").equals("full"),
            timeline != TimelineWish.NEVER);
    return new LoopedTest(
        limit("timeout", annotation.timeout(), ParameterNames.TIMEOUT, parameters, framework),
        seeds(annotation.seeds(), parameters, framework),
        annotation.keepGoing() || flag(ParameterNames.KEEP_GOING, parameters),
        timeline,
        loop,
        framework);
  }

  /** What the annotation says, else what the parameter says for all tests. */
  private static TimelineWish timeline(
      LoopAnnotation annotation, Function<String, @Nullable String> parameters) {
    return annotation.timeline() == TimelineWish.AUTO
        ? TimelineWish.of(value(ParameterNames.TIMELINE, parameters, "never"))
        : annotation.timeline();
  }

  private static String value(
      String name, Function<String, @Nullable String> parameters, String otherwise) {
    String value = parameters.apply(name);
    return value == null ? otherwise : value.strip();
  }

  private static @Nullable Duration limit(
      String attribute,
      String text,
      String parameter,
      Function<String, @Nullable String> parameters,
      Framework framework) {
    return said(attribute, text, parameter, parameters, framework, Durations::parse);
  }

  /** What the annotation says, else what the parameter says for all tests. */
  private static <T> @Nullable T said(
      String attribute,
      String text,
      String parameter,
      Function<String, @Nullable String> parameters,
      Framework framework,
      BiFunction<String, String, @Nullable T> parse) {
    if (!text.isEmpty()) {
      return parse.apply(
          "@%s(%s = \"%s\")".formatted(framework.annotation(), attribute, text), text);
    }
    String forAll = value(parameter, parameters, "");
    return parse.apply("The parameter %s = \"%s\"".formatted(parameter, forAll), forAll);
  }

  /** What the annotation says; the parameter is about tests that have none. */
  private static Leaks leaks(
      LoopAnnotation annotation, Function<String, @Nullable String> parameters) {
    String text = value(ParameterNames.LEAKS, parameters, "");
    return annotation != LoopAnnotation.NONE || text.isEmpty()
        ? annotation.leaks()
        : leaks("The parameter %s = \"%s\"".formatted(ParameterNames.LEAKS, text), text);
  }

  /**
   * Reads what becomes of tasks that are left.
   *
   * @param place where it is said, for the message if it cannot be read
   */
  public static Leaks leaks(String place, String text) {
    return Stream.of(Leaks.values())
        .filter(each -> each.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "%s cannot be read: write fail, fail_all, warn or ignore.".formatted(place)));
  }

  /** What the parameter says for all tests, else what the annotation says. */
  private static int seeds(
      int ofAnnotation, Function<String, @Nullable String> parameters, Framework framework) {
    String ofAll = parameters.apply(ParameterNames.SEEDS);
    return ofAll == null
        ? number(
            "@%s(seeds = %d)".formatted(framework.annotation(), ofAnnotation),
            Integer.toString(ofAnnotation))
        : number("The parameter %s = \"%s\"".formatted(ParameterNames.SEEDS, ofAll), ofAll.strip());
  }

  private static boolean flag(String parameter, Function<String, @Nullable String> parameters) {
    String text = value(parameter, parameters, "false");
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException(
          "The parameter %s = \"%s\" is neither \"true\" nor \"false\", which it can be."
              .formatted(parameter, text));
    }
    return text.equals("true");
  }

  private static int number(String place, String text) {
    if (!text.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException(
          "%s is no number of seeds: write one such as 100, or 0 for none.".formatted(place));
    }
    return Integer.parseInt(text);
  }

  /**
   * Runs a test, of which its fixtures are a part, once or under as many seeds as it wants, each
   * time on a loop of its own. The first run that fails is the last, unless all are wanted: then
   * what is thrown tells how many have failed, and how.
   *
   * @param key what the framework tells the test from others by
   * @param name names the loop
   * @throws Throwable what the test throws, and what its loop has to say about it
   */
  public void perform(Object key, String name, Work<?> test) throws Throwable {
    if (seeds == 0 || loop.replay() != null) {
      perform(open(name, null), key, name, test);
    } else {
      Sightings sightings = new Sightings();
      if (keepGoing) {
        performAll(key, name, test, sightings);
      } else {
        for (long seed = 0; seed < seeds; seed++) {
          perform(seed, key, name, test, sightings);
        }
      }
      sightings.warn(name);
    }
  }

  private void performAll(Object key, String name, Work<?> test, Sightings sightings)
      throws Throwable {
    SeedFailures failures = new SeedFailures();
    Throwable aborted = null;
    for (long seed = 0; seed < seeds; seed++) {
      try {
        perform(seed, key, name, test, sightings);
      } catch (Throwable failure) {
        if (framework.aborts().test(failure)) {
          aborted = failure;
        } else {
          failures.add(seed, failure);
        }
      }
    }
    failures.throwIfAny(seeds);
    if (aborted != null) {
      throw aborted;
    }
  }

  private void perform(long seed, Object key, String name, Work<?> test, Sightings sightings)
      throws Throwable {
    Stage stage = open(name, seed);
    perform(stage, key, name, test);
    stage.note(sightings);
  }

  private void perform(Stage stage, Object key, String name, Work<?> test) throws Throwable {
    Throwable failure = null;
    try {
      stage.runWithFixtures(test, timeout);
    } catch (Throwable e) {
      failure = e;
    }
    writeTimeline(stage, name, failure);
    try {
      closed(stage, failure);
    } finally {
      stage.tell(key);
    }
  }

  /**
   * Writes the timeline of a test that has ended, if it is wanted; a failure is told where. To be
   * called while the loop is open.
   *
   * @param name names the test
   * @param failure what the test has thrown; null if it has passed
   */
  public void writeTimeline(Stage stage, String name, @Nullable Throwable failure) {
    boolean wanted =
        failure == null
            ? timeline == TimelineWish.ALWAYS
            : timeline != TimelineWish.NEVER && !framework.aborts().test(failure);
    if (wanted && stage.loop() instanceof TestLoop test) {
      TestTimelines.write(test, name, failure)
          .filter(said -> failure != null)
          .ifPresent(said -> Objects.requireNonNull(failure).addSuppressed(new Remark(said)));
    }
  }

  /**
   * Closes a stage and throws what is wrong, if anything is.
   *
   * @param failure what was wrong before; what the loop has to say is suppressed in it. Null for
   *     nothing
   */
  public static void closed(Stage stage, @Nullable Throwable failure) throws Throwable {
    try {
      stage.close();
    } catch (Throwable problem) {
      if (failure == null) {
        throw problem;
      }
      failure.addSuppressed(problem);
    }
    if (failure != null) {
      throw failure;
    }
  }

  /**
   * Opens a loop and makes a stage of it.
   *
   * @param name names the loop
   * @param seed decides the schedule unless a run is to be repeated; null for first in, first out
   */
  public Stage open(String name, @Nullable Long seed) {
    TestLoop opened = loop.open(name, seed);
    return new Stage(opened, opened, loop, framework);
  }
}
