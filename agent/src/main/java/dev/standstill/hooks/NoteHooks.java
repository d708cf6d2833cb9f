package dev.standstill.hooks;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.StampedLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What rewritten code calls about what nothing in the JDK shows afterwards, so that reports can
 * tell: who holds a stamp of a lock, which barrier a thread has come to, which failures were kept
 * where nobody looks. The agent defines a copy of this class as {@code java.lang.StandstillNotes};
 * this original is never called.
 *
 * <p>As in {@link Hooks}, code that has nothing to do with a loop pays one read of a plain static
 * field, or a look at the kind of its thread, and any thread may call.
 */
public final class NoteHooks {

  /** Whether a loop in virtual time was ever opened in this JVM. Set by the loop, after install. */
  public static boolean active;

  /** Whether there is a failure that nobody has asked for. Set by the loop. */
  public static boolean unread;

  private static final int ACQUIRED = 1;
  private static final int RELEASED = -1;

  private static @Nullable Consumer<Object> comesTo;
  private static @Nullable ObjIntConsumer<Object> stamps;
  private static @Nullable BiConsumer<@Nullable Object, Throwable> keeps;
  private static @Nullable Consumer<Object> asked;

  private NoteHooks() {}

  /**
   * Sets all delegates.
   *
   * @param comesTo takes a barrier that the current thread comes to
   * @param stamps takes a lock that the current thread has acquired, 1, or released, -1
   * @param keeps takes a failure that the current thread has met, and the future that keeps it, if
   *     that is known
   * @param asked takes a future, or what a future has for a result, that somebody asks for
   */
  public static void install(
      Consumer<Object> comesTo,
      ObjIntConsumer<Object> stamps,
      BiConsumer<@Nullable Object, Throwable> keeps,
      Consumer<Object> asked) {
    NoteHooks.comesTo = comesTo;
    NoteHooks.stamps = stamps;
    NoteHooks.keeps = keeps;
    NoteHooks.asked = asked;
  }

  private static boolean isOnLoop() {
    return active && Thread.currentThread().isVirtual();
  }

  /** Called before a thread waits at a barrier. */
  public static void dowait(CyclicBarrier barrier, boolean timed, long nanos) {
    Consumer<Object> delegate = comesTo;
    if (isOnLoop() && delegate != null) {
      delegate.accept(barrier);
    }
  }

  /** Called with the stamp, 0 for none, that a thread got of a lock. */
  public static long acquired(long stamp, StampedLock lock) {
    if (stamp != 0) {
      stamps(lock, ACQUIRED);
    }
    return stamp;
  }

  /** Called when a thread has released a lock. */
  public static void released(StampedLock lock) {
    stamps(lock, RELEASED);
  }

  private static void stamps(StampedLock lock, int change) {
    ObjIntConsumer<Object> delegate = stamps;
    if (isOnLoop() && delegate != null) {
      delegate.accept(lock, change);
    }
  }

  /** Called before a future keeps a failure. */
  public static void setException(FutureTask<?> future, Throwable failure) {
    keeps(future, failure);
  }

  /** Called before a future keeps a failure. */
  public static void completeExceptionally(CompletableFuture<?> future, Throwable failure) {
    keeps(future, failure);
  }

  /** Called before the future of a stage keeps what the stage has thrown. */
  public static void encodeThrowable(Throwable failure) {
    keeps(null, failure);
  }

  private static void keeps(@Nullable Object future, @Nullable Throwable failure) {
    BiConsumer<@Nullable Object, Throwable> delegate = keeps;
    if (isOnLoop() && delegate != null && failure != null) {
      delegate.accept(future, failure);
    }
  }

  /** Called when somebody asks a future that is done for its result. */
  public static void report(FutureTask<?> future, int state) {
    asked(future);
  }

  /** Called when somebody asks a future for its failure. */
  public static void exceptionNow(FutureTask<?> future) {
    asked(future);
  }

  /** Called with the result of a future that somebody asks for, or that a stage handles. */
  public static void asked(@Nullable Object result) {
    if (unread) {
      Consumer<Object> delegate = asked;
      if (delegate != null && result != null) {
        delegate.accept(result);
      }
    }
  }
}
