package dev.standstill.junit;

import dev.standstill.EventLoop;
import dev.standstill.explore.Exploration;
import dev.standstill.explore.ExplorationResult;
import dev.standstill.explore.ScheduleFailure;
import dev.standstill.junit.flakes.Round;
import dev.standstill.junit.flakes.SuiteRun;
import dev.standstill.test.TestLoop;
import dev.standstill.test.stage.ParameterNames;
import dev.standstill.test.stage.StackTraces;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * One test whose schedules are explored. JUnit sees one invocation; under each schedule a fresh
 * instance of the test class is made, and its fixtures and the test run on a loop of their own. For
 * one thread.
 */
final class ExploredTest implements Exploration.Body {

  /** Instead of a folder: failures are not kept. */
  private static final String NO_FAILURES = "none";

  private final Class<?> type;
  private final Method method;
  private final List<Object> arguments;
  private final List<Method> before;
  private final List<Method> after;

  /**
   * @param arguments what JUnit would pass to {@code method}; what is about the loop is replaced
   */
  ExploredTest(ExtensionContext context, Method method, List<Object> arguments) {
    this.type = context.getRequiredTestClass();
    this.method = method;
    this.arguments = arguments;
    this.before =
        AnnotationSupport.findAnnotatedMethods(
            type, BeforeEach.class, HierarchyTraversalMode.TOP_DOWN);
    this.after =
        AnnotationSupport.findAnnotatedMethods(
            type, AfterEach.class, HierarchyTraversalMode.BOTTOM_UP);
  }

  /** Explores as {@code settings} say; throws what was found. */
  void explore(Settings settings, ExtensionContext context) {
    Exploration exploration =
        Exploration.of(this).schedules(settings.explore()).settings(settings.loop()::set);
    if (settings.exploreFor() != null) {
      exploration.limit(settings.exploreFor());
    }
    if (settings.plainFields()) {
      exploration.plainFields();
    }
    if (settings.failOnRaces()) {
      exploration.failOnRaces();
    }
    Round round = FlakeSearch.roundOf(context).orElse(null);
    if (round == null) {
      keepFailures(exploration, settings.failures(), context);
    } else {
      exploration.seed(Objects.requireNonNullElse(round.seed(), 0L)).stopWhen(round::isOver);
    }
    ExplorationResult result = run(exploration, settings, context, round);
    if (round == null || !round.isOver()) {
      context.publishReportEntry(SuiteRun.EXPLORED, result.toString());
    }
    result.races().forEach(race -> context.publishReportEntry("standstill.race", race.story()));
    if (result.failure().isPresent()) {
      ScheduleFailure failure = result.failure().get();
      TestName name = TestName.of(context);
      String timeline =
          settings.timeline() == LoopTest.Timeline.NEVER
              ? ""
              : TimelineFile.write(failure.trace(), name)
                  .map(said -> System.lineSeparator() + said)
                  .orElse("");
      String repetition = Repetition.write(failure.token(), name);
      failure.addSuppressed(
          new Details(describe(result, failure, repetition) + timeline, repetition));
      if (!settings.loop().fullStackTraces()) {
        StackTraces.trim(failure);
      }
      throw failure;
    }
    if (settings.mustExplore() || settings.replay() != null) {
      result.orThrow();
    }
  }

  private ExplorationResult run(
      Exploration exploration, Settings settings, ExtensionContext context, @Nullable Round round) {
    if (settings.replay() != null) {
      return exploration.replay(settings.replay());
    }
    TestCampaign campaign = round == null ? TestCampaign.of(context).orElse(null) : null;
    return campaign == null
        ? exploration.run()
        : campaign.explore(
            campaign.subject(name(context), exploration, settings.explore()),
            exploration,
            TestName.of(context));
  }

  private void keepFailures(
      Exploration exploration, @Nullable String folder, ExtensionContext context) {
    if (folder == null) {
      exploration.keepFailures(name(context));
    } else if (!folder.equals(NO_FAILURES)) {
      exploration.keepFailures(name(context), Path.of(folder));
    }
  }

  /** Tells the test from others, and its invocation: only their first has no number. */
  private String name(ExtensionContext context) {
    String number = context.getUniqueId().replaceFirst(".*:#([0-9]+)]$", "#$1");
    boolean isOneOfMany = number.startsWith("#") && !number.equals("#1");
    return "%s.%s%s"
        .formatted(
            type.getName(),
            method.getName() + Arrays.toString(method.getParameterTypes()),
            isOneOfMany ? number : "");
  }

  /** What the parameter takes to repeat the failing run of an explored test. */
  static Optional<String> repetitionOf(Throwable failure) {
    return Stream.of(failure.getSuppressed())
        .filter(Details.class::isInstance)
        .map(details -> ((Details) details).repetition)
        .findFirst();
  }

  private static String describe(
      ExplorationResult result, ScheduleFailure failure, String repetition) {
    return "%s%nTo repeat the run: @LoopTest(explore = 1, replay = \"%s\"), or -D%s=%s"
        .formatted(result, failure.token(), ParameterNames.REPLAY, repetition);
  }

  /** What is said of a failure beside what it says itself. */
  static final class Details extends Throwable {

    private static final long serialVersionUID = 1;

    private final String repetition;

    /** Of a test that is not explored. */
    Details(String message) {
      this(message, "");
    }

    Details(String message, String repetition) {
      super(message, null, false, false);
      this.repetition = repetition;
    }
  }

  @Override
  public void run(TestLoop loop) {
    Object instance = instance(type, loop);
    for (Method fixture : before) {
      invoke(fixture, instance, loop, null);
    }
    try {
      invoke(method, instance, loop, arguments);
    } finally {
      for (Method fixture : after) {
        invoke(fixture, instance, loop, null);
      }
    }
  }

  private static Object instance(Class<?> ofType, TestLoop loop) {
    Constructor<?> constructor = ofType.getDeclaredConstructors()[0];
    boolean isInner = ofType.isMemberClass() && !Modifier.isStatic(ofType.getModifiers());
    Object enclosing = isInner ? instance(ofType.getEnclosingClass(), loop) : null;
    Parameter[] parameters = constructor.getParameters();
    Object[] values =
        IntStream.range(0, parameters.length)
            .mapToObj(index ->
                index == 0 && enclosing != null
                    ? enclosing
                    : value(constructor, parameters[index], loop))
            .toArray();
    return ReflectionSupport.newInstance(ofType, values);
  }

  private static void invoke(
      Method called, Object instance, TestLoop loop, @Nullable List<Object> known) {
    Parameter[] parameters = called.getParameters();
    Object[] values =
        IntStream.range(0, parameters.length)
            .mapToObj(index ->
                known == null || isOfLoop(parameters[index])
                    ? value(called, parameters[index], loop)
                    : known.get(index))
            .toArray();
    ReflectionSupport.invokeMethod(called, instance, values);
  }

  private static boolean isOfLoop(Parameter parameter) {
    Class<?> type = parameter.getType();
    return type == TestLoop.class || type == EventLoop.class || type == Clock.class;
  }

  private static Object value(Executable called, Parameter parameter, TestLoop loop) {
    if (!isOfLoop(parameter)) {
      throw new ExtensionConfigurationException(
          "%s cannot be explored: its parameter %s is another extension's, which is asked once, and not for each schedule. Only those of the test method may be."
              .formatted(called, parameter));
    }
    return parameter.getType() == Clock.class ? loop.clock() : loop;
  }
}
