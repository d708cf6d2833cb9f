package dev.standstill.agent;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The least that can pass for a loop: virtual threads named "task" are on it, and its delegates
 * answer with values that no real clock has. It lies in the package of the agent, whose classes
 * keep the real clocks.
 */
public final class Loop {

  /** 2000-01-01T00:00:00Z, where the clocks stand. */
  public static final long EPOCH_SECOND = 946_684_800;

  public static final long NANOS_IN_SECOND = 7;

  public static final AtomicLong nanoTime = new AtomicLong(42);

  /** How far the clock moves with each read, in nanoseconds. */
  public static volatile long tick;

  public static final AtomicInteger reads = new AtomicInteger();
  public static final AtomicInteger parksOutside = new AtomicInteger();
  public static final AtomicInteger returnsFromOutside = new AtomicInteger();

  public static UnaryOperator<Executor> asyncExecutor = pool -> pool;
  public static Predicate<ScheduledFuture<?>> scheduleDelayed = _ -> false;
  public static LongPredicate parkPinned = _ -> false;
  public static IntPredicate exit = _ -> false;

  /** The shutdown hooks that the loop has taken. */
  public static final List<Thread> shutdownHooks = new CopyOnWriteArrayList<>();

  private Loop() {}

  /** Installs the delegates and makes the hooks active. */
  public static void open() throws ReflectiveOperationException {
    LongSupplier nanos = () -> isTask() ? readNanoTime() : System.nanoTime();
    LongSupplier millis = () -> isTask() ? EPOCH_SECOND * 1000 : System.currentTimeMillis();
    LongUnaryOperator adjustment = second -> isTask() ? nanosSince(second) : Long.MIN_VALUE;
    UnaryOperator<Executor> async = pool -> isTask() ? asyncExecutor.apply(pool) : pool;
    Predicate<ScheduledFuture<?>> delayed = task -> isTask() && scheduleDelayed.test(task);
    Runnable enter = () -> count(parksOutside);
    Runnable leave = () -> count(returnsFromOutside);
    LongPredicate pinned = left -> isTask() && parkPinned.test(left);
    IntPredicate ends = status -> isTask() && exit.test(status);
    Consumer<Object> service = any -> count(parksOutside);
    install(
        hooks(),
        nanos,
        millis,
        adjustment,
        async,
        delayed,
        enter,
        enter,
        service,
        leave,
        pinned,
        ends);
    Predicate<Thread> add = hook -> isTask() && shutdownHooks.add(hook);
    Predicate<Thread> remove = hook -> isTask() && shutdownHooks.remove(hook);
    install(Class.forName("java.lang.StandstillShutdown", true, null), add, remove, ends);
  }

  private static void install(Class<?> hooks, Object... delegates)
      throws ReflectiveOperationException {
    Method install =
        Arrays.stream(hooks.getMethods())
            .filter(method -> method.getName().equals("install"))
            .findAny()
            .orElseThrow();
    install.invoke(null, delegates);
    hooks.getField("active").setBoolean(null, true);
  }

  public static Class<?> hooks() throws ClassNotFoundException {
    return Class.forName("java.lang.StandstillHooks", true, null);
  }

  /** Runs code on the loop and returns what it returns. */
  public static <T> T call(Callable<T> code) throws Exception {
    FutureTask<T> task = new FutureTask<>(code);
    Thread.ofVirtual().name("task").start(task);
    return task.get();
  }

  public static boolean isTask() {
    return Thread.currentThread().getName().equals("task");
  }

  private static long readNanoTime() {
    reads.incrementAndGet();
    return nanoTime.getAndAdd(tick);
  }

  private static long nanosSince(long second) {
    return (EPOCH_SECOND - second) * 1_000_000_000 + NANOS_IN_SECOND;
  }

  private static void count(AtomicInteger counter) {
    if (isTask()) {
      counter.incrementAndGet();
    }
  }
}
