package dev.standstill.jdk;

import dev.standstill.agent.SelfAttach;
import java.util.function.Predicate;

/**
 * Looks, before the first loop opens, for all that loops rely on. Any thread may call; what was
 * found once is not looked for again.
 */
public final class JdkCheck {

  private static volatile boolean loops;
  private static volatile boolean testLoops;
  private static volatile boolean signals;

  private JdkCheck() {}

  /**
   * Returns when a production loop can work in this JVM.
   *
   * @throws UnsupportedJdkException if not; its message says what is missing and what to do
   */
  public static void requireForLoops() {
    if (!loops) {
      AgentHooks.openJdk();
      checkLoops(piece -> true);
      startPollers();
      loops = true;
    }
  }

  /**
   * Returns when a test loop can work in this JVM and its hooks are active.
   *
   * @throws UnsupportedJdkException if not; its message says what is missing and what to do
   * @throws IllegalStateException if the agent is not there and cannot be attached
   */
  public static void requireForTestLoops() {
    if (!testLoops) {
      SelfAttach.attach();
      requireForLoops();
      checkTestLoops(piece -> true);
      OutsideThreads.prepare();
      AgentHooks.activate();
      testLoops = true;
    }
  }

  /**
   * Returns when the process's signals can be handled in this JVM.
   *
   * @throws UnsupportedJdkException if not; its message says what is missing and what to do
   */
  static void requireForSignals() {
    if (!signals) {
      if (ModuleLayer.boot().findModule("jdk.unsupported").isEmpty()) {
        throw UnsupportedJdkException.withoutModule("jdk.unsupported", "handle signals");
      }
      checkSignals(piece -> true);
      signals = true;
    }
  }

  static void checkSignals(Predicate<Piece> present) {
    SignalAccess.resolve(present);
  }

  static void checkLoops(Predicate<Piece> present) {
    Internals.resolve(present);
    ScopedBindings.resolve(present);
    ThreadResidue.resolve(present);
  }

  static void checkTestLoops(Predicate<Piece> present) {
    Inspection.resolve(present);
    ReadLocks.resolve(present);
    Barriers.resolve(present);
    PoolQueues.resolve(present);
    SwallowedFailures.resolve(present);
    LaterWork.resolve(present);
    RestingTimer.resolve(present);
    StrandedPools.resolve(present);
    DelayedJobs.resolve(present);
    ThreadFields.resolve(present);
    CommonPool.resolve(present);
    KeptThreads.resolve(present);
    PoolThreads.resolve(present);
    FileEvents.resolve(present);
    ProcessEnds.resolve(present);
    ChannelGroups.resolve(present);
    HashState.resolve(present);
    ThreadIds.resolve(present);
    LoadedClasses.resolve(present);
    NativeAccess.resolve(present);
    SocketAccess.resolve(present);
  }

  /**
   * Starts the JDK's poller threads on a thread of no loop. Read from {@code sun.nio.ch.Poller},
   * JDK 25: its class initialiser starts virtual threads, which would inherit the scheduler of the
   * task that is the first to wait for a socket.
   */
  private static void startPollers() {
    try {
      Class.forName("sun.nio.ch.Poller", true, null);
    } catch (ClassNotFoundException e) {
      throw new LinkageError("This JDK has no sun.nio.ch.Poller", e);
    }
  }
}
