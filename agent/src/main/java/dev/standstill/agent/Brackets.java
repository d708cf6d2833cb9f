package dev.standstill.agent;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.MethodTypeDesc;
import org.jspecify.annotations.Nullable;

/**
 * Calls one hook before a method and another after it, whether the method returns or throws.
 * Confined to one thread; used once.
 */
final class Brackets implements CodeTransform {

  private static final MethodTypeDesc NO_ARGUMENT = MethodTypeDesc.of(CD_void);
  private static final MethodTypeDesc RECEIVER = MethodTypeDesc.of(CD_void, CD_Object);

  private final Hook begin;
  private final Hook end;
  private final @Nullable String argument;
  private final String needs;
  private final boolean tellsReceiver;
  private @Nullable Label first;

  private Brackets(
      Hook begin, Hook end, @Nullable String argument, String needs, boolean tellsReceiver) {
    this.begin = begin;
    this.end = end;
    this.argument = argument;
    this.needs = needs;
    this.tellsReceiver = tellsReceiver;
  }

  /**
   * Brackets for a method.
   *
   * @param tellsReceiver whether the first hook takes the receiver of the method or, of a static
   *     one, the first argument
   */
  Brackets(Hook begin, Hook end, boolean tellsReceiver) {
    this(begin, end, null, "", tellsReceiver);
  }

  /**
   * Brackets for the initialiser of a class.
   *
   * @param type the name of the class
   * @param needs which classes it needs; see {@link InitializerNeeds}
   */
  static Brackets ofInitializer(String type, String needs) {
    return new Brackets(Hook.ofFirstUse("begin"), Hook.ofFirstUse("end"), type, needs, false);
  }

  @Override
  public void atStart(CodeBuilder code) {
    if (tellsReceiver) {
      begin.call(code.aload(0), RECEIVER);
    } else if (argument == null) {
      begin.call(code, NO_ARGUMENT);
    } else {
      begin.call(code.ldc(argument), MethodTypeDesc.of(CD_void, CD_String));
    }
    first = code.newBoundLabel();
    if (!needs.isEmpty()) {
      Hook.ofFirstUse("needs").call(code.ldc(needs), MethodTypeDesc.of(CD_void, CD_String));
    }
  }

  @Override
  public void accept(CodeBuilder code, CodeElement instruction) {
    if (instruction instanceof ReturnInstruction) {
      end.call(code, NO_ARGUMENT);
    }
    code.with(instruction);
  }

  @Override
  public void atEnd(CodeBuilder code) {
    Label thrown = code.newBoundLabel();
    if (first != null) {
      code.exceptionCatchAll(first, thrown, thrown);
    }
    end.call(code, NO_ARGUMENT);
    code.athrow();
  }
}
