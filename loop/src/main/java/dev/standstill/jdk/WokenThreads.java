package dev.standstill.jdk;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/**
 * The threads of no loop that tasks have woken, until they park again. Any thread may call.
 *
 * <p>Threads of the JDK are left out: they serve whoever needs them, and perhaps nobody does.
 */
public final class WokenThreads {

  /** A class of its own, because loops without the agent come by here, too. */
  private static final class Waking {
    /** Tells threads whether to say that they run. */
    static final VarHandle FIELD =
        Hooks.field("java.lang.StandstillThreads", "waking", boolean.class);
  }

  private static final SpinLock LOCK = new SpinLock(WokenThreads::notesAny);

  private static final List<WokenThread> WOKEN = new ArrayList<>();

  /** Whether there is any, so that others pay little. */
  private static volatile boolean any;

  private WokenThreads() {}

  private static void notesAny() {
    any = !WOKEN.isEmpty();
    Waking.FIELD.setVolatile(WOKEN.stream().anyMatch(woken -> !woken.runs()));
  }

  /** The current virtual thread is about to unpark {@code thread}. */
  static void add(Thread thread) {
    AgentHooks.Hooked loop = AgentHooks.ofCaller();
    if (loop == null || isOfTheJdk(thread)) {
      return;
    }
    boolean runs = thread.getState() == Thread.State.RUNNABLE;
    if (runs || LockSupport.getBlocker(thread) != null) {
      WokenThread woken =
          new WokenThread(thread, loop, Thread.currentThread(), new Throwable(), runs, false);
      LOCK.locked(() -> {
        WOKEN.removeIf(other -> other.thread() == thread);
        return WOKEN.add(woken);
      });
    }
  }

  private static boolean isOfTheJdk(Thread thread) {
    Class<?> type = thread.getClass();
    ThreadGroup group = thread.getThreadGroup();
    return type != Thread.class && type.getClassLoader() == null
        || group == null
        || group.getParent() == null;
  }

  /** The current thread has parked and runs again. */
  static void runs() {
    change(WokenThread::running);
  }

  /** The current thread has handed something to a loop. */
  public static void handsOver() {
    if (any) {
      change(WokenThread::answering);
    }
  }

  private static void change(UnaryOperator<WokenThread> change) {
    Thread current = Thread.currentThread();
    LOCK.locked(() -> {
      WOKEN.replaceAll(woken -> woken.thread() == current ? change.apply(woken) : woken);
      return null;
    });
  }

  /** Forgets that a thread was woken, since it was waited for long enough. */
  public static void forget(WokenThread woken) {
    LOCK.locked(() -> WOKEN.removeIf(other -> other.thread() == woken.thread()));
  }

  /**
   * The threads that tasks of {@code loop} have woken and that may run, in that order, but for the
   * calling thread, which drives.
   */
  public static List<WokenThread> of(AgentHooks.Hooked loop) {
    if (!any) {
      return List.of();
    }
    Thread driver = Thread.currentThread();
    return LOCK.locked(() -> {
      WOKEN.removeIf(woken -> woken.thread() == driver || woken.rests());
      return WOKEN.stream().filter(woken -> woken.loop() == loop).toList();
    });
  }

  /** Forgets the threads that tasks of {@code loop} have woken. */
  public static void forget(AgentHooks.Hooked loop) {
    if (any) {
      LOCK.locked(() -> WOKEN.removeIf(woken -> woken.loop() == loop));
    }
  }
}
