package dev.standstill.junit;

import dev.standstill.EventLoop;
import dev.standstill.junit.flakes.Round;
import dev.standstill.junit.spi.LoopOwner;
import dev.standstill.test.Leaks;
import dev.standstill.test.Schedule;
import dev.standstill.test.TestLoop;
import dev.standstill.test.spi.SharedLoops;
import dev.standstill.test.stage.LoopedTest;
import dev.standstill.test.stage.ParameterNames;
import dev.standstill.test.stage.RealTimeLimit;
import dev.standstill.test.stage.StageSettings;
import dev.standstill.test.stage.StartInstant;
import java.lang.annotation.Annotation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What the annotations of a test and the configuration say about its loop. Immutable.
 *
 * @param time which time the loop has
 * @param timeout how far virtual time may move in a test method; null for no limit
 * @param startLimit how much real time it may take to start what tests share; null for the default
 * @param seeds under how many schedules a method runs; 0 for one run
 * @param seed decides the schedule of that one run; null for first in, first out
 * @param keepGoing whether all seeds run, although one has failed
 * @param explore how many schedules of a method are explored; 0 for none
 * @param mustExplore whether it is a failure if there is nothing to explore: the test asks for it
 * @param failures where failures are kept that exploring finds; null for the folder of the build
 * @param exploreFor for how long, in real time; null for as long as it takes
 * @param plainFields whether tasks are switched at all accesses to plain fields
 * @param failOnRaces whether a data race in an explored schedule is a failure
 * @param timeline when a timeline is written; never AUTO
 * @param loop what holds for loops of tests of all frameworks
 */
record Settings(
    LoopTest.Time time,
    @Nullable Duration timeout,
    @Nullable Duration startLimit,
    int seeds,
    @Nullable Long seed,
    boolean keepGoing,
    int explore,
    boolean mustExplore,
    @Nullable String failures,
    @Nullable Duration exploreFor,
    boolean plainFields,
    boolean failOnRaces,
    LoopTest.Timeline timeline,
    StageSettings loop) {

  /** The configuration parameter that limits the real time of starts of what tests share. */
  private static final String START_LIMIT = "standstill.startLimit";

  /**
   * The configuration parameter that says for all {@code @LoopTest} methods how many schedules are
   * explored.
   */
  private static final String EXPLORE = "standstill.explore";

  /** The configuration parameter that has all tests searched for those that flicker. */
  static final String FLAKES = "standstill.flakes";

  /** The configuration parameter that says how that search varies schedules: seeds or explore. */
  static final String FLAKES_BY = "standstill.flakes.by";

  /** The configuration parameter that limits the real time of that search. */
  static final String FLAKES_FOR = "standstill.flakes.for";

  /** The configuration parameter that names the folder in which its results are kept, or none. */
  static final String FLAKES_FOLDER = "standstill.flakes.folder";

  /**
   * The configuration parameter that names a folder, to be checked in, where failures are kept that
   * exploring finds, beside that of the build; or {@code none}, for neither.
   */
  private static final String FAILURES = "standstill.failures";

  /**
   * The configuration parameter that lets each test publish a report entry of this name: the
   * virtual time of its loop at its end.
   */
  static final String VIRTUAL_TIME = "standstill.virtualTime";

  private static final LoopTest DEFAULTS =
      Objects.requireNonNull(WithDefaults.class.getAnnotation(LoopTest.class));

  /**
   * How many loops have been opened for what outlives tests: a database, say, has a random name.
   */
  private static final AtomicLong OWNED = new AtomicLong();

  private static final Duration DEFAULT_START_LIMIT = Duration.ofMinutes(5);

  /** The settings of the test or class of {@code context}; the defaults where none are given. */
  static Settings of(ExtensionContext context) {
    Optional<LoopTest> annotation = nearest(context, LoopTest.class);
    LoopTest test = annotation.orElse(DEFAULTS);
    Optional<Integer> exploreAll = Configuration.number(context, EXPLORE);
    Round round = FlakeSearch.roundOf(context).orElse(null);
    boolean isChosen = FlakeSearch.choosesSchedule(context);
    boolean isReal = test.time() == LoopTest.Time.REAL;
    return new Settings(
        test.time(),
        limit("timeout", test.timeout(), ParameterNames.TIMEOUT, context),
        Durations.of(context, START_LIMIT),
        isChosen ? 0 : count("seeds", test.seeds()),
        round == null ? null : round.seed(),
        Configuration.flag(context, ParameterNames.KEEP_GOING) || test.keepGoing(),
        round != null
            ? round.explore()
            : isChosen ? 0 : isReal ? explore(test) : exploreAll.orElse(explore(test)),
        !isChosen && test.explore() > 0,
        Configuration.text(context, FAILURES).orElse(null),
        duration("exploreFor", test.exploreFor()),
        test.plainFields(),
        test.failOnRaces(),
        timeline(test, context).orElse(LoopTest.Timeline.ON_FAILURE),
        loop(test, annotation.map(LoopTest::leaks).orElseGet(() -> leaks(context)), context));
  }

  private static StageSettings loop(LoopTest test, Leaks leaks, ExtensionContext context) {
    return new StageSettings(
        start(test, context),
        limit("realTimeLimit", test.realTimeLimit(), ParameterNames.REAL_TIME_LIMIT, context),
        Repetition.in(context)
            .filter(repeated -> repeated.isFor(context))
            .map(Repetition::token)
            .orElse(null),
        leaks,
        test.network(),
        allowedReal(test, context),
        context.getTestClass().map(Class::getPackageName).orElse(""),
        test.commonPool(),
        Configuration.oneOf(context, ParameterNames.STACK_TRACES, "full", "short"),
        timeline(test, context).orElse(LoopTest.Timeline.NEVER) != LoopTest.Timeline.NEVER);
  }

  /**
   * What the annotation says, else the parameter, else what suits the test; null if nothing does.
   */
  private static @Nullable Instant start(LoopTest test, ExtensionContext context) {
    String text = Configuration.text(context, ParameterNames.START).orElse("");
    Instant said =
        test.start().isEmpty()
            ? start(Configuration.place(ParameterNames.START, text), text)
            : start("@LoopTest(start = \"%s\")".formatted(test.start()), test.start());
    return said == null && DatabaseTests.include(context) ? StartInstant.now() : said;
  }

  private static @Nullable Instant start(String place, String text) {
    try {
      return StartInstant.parse(place, text);
    } catch (IllegalArgumentException e) {
      throw new ExtensionConfigurationException("" + e.getMessage(), e);
    }
  }

  /** What the annotation says, else what the parameter says for all tests; else empty. */
  private static Optional<LoopTest.Timeline> timeline(LoopTest test, ExtensionContext context) {
    return test.timeline() != LoopTest.Timeline.AUTO
        ? Optional.of(test.timeline())
        : Configuration.text(context, ParameterNames.TIMELINE).map(Settings::timeline);
  }

  private static LoopTest.Timeline timeline(String text) {
    return switch (text) {
      case "never" -> LoopTest.Timeline.NEVER;
      case "on_failure" -> LoopTest.Timeline.ON_FAILURE;
      case "always" -> LoopTest.Timeline.ALWAYS;
      default ->
          throw new ExtensionConfigurationException(
              "%s cannot be read: write never, on_failure or always."
                  .formatted(Configuration.place(ParameterNames.TIMELINE, text)));
    };
  }

  private static List<String> allowedReal(LoopTest test, ExtensionContext context) {
    List<String> allowed = new ArrayList<>();
    for (String server : test.allowReal()) {
      allowed.add(server("@LoopTest(allowReal = \"%s\")".formatted(server), server));
    }
    Configuration.text(context, ParameterNames.ALLOW_REAL)
        .ifPresent(text ->
            ParameterNames.list(text)
                .forEach(server ->
                    allowed.add(
                        server(Configuration.place(ParameterNames.ALLOW_REAL, text), server))));
    return allowed;
  }

  private static String server(String place, String server) {
    try {
      TestLoop.builder().allowReal(server);
      return server;
    } catch (IllegalArgumentException e) {
      throw new ExtensionConfigurationException(
          "%s cannot be read: %s".formatted(place, e.getMessage()), e);
    }
  }

  private static int explore(LoopTest test) {
    return count("explore", test.explore());
  }

  private static int count(String attribute, int number) {
    return Configuration.number(
        "@LoopTest(%s = %d)".formatted(attribute, number), Integer.toString(number));
  }

  private static Leaks leaks(ExtensionContext context) {
    return Configuration.text(context, ParameterNames.LEAKS)
        .map(text -> leaks(Configuration.place(ParameterNames.LEAKS, text), text))
        .orElse(DEFAULTS.leaks());
  }

  private static Leaks leaks(String place, String text) {
    try {
      return LoopedTest.leaks(place, text);
    } catch (IllegalArgumentException e) {
      throw new ExtensionConfigurationException("" + e.getMessage(), e);
    }
  }

  /** What the annotation says, else what the parameter says for all tests. */
  private static @Nullable Duration limit(
      String attribute, String text, String parameter, ExtensionContext context) {
    return text.isEmpty() ? Durations.of(context, parameter) : duration(attribute, text);
  }

  private static @Nullable Duration duration(String attribute, String text) {
    return Durations.parse("@LoopTest(%s = \"%s\")".formatted(attribute, text), text);
  }

  /** Whether the code of {@code context} is meant to run on a loop. */
  static boolean isLoopTest(ExtensionContext context) {
    return nearest(context, LoopTest.class).isPresent() || UnannotatedTests.areMeant(context);
  }

  /** Under how many seeds a {@code @LoopTest} method runs; 0 for one run, first in, first out. */
  int seeds(ExtensionContext context) {
    Optional<Integer> ofAll = Configuration.number(context, ParameterNames.SEEDS);
    return time == LoopTest.Time.REAL || FlakeSearch.choosesSchedule(context)
        ? seeds
        : ofAll.orElse(seeds);
  }

  /** The annotation on the method, else on its class, else on the nearest enclosing class. */
  static <A extends Annotation> Optional<A> nearest(ExtensionContext context, Class<A> type) {
    if (context.getTestClass().isEmpty()) {
      return context
          .getParent()
          .flatMap(factoryOfDynamicTest -> nearest(factoryOfDynamicTest, type));
    }
    return context
        .getTestMethod()
        .flatMap(method -> AnnotationSupport.findAnnotation(method, type))
        .or(() -> onClass(context.getRequiredTestClass(), type));
  }

  private static <A extends Annotation> Optional<A> onClass(
      @Nullable Class<?> testClass, Class<A> type) {
    return testClass == null
        ? Optional.empty()
        : AnnotationSupport.findAnnotation(testClass, type)
            .or(() -> onClass(testClass.getEnclosingClass(), type));
  }

  @LoopTest
  private static final class WithDefaults {}

  /** How long it may take in real time to start what tests share. */
  RealTimeLimit limitOfStart() {
    return new RealTimeLimit(
        StageSettings.unlessDebugged(startLimit == null ? DEFAULT_START_LIMIT : startLimit),
        "What starts on %s took %s of real time, the limit of starts (" + START_LIMIT + ").");
  }

  /**
   * Opens a loop as these settings want it.
   *
   * @param seedOfRun decides the schedule if the settings do not; null for first in, first out
   * @param owner what lives on the loop besides; null for nothing
   */
  EventLoop open(String name, @Nullable Long seedOfRun, @Nullable LoopOwner owner) {
    Long decides = seed == null ? seedOfRun : seed;
    if (time == LoopTest.Time.REAL) {
      return EventLoop.open(name);
    }
    TestLoop.Builder builder = builder(name, owner);
    if (replay() != null && explore == 0) {
      builder.replay(replay());
    } else if (decides != null) {
      builder.schedule(Schedule.seeded(decides));
    }
    return builder.open();
  }

  /**
   * Opens a loop for what outlives tests, first in, first out: no test is to blame for what is left
   * when it closes.
   */
  EventLoop openShared(String name, LoopOwner owner) {
    return time == LoopTest.Time.REAL
        ? EventLoop.open(name)
        : builder(name, owner).leaks(Leaks.WARN).open();
  }

  private TestLoop.Builder builder(String name, @Nullable LoopOwner owner) {
    TestLoop.Builder builder = loop.builder(name);
    if (owner != null) {
      SharedLoops.drawFrom(builder, OWNED.incrementAndGet());
    }
    return owner != null && owner.servesOnNetwork() ? loop.giveNetwork(builder) : builder;
  }

  /** The token of the one run to repeat; null for none. */
  @Nullable String replay() {
    return loop.replay();
  }
}
