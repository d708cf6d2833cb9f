package dev.standstill.explore.program;

import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.DynamicConstantDesc;

/**
 * Knows the stores of one method by which JaCoCo notes what was executed: all threads write the
 * same into one array, which is no business of the program. Read from JaCoCo 0.8.15: a method that
 * has probes gets the array first, from {@code $jacocoInit} or a dynamic constant, and keeps it in
 * a local variable; a probe loads that, and two constants. For one method, which is read once.
 */
final class CoverageProbes {

  private static final String PREFIX = "$jacoco";
  private static final int NONE = -1;

  private int slot = NONE;
  private boolean hasArray;
  private boolean isProbe;

  /** Whether a method is JaCoCo's own. */
  static boolean isTheirs(String method) {
    return method.startsWith(PREFIX);
  }

  /** Takes the next element; whether it is the store of a probe. */
  boolean isStore(CodeElement element) {
    if (!(element instanceof Instruction)) {
      return false;
    }
    boolean wasProbe = isProbe;
    isProbe =
        element instanceof LoadInstruction load && load.slot() == slot
            || wasProbe && element instanceof ConstantInstruction;
    if (element instanceof StoreInstruction store
        && store.typeKind() == TypeKind.REFERENCE
        && hasArray) {
      slot = store.slot();
    }
    hasArray = isArray(element) || hasArray && element instanceof TypeCheckInstruction;
    return wasProbe && !isProbe;
  }

  private static boolean isArray(CodeElement element) {
    return switch (element) {
      case InvokeInstruction call -> isTheirs(call.name().stringValue());
      case ConstantInstruction constant ->
          constant.constantValue() instanceof DynamicConstantDesc<?> dynamic
              && isTheirs(dynamic.constantName());
      default -> false;
    };
  }
}
