package dev.standstill.testng;

import dev.standstill.test.stage.LoopedTest;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.testng.IClassListener;
import org.testng.IConfigurable;
import org.testng.IConfigurationListener;
import org.testng.IConfigureCallBack;
import org.testng.IHookCallBack;
import org.testng.IHookable;
import org.testng.IInvokedMethod;
import org.testng.IInvokedMethodListener;
import org.testng.ISuite;
import org.testng.ISuiteListener;
import org.testng.ITestClass;
import org.testng.ITestContext;
import org.testng.ITestListener;
import org.testng.ITestNGMethod;
import org.testng.ITestResult;

/**
 * Runs test methods and configuration methods on loops: those of classes and methods with {@link
 * OnLoop}, and those that the parameter {@code standstill.loop} names, as {@code all} or by names
 * of classes. TestNG finds it by itself; {@code @Listeners} or a {@code testng.xml} may name it as
 * well.
 *
 * <p>The constructor, data providers and configuration methods of suites, of {@code <test>}s and of
 * groups stay on TestNG's thread; so do those of classes whose tests have a loop each.
 *
 * <p>Where tasks are left, the test fails; if there are {@code @AfterMethod} methods, which may end
 * them, the last of these fails instead, for TestNG has told the outcome of the test by then.
 *
 * <p>TestNG calls all methods; any thread may.
 */
public final class LoopListener
    implements IHookable,
        IConfigurable,
        IConfigurationListener,
        IInvokedMethodListener,
        IClassListener,
        ISuiteListener,
        ITestListener {

  private static final String PART = "dev.standstill.part";
  private static final String TOLD = "dev.standstill.told";

  /** Called by TestNG. */
  public LoopListener() {}

  @Override
  public void onStart(ISuite suite) {
    LoopSettings.warnOfUnknown(suite);
    LoopNotes.begin(suite);
  }

  @Override
  public void onFinish(ISuite suite) {
    LoopNotes.end(suite);
  }

  /** Has tests run under as many seeds as they want: each is an invocation. */
  @Override
  public void onStart(ITestContext context) {
    for (ITestNGMethod test : context.getAllTestMethods()) {
      LoopedTest said = LoopSettings.of(test, context).orElse(null);
      if (said != null
          && said.seeds() > 0
          && said.loop().replay() == null
          && !LoopSettings.haveOneLoop(test.getRealClass())) {
        test.setInvocationCount(said.seeds());
        test.setSkipFailedInvocations(!said.keepGoing());
        LoopSeeds.begin(test, said.keepGoing(), context);
      }
    }
  }

  /**
   * Called by TestNG before a configuration method.
   *
   * @param result that of the configuration method
   * @param test the test method that it is for; null if it is for none
   */
  @Override
  public void beforeConfiguration(ITestResult result, @Nullable ITestNGMethod test) {
    if (result.getAttribute(PART) == null) {
      LoopPart part = LoopPart.ofConfiguration(result, test);
      if (part != null) {
        result.setAttribute(PART, part);
      }
    }
  }

  @Override
  public void beforeInvocation(IInvokedMethod method, ITestResult result) {
    if (method.isTestMethod() && result.getAttribute(PART) == null) {
      LoopPart part = LoopPart.ofTest(result);
      if (part != null) {
        result.setAttribute(PART, part);
      }
    }
  }

  @Override
  public void run(IHookCallBack callBack, ITestResult result) {
    LoopPart part = partOf(result);
    if (part == null) {
      callBack.runTestMethod(result);
      return;
    }
    Duration timeout = LoopSettings.timeout(part.call().settings(), result.getMethod());
    Throwable failure = perform(part, () -> callBack.runTestMethod(result), result, timeout);
    part.call().writeTimeline(result.getMethod(), failure);
    throwUnlessKnown(failure, result);
  }

  @Override
  public void run(IConfigureCallBack callBack, ITestResult result) {
    LoopPart part = partOf(result);
    if (part == null) {
      callBack.runConfigurationMethod(result);
      return;
    }
    Throwable failure = perform(part, () -> callBack.runConfigurationMethod(result), result, null);
    throwUnlessKnown(part.isLast() ? LoopCalls.end(part.call(), failure) : failure, result);
  }

  /** Runs a method on its loop; returns what was wrong, null for nothing. */
  private static @Nullable Throwable perform(
      LoopPart part, Runnable callBack, ITestResult result, @Nullable Duration timeout) {
    part.perform();
    try {
      part.call()
          .stage()
          .runWithFixtures(
              () -> {
                callBack.run();
                Throwable known = known(result);
                if (known != null) {
                  throw known;
                }
                return null;
              },
              timeout);
      return null;
    } catch (Throwable failure) {
      return failure;
    } finally {
      part.call().stage().tell(part.call().keyOf(result));
    }
  }

  /** TestNG throws by itself what it has caught. */
  private static void throwUnlessKnown(@Nullable Throwable failure, ITestResult result) {
    if (failure != null && failure != known(result)) {
      LoopListener.<RuntimeException>sneak(failure);
    }
  }

  /** TestNG treats every exception alike, but its interfaces declare none. */
  @SuppressWarnings("unchecked")
  private static <X extends Throwable> void sneak(Throwable failure) throws X {
    throw (X) failure;
  }

  private static @Nullable Throwable known(ITestResult result) {
    Throwable caught = result.getThrowable();
    return caught instanceof InvocationTargetException && caught.getCause() != null
        ? caught.getCause()
        : caught;
  }

  @Override
  public void afterInvocation(IInvokedMethod method, ITestResult result) {
    LoopPart part = partOf(result);
    if (part == null || part.call().isEnded()) {
      return;
    }
    if (method.isTestMethod()) {
      afterTest(part, result);
    } else if (part.isLast()) {
      LoopCalls.endAndLog(part.call()); // It was skipped.
    }
  }

  private static void afterTest(LoopPart part, ITestResult result) {
    LoopCall call = part.call();
    call.tested();
    if (!part.isPerformed() && result.getStatus() != ITestResult.SKIP) {
      fail(result, new IllegalStateException(whyNot(result)));
    }
    if (LoopCalls.isOfThread(call) && call.hasNoAfters()) {
      Throwable problem = LoopCalls.end(call, null);
      if (problem != null) {
        fail(result, problem);
      }
    }
    Long seed = call.seed();
    AssertionError summary =
        seed == null
            ? null
            : LoopSeeds.of(result.getMethod(), result.getTestContext())
                .map(seeds -> seeds.ended(seed, result, call.stage()))
                .orElse(null);
    if (summary != null) {
      fail(result, summary);
    }
  }

  private static String whyNot(ITestResult result) {
    String type = result.getMethod().getRealClass().getName();
    return IHookable.class.isAssignableFrom(result.getMethod().getRealClass())
        ? "%s has not run on its loop, because its class is an IHookable itself: let its run() call new LoopListener().run(callBack, testResult)."
            .formatted(result.getMethod().getQualifiedName())
        : "%s has not run on its loop, because another listener is the IHookable of this suite: leave one of them away."
            .formatted(type);
  }

  private static void fail(ITestResult result, Throwable problem) {
    Throwable before = result.getThrowable();
    if (result.getStatus() == ITestResult.FAILURE && before != null) {
      before.addSuppressed(problem);
    } else {
      result.setThrowable(problem);
      result.setStatus(ITestResult.FAILURE);
    }
  }

  @Override
  public void onTestSuccess(ITestResult result) {
    tell(result);
  }

  @Override
  public void onTestFailure(ITestResult result) {
    tell(result);
  }

  @Override
  public void onTestFailedButWithinSuccessPercentage(ITestResult result) {
    tell(result);
  }

  @Override
  public void onConfigurationFailure(ITestResult result) {
    if (isFirst(result)) {
      LoopNotes.configurationFailed(result);
    }
  }

  private static void tell(ITestResult result) {
    if (isFirst(result)) {
      LoopPart part = partOf(result);
      if (part == null) {
        LoopNotes.tested(result, null);
      } else {
        part.call().tell(result);
      }
    }
  }

  /** Other listeners of this class may be there, and are told of the same. */
  private static boolean isFirst(ITestResult result) {
    boolean first = result.getAttribute(TOLD) == null;
    result.setAttribute(TOLD, true);
    return first;
  }

  @Override
  public void onTestSkipped(ITestResult result) {
    tell(result);
    LoopCalls.skipped(result.getMethod());
  }

  @Override
  public void onAfterClass(ITestClass testClass) {
    LoopCalls.endOf(testClass);
  }

  @Override
  public void onFinish(ITestContext context) {
    LoopCalls.endAllOf(context);
    LoopSeeds.tellRest(context);
  }

  private static @Nullable LoopPart partOf(ITestResult result) {
    return (LoopPart) result.getAttribute(PART);
  }
}
