package dev.standstill.jdk;

import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Tells for whom a virtual thread waits that does not run, as far as this JVM lets that be seen.
 * For the carrier of its loop only.
 *
 * <p>Without the agent only {@code java.lang} is open to loops: then futures alone are seen.
 */
public final class WaitTargets {

  private static final boolean OPEN = AgentHooks.isAgentThere() && works();

  private WaitTargets() {}

  private static boolean works() {
    try {
      ThreadStates.ownerOfBlocker(Thread.currentThread());
      return true;
    } catch (LinkageError | UnsupportedJdkException e) {
      return false;
    }
  }

  /**
   * What {@code thread} waits for: the thread that owns it or computes it, where that is known;
   * else the future, the monitor or what those park on who join a thread; null if there is none.
   */
  public static @Nullable Object of(Thread thread) {
    return switch (VirtualThreads.state(thread)) {
      case VirtualThreads.PARKED, VirtualThreads.TIMED_PARKED -> parkedOn(thread);
      case VirtualThreads.BLOCKED -> monitorOf(thread);
      default -> null;
    };
  }

  private static @Nullable Object parkedOn(Thread thread) {
    Object blocker = LockSupport.getBlocker(thread);
    if (blocker == null || !OPEN) {
      return blocker instanceof FutureTask<?> ? blocker : null;
    }
    Thread owner = ThreadStates.ownerOfBlocker(thread);
    return owner == null ? blocker : owner;
  }

  private static @Nullable Object monitorOf(Thread thread) {
    BlockedThread look = OPEN ? ThreadStates.inspect(thread, null) : null;
    return look == null ? null : look.object();
  }

  /** What those park on who join {@code thread}; null if nobody does, or it cannot be seen. */
  public static @Nullable Object blockerOfJoins(Thread thread) {
    return OPEN ? ThreadStates.blockerOfJoins(thread) : null;
  }

  /** The monitors that {@code thread} has and does not wait in or for. */
  public static List<Object> monitors(Thread thread) {
    BlockedThread look = OPEN ? ThreadStates.inspect(thread, null) : null;
    return look == null ? List.of() : look.monitors();
  }
}
