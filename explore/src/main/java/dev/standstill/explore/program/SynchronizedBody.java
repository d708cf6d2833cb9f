package dev.standstill.explore.program;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes the body of a synchronized method enter and exit its monitor itself, so that something can
 * be told before and after. Confined to one thread; used once.
 */
final class SynchronizedBody implements CodeTransform {

  /** What is between entering and exiting, and where the monitor is kept. */
  private record Guarded(int monitor, Label begin, Label end) {}

  private static final MethodTypeDesc ENTER = MethodTypeDesc.of(CD_void, CD_Object, CD_int);

  private final ClassDesc type;
  private final boolean isStatic;
  private final int place;
  private @Nullable Guarded guarded;

  SynchronizedBody(ClassDesc type, boolean isStatic, int place) {
    this.type = type;
    this.isStatic = isStatic;
    this.place = place;
  }

  @Override
  public void atStart(CodeBuilder code) {
    Guarded own =
        new Guarded(code.allocateLocal(TypeKind.REFERENCE), code.newLabel(), code.newLabel());
    guarded = own;
    if (isStatic) {
      code.loadConstant(type);
    } else {
      code.aload(0);
    }
    code.dup()
        .astore(own.monitor)
        .loadConstant(place)
        .invokestatic(SwitchPointCode.HOOKS, "enter", ENTER)
        .aload(own.monitor)
        .monitorenter()
        .labelBinding(own.begin);
  }

  @Override
  public void accept(CodeBuilder code, CodeElement element) {
    if (element instanceof ReturnInstruction) {
      exit(code, Objects.requireNonNull(guarded));
    }
    code.with(element);
  }

  @Override
  public void atEnd(CodeBuilder code) {
    Guarded own = Objects.requireNonNull(guarded);
    Label handler = code.newLabel();
    code.labelBinding(own.end).labelBinding(handler);
    exit(code, own);
    code.athrow().exceptionCatchAll(own.begin, own.end, handler);
  }

  private static void exit(CodeBuilder code, Guarded guarded) {
    code.aload(guarded.monitor)
        .monitorexit()
        .aload(guarded.monitor)
        .invokestatic(SwitchPointCode.HOOKS, "exited", SwitchPointCode.EXITED);
  }
}
