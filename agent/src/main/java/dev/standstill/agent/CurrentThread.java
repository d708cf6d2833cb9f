package dev.standstill.agent;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The table of calls of {@code Thread.currentThread()} and {@code Thread.onSpinWait()} that go to
 * the hooks: all of programs, and those of the JDK that hand the thread to programs, look for a
 * class of theirs, or compare it with such a one: locks tell who holds them and who waits. Read
 * from JDK 25.0.3.
 */
final class CurrentThread {

  private static final String CURRENT_THREAD = "java/lang/Thread.currentThread()Ljava/lang/Thread;";

  private static final Set<String> CALLS_OF_PROGRAMS =
      Set.of(CURRENT_THREAD, "java/lang/Thread.onSpinWait()V");

  /** The JDK spins a little before it parks: that ends by itself. */
  private static final Set<String> CALLS_OF_JDK = Set.of(CURRENT_THREAD);

  private static final byte[][] NAMES = {ascii("currentThread"), ascii("onSpinWait")};

  private static final String HOOKS = "java/lang/" + HookClass.THREADS.displayName();

  /** The classes of the JDK's boot loader whose calls go to the hooks. */
  static final Set<String> CALLERS_IN_JDK =
      Set.of(
          "java/lang/ThreadGroup",
          "java/util/concurrent/CompletableFuture",
          "java/util/concurrent/CompletableFuture$Signaller",
          "java/util/concurrent/CountedCompleter",
          "java/util/concurrent/Executors$DefaultThreadFactory",
          "java/util/concurrent/ForkJoinPool",
          "java/util/concurrent/ForkJoinTask",
          "java/util/concurrent/ForkJoinTask$InterruptibleTask",
          "java/util/concurrent/ForkJoinWorkerThread",
          "java/util/concurrent/ForkJoinWorkerThread$InnocuousForkJoinWorkerThread",
          "java/util/concurrent/FutureTask",
          "java/util/concurrent/SubmissionPublisher",
          "java/util/concurrent/SubmissionPublisher$BufferedSubscription",
          "java/util/concurrent/ThreadPoolExecutor",
          "java/util/concurrent/locks/AbstractQueuedLongSynchronizer",
          "java/util/concurrent/locks/AbstractQueuedLongSynchronizer$ConditionObject",
          "java/util/concurrent/locks/AbstractQueuedSynchronizer",
          "java/util/concurrent/locks/AbstractQueuedSynchronizer$ConditionObject",
          "java/util/concurrent/locks/ReentrantLock$FairSync",
          "java/util/concurrent/locks/ReentrantLock$NonfairSync",
          "java/util/concurrent/locks/ReentrantLock$Sync",
          "java/util/concurrent/locks/ReentrantReadWriteLock$Sync",
          "java/util/concurrent/locks/ReentrantReadWriteLock$Sync$HoldCounter",
          "java/util/logging/LogRecord",
          "java/util/stream/AbstractTask");

  /** Standstill's own classes, by the beginning of their names, that know what runs what. */
  private static final String[] OWN = {
    "dev/standstill/hooks/", "dev/standstill/agent/", "dev/standstill/core/", "dev/standstill/jdk/"
  };

  private CurrentThread() {}

  /** Returns whether the calls of a class, given by its internal name, go to the hooks. */
  static boolean isRedirected(String type, boolean inJdk) {
    if (inJdk) {
      return CALLERS_IN_JDK.contains(type);
    }
    for (String own : OWN) {
      if (type.startsWith(own)) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether a class file has the name of one of the calls. */
  static boolean isMentioned(byte[] classFile) {
    return ConstantPool.mentions(classFile, NAMES);
  }

  /**
   * Sends the calls of a class to the hooks.
   *
   * @return the new class file, or null if it has no such call
   * @throws IllegalStateException if the class file has no room for the change
   */
  static byte @Nullable [] redirect(boolean inJdk, byte[] classFile) {
    return new ConstantPool(classFile).redirect(inJdk ? CALLS_OF_JDK : CALLS_OF_PROGRAMS, HOOKS);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
