package dev.standstill.agent;

import dev.standstill.agent.LockCalls.Effect;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import org.jspecify.annotations.Nullable;

/**
 * Lets one class of a program say before it takes a lock, a permit or a monitor, and after it has
 * given one back or notified, that others may run first. An initialiser says nothing: it runs only
 * once in a JVM, and cannot be preempted. Confined to one thread.
 *
 * <p>What is put into the code takes nothing from the stack and leaves nothing there, so that the
 * frames of the verifier stay as they are: no other class has to be looked at for them.
 */
final class HandOverPoints {

  /** Older code has no frames for the verifier, and may have subroutines. */
  private static final int OLDEST = 50;

  private static final byte MONITORENTER = (byte) Opcode.MONITORENTER.bytecode();
  private static final Hook HOOK = Hook.ofThreads("atHandOver");
  private static final MethodTypeDesc HOOK_TYPE = MethodTypeDesc.of(ConstantDescs.CD_void);

  private final LockCalls calls;
  private final ClassModel model;
  private final byte[] original;

  /**
   * @param original the class file
   * @throws IllegalArgumentException if it is not understood
   */
  HandOverPoints(LockCalls calls, byte[] original) {
    this.calls = calls;
    this.original = original;
    this.model = ClassFile.of().parse(original);
    calls.add(model);
  }

  /**
   * Whether the class has such a point.
   *
   * @throws IllegalArgumentException if the class file is not understood
   */
  boolean exist() {
    return model.majorVersion() >= OLDEST && (areCalled() || mayHaveMonitors() && haveMonitors());
  }

  private boolean areCalled() {
    for (PoolEntry entry : model.constantPool()) {
      if (entry instanceof MemberRefEntry member
          && member.type().stringValue().startsWith("(")
          && calls.effect(member) != Effect.NONE) {
        return true;
      }
    }
    return false;
  }

  /** Whether the byte of the instruction is somewhere; most classes are done with then. */
  private boolean mayHaveMonitors() {
    for (byte b : original) {
      if (b == MONITORENTER) {
        return true;
      }
    }
    return false;
  }

  private boolean haveMonitors() {
    return model.methods().stream().anyMatch(this::hasPoint);
  }

  private boolean hasPoint(MethodModel method) {
    CodeModel code = method.code().orElse(null);
    if (code == null || method.methodName().equalsString(ClassInitializers.INITIALIZER)) {
      return false;
    }
    for (CodeElement element : code) {
      if (element instanceof MonitorInstruction
          || element instanceof InvokeInstruction call
              && calls.effect(call.method()) != Effect.NONE) {
        return true;
      }
    }
    return false;
  }

  /**
   * Puts the points in.
   *
   * @return the new class file, or null if there is none to put in
   * @throws IllegalArgumentException if the class file is not understood
   */
  byte @Nullable [] add() {
    return exist()
        ? ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS).transformClass(model, this::copy)
        : null;
  }

  private void copy(ClassBuilder builder, ClassElement element) {
    if (element instanceof MethodModel method && hasPoint(method)) {
      builder.transformMethod(method, MethodTransform.transformingCode(new Code(method)));
    } else {
      builder.with(element);
    }
  }

  private final class Code implements CodeTransform {

    private final @Nullable StackMapTableAttribute frames;
    private boolean hasExited;

    Code(MethodModel method) {
      this.frames =
          method
              .code()
              .flatMap(code -> code.findAttribute(Attributes.stackMapTable()))
              .orElse(null);
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      if (!(element instanceof Instruction)) {
        code.with(element);
        return;
      }
      /*
       * Not at once, but behind the end of what the handler of a synchronized block guards: that
       * exits the monitor, too.
       */
      if (hasExited) {
        hasExited = false;
        HOOK.call(code, HOOK_TYPE);
      }
      Effect effect = effect(element);
      if (effect.takes()) {
        HOOK.call(code, HOOK_TYPE);
      }
      code.with(element);
      if (element instanceof MonitorInstruction) {
        hasExited = effect.releases();
      } else if (effect.releases()) {
        HOOK.call(code, HOOK_TYPE);
      }
    }

    private Effect effect(CodeElement element) {
      return switch (element) {
        case MonitorInstruction monitor ->
            monitor.opcode() == Opcode.MONITORENTER ? Effect.TAKES : Effect.RELEASES;
        case InvokeInstruction call -> calls.effect(call.method());
        default -> Effect.NONE;
      };
    }

    @Override
    public void atEnd(CodeBuilder code) {
      if (frames != null) {
        code.with(StackMapTableAttribute.of(frames.entries()));
      }
    }
  }
}
