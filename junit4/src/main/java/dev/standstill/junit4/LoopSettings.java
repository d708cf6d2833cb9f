package dev.standstill.junit4;

import dev.standstill.test.stage.Framework;
import dev.standstill.test.stage.LoopAnnotation;
import dev.standstill.test.stage.LoopPattern;
import dev.standstill.test.stage.LoopedTest;
import dev.standstill.test.stage.TimelineWish;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.internal.AssumptionViolatedException;
import org.junit.runner.Description;

/** What is said of tests: by annotations and by parameters. Any thread may call. */
final class LoopSettings {

  private static final Framework JUNIT_4 =
      new Framework(LoopAnnotation.NAME, AssumptionViolatedException.class::isInstance);

  /** Gives parameters; on the JUnit Platform those of the run. */
  private static volatile Function<String, @Nullable String> parameters = System::getProperty;

  private LoopSettings() {}

  /** Whether what a test has thrown says that it cannot run here. */
  static boolean isAborted(Throwable thrown) {
    return JUNIT_4.aborts().test(thrown);
  }

  /** Takes parameters from there from now on. */
  static void takeParametersFrom(Function<String, @Nullable String> source) {
    parameters = source;
  }

  /** What is said of a test. */
  static LoopedTest of(Description test) {
    Class<?> testClass = test.getTestClass();
    LoopAnnotation said =
        LoopAnnotation.ofTest(
                read(test.getAnnotation(OnLoop.class)),
                testClass == null ? null : read(testClass.getAnnotation(OnLoop.class)),
                test.getDisplayName())
            .orElse(LoopAnnotation.NONE);
    return of(said, testClass == null ? "" : testClass.getPackageName());
  }

  /** What is said of a class whose tests share a loop. */
  static LoopedTest ofClass(Class<?> testClass) {
    LoopAnnotation onClass = read(testClass.getAnnotation(OnLoop.class));
    LoopAnnotation said = onClass == null ? LoopAnnotation.NONE : onClass;
    return of(said.forTestsOf(testClass), testClass.getPackageName());
  }

  private static LoopedTest of(LoopAnnotation said, String packageName) {
    return LoopedTest.of(said, packageName, parameters, JUNIT_4);
  }

  private static @Nullable LoopAnnotation read(@Nullable OnLoop said) {
    return said == null
        ? null
        : new LoopAnnotation(
            said.scope() == OnLoop.Scope.CLASS,
            said.start(),
            said.timeout(),
            said.realTimeLimit(),
            said.seeds(),
            said.keepGoing(),
            said.replay(),
            said.leaks(),
            said.network(),
            TimelineWish.valueOf(said.timeline().name()));
  }

  /** Whether a test runs on a loop of its own though neither a runner nor a rule says so. */
  static boolean isLooped(Description test) {
    Class<?> testClass = test.getTestClass();
    if (testClass == null || LoopOfClass.isShared(testClass)) {
      return false;
    }
    OnLoop onClass = testClass.getAnnotation(OnLoop.class);
    if (onClass != null && onClass.scope() == OnLoop.Scope.CLASS) {
      throw new IllegalArgumentException(
          "The tests of %s cannot share a loop without a runner or a rule that says where it begins: add @RunWith(LoopRunner.class)."
              .formatted(testClass.getName()));
    }
    if (test.getAnnotation(OnLoop.class) != null || onClass != null) {
      return true;
    }
    String method = test.getMethodName();
    return LoopPattern.of(parameters)
        .filter(pattern -> pattern.includes(testClass, method == null ? "" : method))
        .isPresent();
  }

  static String nameOf(Description test) {
    Class<?> testClass = test.getTestClass();
    String method = String.valueOf(test.getMethodName());
    return testClass == null ? method : testClass.getSimpleName() + "." + method;
  }
}
