package dev.standstill.explore.program;

import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LocalVariable;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Under which names one method knows what it has on its stack: those of the fields and the local
 * variables from which that comes, as the JVM finds them for the messages of its {@code
 * NullPointerException}s (JEP 358). After what it does not follow, such as a branch, nothing has a
 * name. For one method, which is read once.
 */
final class NamesOnStack {

  private static final String NONE = "";

  /** Before the name of a variable, in the field of a class in a method that uses it. */
  private static final String CAPTURED = "val$";

  /** What is known of the stack; below that nothing is. */
  private final List<String> stack = new ArrayList<>();

  private final Map<Integer, String> variables = new HashMap<>();
  private final List<LocalVariable> declared = new ArrayList<>();

  /**
   * The name of what lies below so many values on the stack, such as the receiver of a call below
   * its arguments; empty if it has none.
   */
  String below(int values) {
    int index = stack.size() - 1 - values;
    return index < 0 ? NONE : stack.get(index);
  }

  /** Takes the next element of the method. */
  void accept(CodeElement element) {
    switch (element) {
      case LocalVariable variable -> declared.add(variable);
      case LabelTarget target -> reach(target.label());
      case LoadInstruction load -> push(variables.getOrDefault(load.slot(), NONE));
      case ConstantInstruction _, NewObjectInstruction _ -> push(NONE);
      case IncrementInstruction _, ConvertInstruction _ -> {}
      case StoreInstruction _, MonitorInstruction _ -> pop(1);
      case ArrayLoadInstruction _ -> replace(2, NONE);
      case FieldInstruction field -> access(field);
      case InvokeInstruction call -> {
        int receiver = call.opcode() == Opcode.INVOKESTATIC ? 0 : 1;
        replace(call.typeSymbol().parameterCount() + receiver, call.typeSymbol().returnType());
      }
      case InvokeDynamicInstruction call ->
          replace(call.typeSymbol().parameterCount(), call.typeSymbol().returnType());
      case TypeCheckInstruction check -> {
        if (check.opcode() != Opcode.CHECKCAST) {
          replace(1, NONE);
        }
      }
      case OperatorInstruction operator -> replace(operands(operator), NONE);
      case StackInstruction instruction -> move(instruction);
      case Instruction _ -> stack.clear();
      default -> {}
    }
  }

  /** A branch may lead here, and then other values are on the stack. */
  private void reach(Label label) {
    stack.replaceAll(name -> NONE);
    for (LocalVariable variable : declared) {
      if (variable.endScope().equals(label)) {
        variables.remove(variable.slot(), variable.name().stringValue());
      }
    }
    for (LocalVariable variable : declared) {
      if (variable.startScope().equals(label)) {
        variables.put(variable.slot(), variable.name().stringValue());
      }
    }
  }

  private void access(FieldInstruction field) {
    String name = field.name().stringValue();
    switch (field.opcode()) {
      case GETSTATIC -> push(name);
      case GETFIELD -> replace(1, name);
      case PUTSTATIC -> pop(1);
      default -> pop(2);
    }
  }

  private static int operands(OperatorInstruction operator) {
    return switch (operator.opcode()) {
      case INEG, LNEG, FNEG, DNEG, ARRAYLENGTH -> 1;
      default -> 2;
    };
  }

  private void move(StackInstruction instruction) {
    switch (instruction.opcode()) {
      case DUP -> push(below(0));
      case POP -> pop(1);
      default -> stack.clear();
    }
  }

  private void replace(int values, ClassDesc result) {
    pop(values);
    if (!result.equals(ConstantDescs.CD_void)) {
      push(NONE);
    }
  }

  private void replace(int values, String name) {
    pop(values);
    push(name);
  }

  private void push(String name) {
    stack.add(ofProgram(name));
  }

  /** Without what compilers have made of it; {@code this} is none that tells objects apart. */
  private static String ofProgram(String name) {
    String captured = name.startsWith(CAPTURED) ? name.substring(CAPTURED.length()) : name;
    return captured.equals("this") || captured.contains("$") ? NONE : captured;
  }

  private void pop(int values) {
    int left = Math.max(0, stack.size() - values);
    stack.subList(left, stack.size()).clear();
  }
}
