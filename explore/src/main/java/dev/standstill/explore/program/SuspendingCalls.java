package dev.standstill.explore.program;

import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which calls, beside those of {@code Object.wait}, may return although nothing has happened that
 * they wait for: a table. Immutable.
 */
final class SuspendingCalls {

  private static final String LOCK_SUPPORT = "java/util/concurrent/locks/LockSupport";

  private static final ClassDesc CONDITION = ClassDesc.of("java.util.concurrent.locks.Condition");

  private static final Set<String> CONDITIONS =
      Set.of(
          "java/util/concurrent/locks/Condition",
          "java/util/concurrent/locks/AbstractQueuedSynchronizer$ConditionObject",
          "java/util/concurrent/locks/AbstractQueuedLongSynchronizer$ConditionObject");

  private static final Set<String> OF_CONDITION = Set.of("await", "awaitNanos", "awaitUntil");

  private static final Set<String> OF_LOCK_SUPPORT = Set.of("park", "parkNanos");

  private SuspendingCalls() {}

  /**
   * Returns the type of the hook that is called in place of a call, by the same name; null if the
   * call is none of these.
   */
  static @Nullable MethodTypeDesc hook(InvokeInstruction call) {
    String owner = call.owner().asInternalName();
    String name = call.name().stringValue();
    if (call.opcode() == Opcode.INVOKESTATIC) {
      return owner.equals(LOCK_SUPPORT) && OF_LOCK_SUPPORT.contains(name)
          ? call.typeSymbol()
          : null;
    }
    return CONDITIONS.contains(owner) && OF_CONDITION.contains(name)
        ? call.typeSymbol().insertParameterTypes(0, CONDITION)
        : null;
  }
}
