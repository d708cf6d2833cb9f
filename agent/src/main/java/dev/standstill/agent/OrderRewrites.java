package dev.standstill.agent;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows about moments at which a JVM may let other threads run first, and so may a loop with a
 * seed: after a thread was started or unparked, before a lock is taken and after it was released.
 * Read from JDK 25.0.3. The JDK's own pools, queues, latches and futures come by here.
 */
final class OrderRewrites {

  private static final String THREAD = "java/lang/Thread";
  private static final String VIRTUAL_THREAD = "java/lang/VirtualThread";
  private static final String LOCK_SUPPORT = "java/util/concurrent/locks/LockSupport";
  private static final String IN_CONTAINER = "(Ljdk/internal/vm/ThreadContainer;)V";

  private static final String TIMED = "JLjava/util/concurrent/TimeUnit;)";
  private static final String STAMPED_LOCK = "java/util/concurrent/locks/StampedLock";
  private static final String SEMAPHORE = "java/util/concurrent/Semaphore";
  private static final List<String> LOCKS =
      List.of(
          "java/util/concurrent/locks/ReentrantLock",
          "java/util/concurrent/locks/ReentrantReadWriteLock$ReadLock",
          "java/util/concurrent/locks/ReentrantReadWriteLock$WriteLock");

  private static final Edit AFTER = new Edit.CallAtEnd(Hook.ofThreads("handsOver"));
  private static final Edit BEFORE_LOCK = new Edit.CallAtStart(Hook.ofThreads("atLock"));
  private static final Edit AFTER_LOCK = new Edit.CallAtEnd(Hook.ofThreads("atLock"));

  static final List<MethodRewrite> TABLE = table();

  private OrderRewrites() {}

  private static List<MethodRewrite> table() {
    List<MethodRewrite> table = new ArrayList<>();
    table.add(row(THREAD, "start", "()V", AFTER));
    table.add(row(THREAD, "start", IN_CONTAINER, AFTER));
    table.add(row(VIRTUAL_THREAD, "start", IN_CONTAINER, AFTER));
    table.add(row(LOCK_SUPPORT, "unpark", "(Ljava/lang/Thread;)V", AFTER));
    for (String lock : LOCKS) {
      table.add(row(lock, "lock", "()V", BEFORE_LOCK));
      table.add(row(lock, "lockInterruptibly", "()V", BEFORE_LOCK));
      table.add(row(lock, "tryLock", "()Z", BEFORE_LOCK));
      table.add(row(lock, "tryLock", "(" + TIMED + "Z", BEFORE_LOCK));
      table.add(row(lock, "unlock", "()V", AFTER_LOCK));
    }
    for (String mode : List.of("read", "write")) {
      String upper = mode.equals("read") ? "Read" : "Write";
      table.add(row(STAMPED_LOCK, mode + "Lock", "()J", BEFORE_LOCK));
      table.add(row(STAMPED_LOCK, mode + "LockInterruptibly", "()J", BEFORE_LOCK));
      table.add(row(STAMPED_LOCK, "try" + upper + "Lock", "()J", BEFORE_LOCK));
      table.add(row(STAMPED_LOCK, "try" + upper + "Lock", "(" + TIMED + "J", BEFORE_LOCK));
    }
    for (String permits : List.of("", "I")) {
      table.add(row(SEMAPHORE, "acquire", "(" + permits + ")V", BEFORE_LOCK));
      table.add(row(SEMAPHORE, "acquireUninterruptibly", "(" + permits + ")V", BEFORE_LOCK));
      table.add(row(SEMAPHORE, "tryAcquire", "(" + permits + ")Z", BEFORE_LOCK));
      table.add(row(SEMAPHORE, "tryAcquire", "(" + permits + TIMED + "Z", BEFORE_LOCK));
      table.add(row(SEMAPHORE, "release", "(" + permits + ")V", AFTER_LOCK));
    }
    return List.copyOf(table);
  }

  private static MethodRewrite row(String type, String method, String descriptor, Edit edit) {
    return new MethodRewrite(
        type, method, descriptor, edit, "a seed means any order of what can run");
  }
}
