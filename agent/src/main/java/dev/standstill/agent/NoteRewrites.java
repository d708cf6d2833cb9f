package dev.standstill.agent;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows about what only reports show, read from JDK 25.0.3. A {@code StampedLock} does not know
 * who holds it, and a thread that waits at a {@code CyclicBarrier} parks on a part of it that does
 * not lead back. A failure that a future keeps is seen only by who asks the future.
 */
final class NoteRewrites {

  private static final String STAMPED_LOCK = "java/util/concurrent/locks/StampedLock";
  private static final String BARRIER = "java/util/concurrent/CyclicBarrier";
  private static final String FUTURE_TASK = "java/util/concurrent/FutureTask";
  private static final String FUTURE = "java/util/concurrent/CompletableFuture";

  private static final String HOLDER_IS_TOLD = "a report tells who holds a StampedLock";
  private static final String BARRIER_IS_TOLD = "a report tells how many have come to a barrier";
  private static final String SWALLOWED_IS_TOLD =
      "a report tells the failures that nobody has asked for";

  private static final Edit ACQUIRED =
      new Edit.ReplaceResult(Hook.ofNotes("acquired"), "(JL" + STAMPED_LOCK + ";)J");
  private static final Edit RELEASED =
      new Edit.TellAtEnd(Hook.ofNotes("released"), "(L" + STAMPED_LOCK + ";)V");
  private static final Edit ASKED =
      new Edit.TellFirstArguments(Hook.ofNotes("asked"), "(Ljava/lang/Object;)V");

  private static final String TIMED = "(JLjava/util/concurrent/TimeUnit;)J";
  private static final String REPORT = "(Ljava/lang/Object;Ljava/lang/String;)Ljava/lang/Object;";

  static final List<MethodRewrite> TABLE = table();

  private NoteRewrites() {}

  private static List<MethodRewrite> table() {
    List<MethodRewrite> table = new ArrayList<>();
    acquires(table, "writeLock", "()J");
    acquires(table, "tryWriteLock", "()J");
    acquires(table, "tryWriteLock", TIMED);
    acquires(table, "writeLockInterruptibly", "()J");
    acquires(table, "readLock", "()J");
    acquires(table, "tryReadLock", "()J");
    acquires(table, "tryReadLock", TIMED);
    acquires(table, "readLockInterruptibly", "()J");
    releases(table, "unlockWrite", "(J)V");
    releases(table, "unlockRead", "(J)V");
    releases(table, "tryUnlockWrite", "()Z");
    releases(table, "tryUnlockRead", "()Z");
    releases(table, "unstampedUnlockWrite", "()V");
    releases(table, "unstampedUnlockRead", "()V");
    table.add(
        new MethodRewrite(
            BARRIER, "dowait", "(ZJ)I", new Edit.Tell(Hook.ofNotes("dowait")), BARRIER_IS_TOLD));
    swallows(
        table,
        FUTURE_TASK,
        "setException",
        "(Ljava/lang/Throwable;)V",
        new Edit.Tell(Hook.ofNotes("setException")));
    swallows(
        table,
        FUTURE_TASK,
        "report",
        "(I)Ljava/lang/Object;",
        new Edit.Tell(Hook.ofNotes("report")));
    swallows(
        table,
        FUTURE_TASK,
        "exceptionNow",
        "()Ljava/lang/Throwable;",
        new Edit.Tell(Hook.ofNotes("exceptionNow")));
    swallows(
        table,
        FUTURE,
        "completeExceptionally",
        "(Ljava/lang/Throwable;)Z",
        new Edit.Tell(Hook.ofNotes("completeExceptionally")));
    swallows(
        table,
        FUTURE,
        "encodeThrowable",
        "(Ljava/lang/Throwable;)L" + FUTURE + "$AltResult;",
        new Edit.TellArguments(Hook.ofNotes("encodeThrowable")));
    swallows(table, FUTURE, "reportGet", REPORT, ASKED);
    swallows(table, FUTURE, "reportJoin", REPORT, ASKED);
    handles(table, "uniHandle", "BiFunction", "UniHandle");
    handles(table, "uniWhenComplete", "BiConsumer", "UniWhenComplete");
    handles(table, "uniExceptionally", "Function", "UniExceptionally");
    return List.copyOf(table);
  }

  private static void acquires(List<MethodRewrite> table, String method, String descriptor) {
    table.add(new MethodRewrite(STAMPED_LOCK, method, descriptor, ACQUIRED, HOLDER_IS_TOLD));
  }

  private static void releases(List<MethodRewrite> table, String method, String descriptor) {
    table.add(new MethodRewrite(STAMPED_LOCK, method, descriptor, RELEASED, HOLDER_IS_TOLD));
  }

  private static void swallows(
      List<MethodRewrite> table, String type, String method, String descriptor, Edit edit) {
    table.add(new MethodRewrite(type, method, descriptor, edit, SWALLOWED_IS_TOLD));
  }

  private static void handles(
      List<MethodRewrite> table, String method, String function, String stage) {
    String descriptor =
        "(Ljava/lang/Object;Ljava/util/function/" + function + ";L" + FUTURE + "$" + stage + ";)Z";
    swallows(table, FUTURE, method, descriptor, ASKED);
  }
}
