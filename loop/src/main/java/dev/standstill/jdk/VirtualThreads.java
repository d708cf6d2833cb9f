package dev.standstill.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Virtual threads as their scheduler sees them. Any thread may call.
 *
 * <p>Read from {@code java.lang.VirtualThread}, JDK 25: a slice is the {@code Runnable} that the
 * scheduler is handed, the lambda {@code this::runContinuation}; running it on a platform thread
 * runs the virtual thread until it blocks, yields or ends.
 */
public final class VirtualThreads {

  /** The values of {@code VirtualThread.state} that loops ask for; the JDK's comment has all. */
  public static final int STARTED = 1;

  public static final int PARKED = 4;
  public static final int TIMED_PARKED = 7;
  public static final int YIELDED = 11;
  public static final int BLOCKED = 13;
  public static final int UNBLOCKED = 14;
  public static final int WAIT = 16;
  public static final int TIMED_WAIT = 18;
  public static final int TERMINATED = 99;

  private static final int NEW = 0;

  /** Set in {@code state} while a debugger has suspended the thread. */
  private static final int SUSPENDED = 1 << 8;

  private static final Internals JDK = Internals.resolve(piece -> true);
  private static final Class<?> SLICE_CLASS = sliceClass();
  private static final MethodHandle SLICE_THREAD = threadGetter(SLICE_CLASS);

  /**
   * Retransforming {@code VirtualThread} links its lambda anew, so that threads made later have
   * slices of another class: it happens once, when the agent is attached to a running JVM.
   */
  private static final ClassValue<MethodHandle> OTHER_SLICES =
      new ClassValue<>() {
        @Override
        protected MethodHandle computeValue(Class<?> sliceClass) {
          return threadGetter(sliceClass);
        }
      };

  private VirtualThreads() {}

  /** A builder of virtual threads that {@code scheduler} runs, slice by slice. */
  public static Thread.Builder.OfVirtual builder(Executor scheduler) {
    try {
      return (Thread.Builder.OfVirtual) JDK.newBuilder().invokeExact(scheduler);
    } catch (Throwable e) {
      throw new LinkageError("VirtualThreadBuilder(Executor) failed", e);
    }
  }

  /** Binds the scoped values of the calling thread in {@code unstarted}, as a fork does. */
  public static void inheritScopedValues(Thread unstarted) {
    ScopedBindings.inherit(unstarted);
  }

  /**
   * Whether a thread that {@code thread} makes inherits thread-locals, unless that is ruled out.
   */
  public static boolean hasInheritableLocals(Thread thread) {
    return ThreadResidue.hasInheritable(thread);
  }

  /**
   * Drops the thread-locals of the calling virtual thread, so that other code can run in it as in a
   * new one. False if more is left than thread-locals: an interrupt, a permit to park, a scope of
   * structured concurrency that is open.
   */
  public static boolean wipe(Thread self) {
    return ThreadResidue.wipe(self);
  }

  /** The virtual thread that running {@code slice} would run. */
  public static Thread threadOf(Runnable slice) {
    try {
      return slice.getClass() == SLICE_CLASS
          ? (Thread) SLICE_THREAD.invokeExact(slice)
          : (Thread) OTHER_SLICES.get(slice.getClass()).invokeExact(slice);
    } catch (Throwable e) {
      throw new LinkageError("The slice " + slice + " has no thread", e);
    }
  }

  /** The scheduler of {@code thread}, or null for a platform thread. */
  public static @Nullable Executor schedulerOf(Thread thread) {
    return thread.isVirtual() ? (Executor) JDK.scheduler().get(thread) : null;
  }

  /** Whether {@code thread} runs the code of a platform thread that is no daemon. */
  public static boolean backsNonDaemon(Thread thread) {
    return BackedThread.backsNonDaemon(thread);
  }

  /** The virtual thread that backs {@code thread} on a loop now, or {@code thread} itself. */
  public static Thread backing(Thread thread) {
    return BackedThread.virtual(thread);
  }

  /** The thread that programs see: the platform thread that {@code thread} backs, or itself. */
  public static Thread seen(Thread thread) {
    return thread.isVirtual() ? BackedThread.seen(thread) : thread;
  }

  /** The pool of the JDK's whose worker {@code thread} is; null if it is none, or not yet. */
  public static @Nullable Object poolOf(Thread thread) {
    return PoolThreads.poolOf(thread);
  }

  /** The state of a virtual thread, one of the constants here or another of the JDK's. */
  public static int state(Thread thread) {
    return (int) JDK.state().getVolatile(thread) & ~SUSPENDED;
  }

  /**
   * Where {@code thread} is, innermost frame first; empty if it has not begun or has ended. For the
   * carrier of its loop only, which is the one that could run it meanwhile.
   *
   * <p>Not {@code Thread.getStackTrace()}, which submits a thread that is ready once more (JDK 25,
   * {@code VirtualThread.tryGetStackTrace}).
   */
  public static List<StackTraceElement> stack(Thread thread) {
    List<StackTraceElement> running = stackWhileRunning(thread);
    if (!running.isEmpty()) {
      return running;
    }
    try {
      return switch (state(thread)) {
        case NEW, STARTED, TERMINATED -> List.of();
        default -> List.of((StackTraceElement[]) JDK.unmountedStack().invokeExact(thread));
      };
    } catch (Throwable e) {
      throw new LinkageError("The stack of " + thread + " cannot be read", e);
    }
  }

  /**
   * Where {@code thread} is, innermost frame first; empty if it does not run. Any thread may ask.
   */
  public static List<StackTraceElement> stackWhileRunning(Thread thread) {
    try {
      StackTraceElement[] stack = (StackTraceElement[]) JDK.runningStack().invokeExact(thread);
      return stack == null ? List.of() : List.of(stack);
    } catch (Throwable e) {
      throw new LinkageError("The stack of " + thread + " cannot be read", e);
    }
  }

  /** The platform thread that runs the caller. */
  public static Thread currentCarrier() {
    try {
      return (Thread) JDK.currentCarrier().invokeExact();
    } catch (Throwable e) {
      throw new LinkageError("Thread.currentCarrierThread() failed", e);
    }
  }

  static Internals internals() {
    return JDK;
  }

  private static Class<?> sliceClass() {
    try {
      Runnable slice =
          (Runnable) JDK.continuation().invokeExact(Thread.ofVirtual().unstarted(() -> {}));
      return slice.getClass();
    } catch (Throwable e) {
      throw new LinkageError("VirtualThread.runContinuation cannot be read", e);
    }
  }

  /** The lambda's class is hidden and has one field, the captured {@code this}. */
  private static MethodHandle threadGetter(Class<?> sliceClass) {
    try {
      Field captured = sliceClass.getDeclaredFields()[0];
      return MethodHandles.privateLookupIn(sliceClass, MethodHandles.lookup())
          .unreflectGetter(captured)
          .asType(MethodType.methodType(Thread.class, Runnable.class));
    } catch (IllegalAccessException | RuntimeException e) {
      throw UnsupportedJdkException.missing(Piece.CONTINUATION, e);
    }
  }
}
