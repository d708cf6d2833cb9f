package dev.standstill.agent;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows about threads of no loop that a task wakes, read from JDK 25.0.3: all that wait in
 * locks, queues and futures of {@code java.util.concurrent} park in one of the methods of {@code
 * LockSupport}, and a wake-up is over when that returns.
 */
final class WakeRewrites {

  private static final String LOCK_SUPPORT = "java/util/concurrent/locks/LockSupport";
  private static final String WOKEN_ARE_AWAITED =
      "time stands still while a thread runs that a task has woken";

  static final List<MethodRewrite> TABLE = table();

  private WakeRewrites() {}

  private static List<MethodRewrite> table() {
    List<MethodRewrite> table = new ArrayList<>();
    table.add(
        row("unpark", "(Ljava/lang/Thread;)V", new Edit.TellArguments(Hook.ofThreads("unparks"))));
    Edit parked = new Edit.CallAtEnd(Hook.ofThreads("unparked"));
    table.add(row("park", "()V", parked));
    table.add(row("park", "(Ljava/lang/Object;)V", parked));
    table.add(row("parkNanos", "(J)V", parked));
    table.add(row("parkNanos", "(Ljava/lang/Object;J)V", parked));
    table.add(row("parkUntil", "(J)V", parked));
    table.add(row("parkUntil", "(Ljava/lang/Object;J)V", parked));
    return List.copyOf(table);
  }

  private static MethodRewrite row(String method, String descriptor, Edit edit) {
    return new MethodRewrite(LOCK_SUPPORT, method, descriptor, edit, WOKEN_ARE_AWAITED);
  }
}
