package dev.standstill.agent;

import java.util.List;

/**
 * The rows about moments at which a JVM may let other threads run first, and so may a loop with a
 * seed: after a thread was started or unparked, before a lock is taken, after one was let go. Read
 * from JDK 25.0.3. The JDK's own pools, queues, latches and futures come by here.
 */
final class OrderRewrites {

  private static final String THREAD = "java/lang/Thread";
  private static final String VIRTUAL_THREAD = "java/lang/VirtualThread";
  private static final String LOCK_SUPPORT = "java/util/concurrent/locks/LockSupport";
  private static final String LOCK = "java/util/concurrent/locks/ReentrantLock";
  private static final String READ_LOCK =
      "java/util/concurrent/locks/ReentrantReadWriteLock$ReadLock";
  private static final String WRITE_LOCK =
      "java/util/concurrent/locks/ReentrantReadWriteLock$WriteLock";
  private static final String IN_CONTAINER = "(Ljdk/internal/vm/ThreadContainer;)V";

  private static final Edit BEFORE = new Edit.CallAtStart(Hook.ofThreads("handsOver"));
  private static final Edit AFTER = new Edit.CallAtEnd(Hook.ofThreads("handsOver"));

  static final List<MethodRewrite> TABLE =
      List.of(
          row(THREAD, "start", "()V", AFTER),
          row(THREAD, "start", IN_CONTAINER, AFTER),
          row(VIRTUAL_THREAD, "start", IN_CONTAINER, AFTER),
          row(LOCK_SUPPORT, "unpark", "(Ljava/lang/Thread;)V", AFTER),
          row(LOCK, "lock", "()V", BEFORE),
          row(LOCK, "lockInterruptibly", "()V", BEFORE),
          row(LOCK, "unlock", "()V", AFTER),
          row(READ_LOCK, "lock", "()V", BEFORE),
          row(READ_LOCK, "unlock", "()V", AFTER),
          row(WRITE_LOCK, "lock", "()V", BEFORE),
          row(WRITE_LOCK, "unlock", "()V", AFTER));

  private OrderRewrites() {}

  private static MethodRewrite row(String type, String method, String descriptor, Edit edit) {
    return new MethodRewrite(
        type, method, descriptor, edit, "a seed means any order of what can run");
  }
}
