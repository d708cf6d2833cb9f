package dev.standstill.testng;

import dev.standstill.test.stage.LoopedTest;
import org.jspecify.annotations.Nullable;
import org.testng.ITestContext;
import org.testng.ITestNGMethod;
import org.testng.ITestResult;

/** A test method or configuration method that is called, and the call that it is a part of. */
final class LoopPart {

  private final LoopCall call;
  private final boolean last;
  private volatile boolean performed;

  private LoopPart(LoopCall call, boolean last) {
    this.call = call;
    this.last = last;
  }

  /** Called by the thread that will call a test method; null if it does not run on a loop. */
  static @Nullable LoopPart ofTest(ITestResult result) {
    ITestNGMethod test = result.getMethod();
    LoopCall call = callOf(test, result.getTestContext());
    return call == null ? null : new LoopPart(call, false);
  }

  /**
   * Called by the thread that will call a configuration method; null if it does not run on a loop.
   *
   * @param test the test method that it is for; null if it is for none
   */
  static @Nullable LoopPart ofConfiguration(ITestResult result, @Nullable ITestNGMethod test) {
    ITestNGMethod method = result.getMethod();
    if (method.isBeforeMethodConfiguration() && test != null) {
      LoopCall call = callOf(test, result.getTestContext());
      return call == null ? null : new LoopPart(call, false);
    }
    if (method.isAfterMethodConfiguration() && test != null) {
      LoopCall call = afterTest(test, result.getTestContext());
      return call == null ? null : after(call, !LoopSettings.haveOneLoop(test.getRealClass()));
    }
    if (method.isBeforeClassConfiguration() || method.isAfterClassConfiguration()) {
      LoopCall call = ofClass(result);
      return call == null ? null : after(call, method.isAfterClassConfiguration());
    }
    return null;
  }

  /** Whether a method that comes after the tests is the last of the call. */
  private static LoopPart after(LoopCall call, boolean counts) {
    if (counts) {
      call.after();
    }
    return new LoopPart(call, counts && call.hasNoAfters());
  }

  private static @Nullable LoopCall callOf(ITestNGMethod test, ITestContext context) {
    LoopedTest said = LoopSettings.of(test, context).orElse(null);
    if (said == null) {
      return null;
    }
    return LoopSettings.haveOneLoop(test.getRealClass())
        ? LoopCalls.ofInstance(
            test.getInstance(), test.getTestClass().getAfterClassMethods(), said, context)
        : LoopCalls.begin(test, said, context);
  }

  private static @Nullable LoopCall afterTest(ITestNGMethod test, ITestContext context) {
    return LoopSettings.haveOneLoop(test.getRealClass())
        ? callOf(test, context)
        : LoopCalls.ofThread(test);
  }

  private static @Nullable LoopCall ofClass(ITestResult result) {
    Class<?> type = result.getTestClass().getRealClass();
    Object instance = result.getInstance();
    LoopedTest said = LoopSettings.of(type, result.getTestContext()).orElse(null);
    return said == null || instance == null || !LoopSettings.haveOneLoop(type)
        ? null
        : LoopCalls.ofInstance(
            instance,
            result.getMethod().getTestClass().getAfterClassMethods(),
            said,
            result.getTestContext());
  }

  LoopCall call() {
    return call;
  }

  /** Whether the loop is to be closed afterwards. */
  boolean isLast() {
    return last;
  }

  /** Says that the method runs on the loop. */
  void perform() {
    performed = true;
  }

  boolean isPerformed() {
    return performed;
  }
}
