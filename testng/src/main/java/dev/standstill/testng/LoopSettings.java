package dev.standstill.testng;

import dev.standstill.test.stage.Framework;
import dev.standstill.test.stage.LoopAnnotation;
import dev.standstill.test.stage.LoopPattern;
import dev.standstill.test.stage.LoopedTest;
import dev.standstill.test.stage.TimelineWish;
import dev.standstill.test.stage.UnknownParameters;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.testng.ISuite;
import org.testng.ITestContext;
import org.testng.ITestNGMethod;
import org.testng.SkipException;

/** What is said of tests: by annotations and by parameters. Any thread may call. */
final class LoopSettings {

  private static final Framework TEST_NG =
      new Framework(LoopAnnotation.NAME, SkipException.class::isInstance);

  private LoopSettings() {}

  /** Whether what was thrown says that a test cannot run here. */
  static boolean isAborted(@Nullable Throwable thrown) {
    return thrown != null && TEST_NG.aborts().test(thrown);
  }

  /** What is said of a test method; empty if it does not run on a loop. */
  static Optional<LoopedTest> of(ITestNGMethod test, ITestContext context) {
    Class<?> testClass = test.getRealClass();
    Method method = test.getConstructorOrMethod().getMethod();
    Optional<LoopAnnotation> said =
        LoopAnnotation.ofTest(
            method == null ? null : read(method.getAnnotation(OnLoop.class)),
            read(testClass.getAnnotation(OnLoop.class)),
            test.getQualifiedName());
    return of(
        said, testClass, pattern -> pattern.includes(testClass, test.getMethodName()), context);
  }

  /** What is said of a class; empty if it does not run on loops. */
  static Optional<LoopedTest> of(Class<?> testClass, ITestContext context) {
    Optional<LoopAnnotation> said =
        Optional.ofNullable(read(testClass.getAnnotation(OnLoop.class)));
    return of(said, testClass, pattern -> pattern.includes(testClass), context);
  }

  /**
   * @param isNamed whether a pattern means the test or the class, if no annotation does
   */
  private static Optional<LoopedTest> of(
      Optional<LoopAnnotation> said,
      Class<?> testClass,
      Predicate<LoopPattern> isNamed,
      ITestContext context) {
    Function<String, @Nullable String> parameters = parametersOf(context);
    return said.map(each -> each.ofClass() ? each.forTestsOf(testClass) : each)
        .or(() -> LoopPattern.of(parameters).filter(isNamed).map(pattern -> LoopAnnotation.NONE))
        .map(each -> LoopedTest.of(each, testClass.getPackageName(), parameters, TEST_NG));
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

  private static Function<String, @Nullable String> parametersOf(ITestContext context) {
    return name -> parameter(name, context.getCurrentXmlTest().getParameter(name));
  }

  /** The value of a parameter: what a {@code testng.xml} says, else the system property. */
  static @Nullable String parameter(String name, @Nullable String inXml) {
    return inXml == null ? System.getProperty(name) : inXml;
  }

  /** Warns of parameters that are mistyped: of the suite, of its tests, and system properties. */
  static void warnOfUnknown(ISuite suite) {
    Set<String> names = new TreeSet<>(suite.getXmlSuite().getParameters().keySet());
    suite
        .getXmlSuite()
        .getTests()
        .forEach(test -> names.addAll(test.getLocalParameters().keySet()));
    UnknownParameters.warn(names);
  }

  /** Whether the tests of a class share a loop. */
  static boolean haveOneLoop(Class<?> testClass) {
    OnLoop onClass = testClass.getAnnotation(OnLoop.class);
    return onClass != null && onClass.scope() == OnLoop.Scope.CLASS;
  }

  /** How far virtual time may move in a test method: up to the shorter of two limits. */
  static @Nullable Duration timeout(LoopedTest said, ITestNGMethod test) {
    Duration ours = said.timeout();
    if (test.getTimeOut() <= 0) {
      return ours;
    }
    Duration theirs = Duration.ofMillis(test.getTimeOut());
    return ours == null || theirs.compareTo(ours) < 0 ? theirs : ours;
  }
}
