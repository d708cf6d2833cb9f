package dev.standstill.jdk;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The operations of asynchronous channels that tasks have begun, whose handlers a thread of the JDK
 * calls that is not the loop's. Any thread may call.
 *
 * <p>What a handler begins itself is done for the loop whose task began the operation before.
 */
public final class ChannelHandlers {

  /**
   * @param runner who calls the handler just now; null while the operation goes on
   */
  private record Operation(Object handler, AgentHooks.Hooked loop, @Nullable Thread runner) {

    /** The JDK lets the thread end whose handler throws. */
    boolean isPending() {
      return runner == null || runner.isAlive();
    }
  }

  private static final SpinLock LOCK = new SpinLock(ChannelHandlers::notesAny);

  /** In the order in which they began. */
  private static final List<Operation> OPERATIONS = new ArrayList<>();

  /** Whether there is any, so that others pay little. */
  private static volatile boolean any;

  private ChannelHandlers() {}

  private static void notesAny() {
    any = !OPERATIONS.isEmpty();
  }

  /** The current thread begins an operation of {@code channel}. */
  static void awaits(Object channel, Object handler) {
    AgentHooks.Hooked caller = AgentHooks.ofCaller();
    AgentHooks.Hooked loop =
        caller == null && any ? LOCK.locked(ChannelHandlers::loopOfRunner) : caller;
    if (loop != null && !ChannelGroups.serves(loop, channel)) {
      LOCK.locked(() -> OPERATIONS.add(new Operation(handler, loop, null)));
    }
  }

  private static AgentHooks.@Nullable Hooked loopOfRunner() {
    return OPERATIONS.stream()
        .filter(operation -> operation.runner() == Thread.currentThread())
        .map(Operation::loop)
        .findFirst()
        .orElse(null);
  }

  /** The current thread is about to call a handler. */
  static void begins(Object handler) {
    if (any) {
      LOCK.locked(() -> {
        Operation ended =
            take(operation -> operation.handler() == handler && operation.runner() == null);
        return ended != null
            && OPERATIONS.add(new Operation(handler, ended.loop(), Thread.currentThread()));
      });
    }
  }

  /** The current thread has called a handler, the last that it began to call. */
  static void ends() {
    Operation ended =
        any
            ? LOCK.locked(() -> take(operation -> operation.runner() == Thread.currentThread()))
            : null;
    if (ended != null) {
      ended.loop().wake();
    }
  }

  private static @Nullable Operation take(Predicate<Operation> wanted) {
    for (Operation operation : OPERATIONS) {
      if (wanted.test(operation)) {
        OPERATIONS.remove(operation);
        return operation;
      }
    }
    return null;
  }

  /** Whether a handler is still to be called, or runs, for a task of {@code loop}. */
  public static boolean isAnyPending(AgentHooks.Hooked loop) {
    return isAny(operation -> operation.loop() == loop && operation.isPending());
  }

  /** Whether a handler runs just now for a task of {@code loop}. */
  public static boolean isAnyCalled(AgentHooks.Hooked loop) {
    return isAny(operation ->
        operation.loop() == loop && operation.runner() != null && operation.isPending());
  }

  private static boolean isAny(Predicate<Operation> wanted) {
    return any && LOCK.locked(() -> OPERATIONS.stream().anyMatch(wanted));
  }

  /** Forgets the operations of {@code loop}: nobody waits for them any more. */
  public static void forget(AgentHooks.Hooked loop) {
    if (any) {
      LOCK.locked(() -> OPERATIONS.removeIf(operation -> operation.loop() == loop));
    }
  }
}
