package dev.standstill.explore.program;

import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.DynamicConstantDesc;

/**
 * Knows the accesses of one method by which JaCoCo and IntelliJ note what was executed: all threads
 * write into one array, which is no business of the program. A method that has probes gets the
 * array first, from a method, a field or a dynamic constant of a name that no program has, and
 * keeps it in a local variable; a probe loads that and an index, and stores a constant, or one more
 * than there was. Read from JaCoCo 0.8.15 and IntelliJ's coverage agent. For one method, which is
 * read once.
 */
final class CoverageProbes {

  private static final String JACOCO = "$jacoco";
  private static final String INTELLIJ = "__$hits$__";
  private static final int NONE = -1;

  private int slot = NONE;
  private boolean hasArray;
  private boolean isProbe;

  /** Whether a method, a field or a constant is theirs, by its name. */
  static boolean isTheirs(String name) {
    return name.startsWith(JACOCO) || name.startsWith(INTELLIJ);
  }

  /** Takes the next element; whether it is an access of a probe. */
  boolean isAccess(CodeElement element) {
    if (!(element instanceof Instruction)) {
      return false;
    }
    boolean wasProbe = isProbe;
    isProbe =
        switch (element) {
          case LoadInstruction load -> load.slot() == slot;
          case ConstantInstruction _,
              StackInstruction _,
              ArrayLoadInstruction _,
              OperatorInstruction _ ->
              wasProbe;
          default -> false;
        };
    if (element instanceof StoreInstruction store
        && store.typeKind() == TypeKind.REFERENCE
        && hasArray) {
      slot = store.slot();
    }
    hasArray = isArray(element) || hasArray && element instanceof TypeCheckInstruction;
    return wasProbe
        && (element instanceof ArrayLoadInstruction || element instanceof ArrayStoreInstruction);
  }

  private static boolean isArray(CodeElement element) {
    return switch (element) {
      case InvokeInstruction call -> isTheirs(call.name().stringValue());
      case FieldInstruction field -> isTheirs(field.name().stringValue());
      case ConstantInstruction constant ->
          constant.constantValue() instanceof DynamicConstantDesc<?> dynamic
              && isTheirs(dynamic.constantName());
      default -> false;
    };
  }
}
