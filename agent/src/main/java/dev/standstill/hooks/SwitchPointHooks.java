package dev.standstill.hooks;

import java.lang.invoke.MethodHandles;
import java.util.Date;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.ObjIntConsumer;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What the classes of a program call while its schedules are explored: before each access that
 * threads can race on, about monitors, and in place of what may return without a cause. The agent
 * defines a copy of this class as {@code java.lang.StandstillSwitchPoints}; this original is never
 * called.
 *
 * <p>Only classes that were changed for an exploration call it. While none goes on they pay one
 * read of a plain static field, and any thread may call.
 */
public final class SwitchPointHooks {

  /** Whether schedules are explored just now. Set by whoever explores, after install. */
  public static boolean active;

  /** The {@code java.lang.instrument.Instrumentation} of this JVM. Set by the agent. */
  public static @Nullable Object instrumentation;

  /**
   * Which places of plain accesses are of interest: those where there is anything but 0. Set by
   * whoever explores.
   */
  public static byte[] plainPlaces = {};

  private static @Nullable ObjIntConsumer<@Nullable Object> access;
  private static @Nullable ObjLongConsumer<@Nullable Object> plain;
  private static @Nullable ObjIntConsumer<Object> enter;
  private static @Nullable Consumer<Object> exited;
  private static @Nullable ObjIntConsumer<Object> waits;
  private static @Nullable Consumer<Object> waited;
  private static @Nullable BooleanSupplier wakes;
  private static @Nullable ObjIntConsumer<MethodHandles.Lookup> initialises;
  private static @Nullable IntConsumer initialiserAt;

  /** The shortest wait in a monitor, in milliseconds; whoever explores ends it at once. */
  private static final long SHORTEST_WAIT = 1;

  private SwitchPointHooks() {}

  /**
   * Sets all delegates. All but the last two are called on the virtual thread that came by.
   *
   * @param access takes the object that is about to be accessed, null for a static field, and the
   *     number of the place
   * @param plain takes the same for an access that orders nothing, and in the upper half of the
   *     number the index if the object is an array
   * @param enter takes the monitor that is about to be entered, and the number of the place
   * @param exited takes a monitor that was just exited
   * @param waits takes the monitor in which is about to be waited, and the number of the place
   * @param waited takes the monitor, after that
   * @param wakes tells whether the wait that is about to begin ends without a cause
   * @param initialises takes the full lookup of a class whose initialiser has begun, and the number
   *     of its first step, on whatever thread runs it
   * @param initialiserAt takes the number of the step to which an initialiser has come, on the same
   *     thread
   */
  public static void install(
      ObjIntConsumer<@Nullable Object> access,
      ObjLongConsumer<@Nullable Object> plain,
      ObjIntConsumer<Object> enter,
      Consumer<Object> exited,
      ObjIntConsumer<Object> waits,
      Consumer<Object> waited,
      BooleanSupplier wakes,
      ObjIntConsumer<MethodHandles.Lookup> initialises,
      IntConsumer initialiserAt) {
    SwitchPointHooks.access = access;
    SwitchPointHooks.plain = plain;
    SwitchPointHooks.enter = enter;
    SwitchPointHooks.exited = exited;
    SwitchPointHooks.waits = waits;
    SwitchPointHooks.waited = waited;
    SwitchPointHooks.wakes = wakes;
    SwitchPointHooks.initialises = initialises;
    SwitchPointHooks.initialiserAt = initialiserAt;
  }

  /** Called before an access to something of {@code target}. */
  public static void access(@Nullable Object target, int place) {
    if (active) {
      tell(access, target, place);
    }
  }

  /** Called before an access to a field of {@code target} that orders nothing. */
  public static void plain(@Nullable Object target, int place) {
    if (isOfInterest(place) && target != null) {
      tellPlain(target, place);
    }
  }

  /** Called before an access to a static field that orders nothing. */
  public static void plain(int place) {
    if (isOfInterest(place)) {
      tellPlain(null, place);
    }
  }

  /** Called before an access to an element of an array. */
  public static void plain(@Nullable Object array, int index, int place) {
    if (isOfInterest(place) && array != null) {
      tellPlain(array, (long) index << Integer.SIZE | place);
    }
  }

  /** Called before an access to what may be made for threads, or not. */
  public static void content(@Nullable Object target, int place) {
    if (active && target != null) {
      if (isConcurrent(target)) {
        tell(access, target, place);
      } else {
        plain(target, place);
      }
    }
  }

  private static boolean isOfInterest(int place) {
    byte[] known = plainPlaces;
    return active && place < known.length && known[place] != 0;
  }

  private static void tellPlain(@Nullable Object target, long indexAndPlace) {
    ObjLongConsumer<@Nullable Object> delegate = plain;
    if (delegate != null && Thread.currentThread().isVirtual()) {
      delegate.accept(target, indexAndPlace);
    }
  }

  private static boolean isConcurrent(Object target) {
    return target instanceof ConcurrentMap
        || target instanceof BlockingQueue
        || target.getClass().getPackageName().equals("java.util.concurrent")
        || target.getClass().getName().startsWith("java.util.Collections$Synchronized");
  }

  /** Called before an access to something static. */
  public static void access(int place) {
    if (active) {
      tell(access, null, place);
    }
  }

  /** Called before a monitor is entered. */
  public static void enter(@Nullable Object monitor, int place) {
    if (active && monitor != null) {
      tell(enter, monitor, place);
    }
  }

  /** Called after a monitor was exited. */
  public static void exited(@Nullable Object monitor) {
    if (active && monitor != null) {
      tell(exited, monitor);
    }
  }

  /** Called in place of {@link Object#wait()}. */
  public static void await(Object monitor, int place) throws InterruptedException {
    await(monitor, 0, 0, place);
  }

  /** Called in place of {@link Object#wait(long)}. */
  public static void await(Object monitor, long millis, int place) throws InterruptedException {
    await(monitor, millis, 0, place);
  }

  /** Called in place of {@link Object#wait(long, int)}. */
  public static void await(Object monitor, long millis, int nanos, int place)
      throws InterruptedException {
    if (!active) {
      monitor.wait(millis, nanos);
      return;
    }
    tell(waits, monitor, place);
    try {
      if (millis >= 0 && wakesWithoutCause()) {
        monitor.wait(SHORTEST_WAIT);
      } else {
        monitor.wait(millis, nanos);
      }
    } finally {
      tell(waited, monitor);
    }
  }

  /** Called in place of {@link Condition#await()}. */
  public static void await(Condition condition) throws InterruptedException {
    if (wakesWithoutCause()) {
      letGo(condition);
    } else {
      condition.await();
    }
  }

  /** Called in place of {@link Condition#await(long, TimeUnit)}. */
  public static boolean await(Condition condition, long time, TimeUnit unit)
      throws InterruptedException {
    if (time > 0 && wakesWithoutCause()) {
      letGo(condition);
      return true;
    }
    return condition.await(time, unit);
  }

  /** Called in place of {@link Condition#awaitNanos}. */
  public static long awaitNanos(Condition condition, long nanos) throws InterruptedException {
    if (nanos > 0 && wakesWithoutCause()) {
      letGo(condition);
      return nanos;
    }
    return condition.awaitNanos(nanos);
  }

  /** Called in place of {@link Condition#awaitUntil}. */
  public static boolean awaitUntil(Condition condition, Date deadline) throws InterruptedException {
    if (deadline.getTime() > System.currentTimeMillis() && wakesWithoutCause()) {
      letGo(condition);
      return true;
    }
    return condition.awaitUntil(deadline);
  }

  /** Unlocks its lock, and locks it again once those had it who waited for that. */
  private static void letGo(Condition condition) throws InterruptedException {
    condition.awaitNanos(0);
  }

  /** Called in place of {@link LockSupport#park()}. */
  public static void park() {
    if (!wakesWithoutCause()) {
      LockSupport.park();
    }
  }

  /** Called in place of {@link LockSupport#park(Object)}. */
  public static void park(@Nullable Object blocker) {
    if (!wakesWithoutCause()) {
      LockSupport.park(blocker);
    }
  }

  /** Called in place of {@link LockSupport#parkNanos(long)}. */
  public static void parkNanos(long nanos) {
    if (nanos <= 0 || !wakesWithoutCause()) {
      LockSupport.parkNanos(nanos);
    }
  }

  /** Called in place of {@link LockSupport#parkNanos(Object, long)}. */
  public static void parkNanos(@Nullable Object blocker, long nanos) {
    if (nanos <= 0 || !wakesWithoutCause()) {
      LockSupport.parkNanos(blocker, nanos);
    }
  }

  private static boolean wakesWithoutCause() {
    BooleanSupplier delegate = wakes;
    return active
        && delegate != null
        && Thread.currentThread().isVirtual()
        && delegate.getAsBoolean();
  }

  /** Called when the initialiser begins of a class whose statics can start afresh. */
  public static void initialises(MethodHandles.Lookup lookup, int firstStep) {
    ObjIntConsumer<MethodHandles.Lookup> delegate = initialises;
    if (delegate != null) {
      delegate.accept(lookup, firstStep);
    }
  }

  /** Called by it before each step that may need other classes, and at its end. */
  public static void initialiserAt(int step) {
    IntConsumer delegate = initialiserAt;
    if (delegate != null) {
      delegate.accept(step);
    }
  }

  private static <T extends @Nullable Object> void tell(
      @Nullable ObjIntConsumer<T> delegate, T target, int place) {
    if (delegate != null && Thread.currentThread().isVirtual()) {
      delegate.accept(target, place);
    }
  }

  private static void tell(@Nullable Consumer<Object> delegate, Object monitor) {
    if (delegate != null && Thread.currentThread().isVirtual()) {
      delegate.accept(monitor);
    }
  }
}
