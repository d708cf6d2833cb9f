package dev.standstill.testng;

import dev.standstill.test.stage.LoopedTest;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.testng.ITestClass;
import org.testng.ITestContext;
import org.testng.ITestNGMethod;

/**
 * The calls that have a loop now. TestNG calls a test method and the configuration methods around
 * it by one thread, and tells nobody which belong together; those of other threads are others. All
 * listeners of a JVM share them. Any thread may call.
 */
final class LoopCalls {

  private static final System.Logger LOG = System.getLogger("dev.standstill");

  private static final ThreadLocal<@Nullable LoopCall> OF_THREAD = new ThreadLocal<>();

  private static final Map<Object, LoopCall> OF_INSTANCES =
      Collections.synchronizedMap(new IdentityHashMap<>());

  private static final Set<LoopCall> OPEN =
      Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

  private LoopCalls() {}

  /** The call of a test method by this thread that is about to begin, or has begun. */
  static LoopCall begin(ITestNGMethod test, LoopedTest said, ITestContext context) {
    LoopCall present = OF_THREAD.get();
    if (present != null && present.isOf(test) && present.isBeforeTest()) {
      return present;
    }
    if (present != null) {
      endAndLog(present);
    }
    LoopCall call = LoopCall.of(test, said, context);
    OPEN.add(call);
    OF_THREAD.set(call);
    return call;
  }

  /** The call of a test method by this thread; null if there is none. */
  static @Nullable LoopCall ofThread(ITestNGMethod test) {
    LoopCall present = OF_THREAD.get();
    return present != null && present.isOf(test) ? present : null;
  }

  static boolean isOfThread(LoopCall call) {
    return OF_THREAD.get() == call;
  }

  /** The calls on an instance of a class. */
  static LoopCall ofInstance(
      Object instance, ITestNGMethod[] afters, LoopedTest said, ITestContext context) {
    synchronized (OF_INSTANCES) {
      LoopCall present = OF_INSTANCES.get(instance);
      if (present != null) {
        return present;
      }
      LoopCall call = LoopCall.ofInstance(instance, afters, said, context);
      OPEN.add(call);
      OF_INSTANCES.put(instance, call);
      return call;
    }
  }

  /** Says that a test method will not be called. */
  static void skipped(ITestNGMethod test) {
    LoopCall call = ofThread(test);
    if (call != null) {
      call.tested();
      if (call.hasNoAfters()) {
        endAndLog(call);
      }
    }
  }

  /**
   * Closes the loop of a call.
   *
   * @param failure what was wrong before; null for nothing
   * @return that failure, else what the loop has to say; null for nothing
   */
  static @Nullable Throwable end(LoopCall call, @Nullable Throwable failure) {
    if (isOfThread(call)) {
      OF_THREAD.remove();
    }
    OF_INSTANCES.values().remove(call);
    OPEN.remove(call);
    try {
      call.close(failure);
      return null;
    } catch (Throwable problem) {
      return problem;
    }
  }

  /** Closes the loop of a call where nothing is left that could fail. */
  static void endAndLog(LoopCall call) {
    Throwable problem = call.isEnded() ? null : end(call, null);
    if (problem != null) {
      LOG.log(Level.ERROR, "No test can fail for this any more:", problem);
    }
  }

  /** Closes the loop of a class that has no configuration methods for its end. */
  static void endOf(ITestClass testClass) {
    List<LoopCall> calls;
    synchronized (OF_INSTANCES) {
      calls =
          OF_INSTANCES.entrySet().stream()
              .filter(entry -> entry.getKey().getClass() == testClass.getRealClass())
              .map(Map.Entry::getValue)
              .toList();
    }
    if (calls.size() == 1 && calls.getFirst().hasNoAfters()) {
      endAndLog(calls.getFirst());
    }
  }

  /** Closes what has been left open, such as for a test that was skipped. */
  static void endAllOf(ITestContext context) {
    synchronized (OPEN) {
      List.copyOf(OPEN).stream()
          .filter(call -> call.context() == context)
          .forEach(LoopCalls::endAndLog);
    }
  }
}
