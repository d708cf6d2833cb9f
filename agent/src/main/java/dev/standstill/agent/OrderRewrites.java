package dev.standstill.agent;

import java.util.List;

/**
 * The rows about moments at which a JVM may let other threads run first, and so may a loop with a
 * seed: after a thread was started or unparked. Read from JDK 25.0.3. The JDK's own pools, queues,
 * latches, locks and futures come by here.
 */
final class OrderRewrites {

  private static final String THREAD = "java/lang/Thread";
  private static final String VIRTUAL_THREAD = "java/lang/VirtualThread";
  private static final String LOCK_SUPPORT = "java/util/concurrent/locks/LockSupport";
  private static final String IN_CONTAINER = "(Ljdk/internal/vm/ThreadContainer;)V";

  private static final Edit AFTER = new Edit.CallAtEnd(Hook.ofThreads("handsOver"));

  static final List<MethodRewrite> TABLE =
      List.of(
          row(THREAD, "start", "()V"),
          row(THREAD, "start", IN_CONTAINER),
          row(VIRTUAL_THREAD, "start", IN_CONTAINER),
          row(LOCK_SUPPORT, "unpark", "(Ljava/lang/Thread;)V"));

  private OrderRewrites() {}

  private static MethodRewrite row(String type, String method, String descriptor) {
    return new MethodRewrite(
        type, method, descriptor, AFTER, "a seed means any order of what can run");
  }
}
