package dev.standstill.explore.program;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;

import dev.standstill.core.ProgramCode;
import dev.standstill.explore.program.Operations.Operation;
import dev.standstill.explore.program.Places.Kind;
import dev.standstill.explore.program.Site.Action;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.function.Predicate;

/**
 * Puts a call before each access of one method that threads can race on. Confined to one thread;
 * used once.
 */
final class SwitchPointCode implements CodeTransform {

  static final ClassDesc HOOKS = ClassDesc.of(ProgramCode.HOOKS);
  private static final MethodTypeDesc ON_TARGET = MethodTypeDesc.of(CD_void, CD_Object, CD_int);
  private static final MethodTypeDesc ON_STATIC = MethodTypeDesc.of(CD_void, CD_int);
  static final MethodTypeDesc EXITED = MethodTypeDesc.of(CD_void, CD_Object);

  private final String type;
  private final String superclass;
  private final String method;
  private final String sourceFile;
  private final ClassFiles files;
  private final Predicate<String> keepsMethods;
  private final boolean plainToo;
  private int line;

  /** Whether {@code this} may be passed on: not before the constructor of the superclass. */
  private boolean hasThis;

  /** How many objects of the own class or its superclass have been made and not initialised. */
  private int uninitialised;

  /**
   * @param keepsMethods which classes have synchronized methods still, so that who calls them has
   *     to tell
   */
  SwitchPointCode(
      String type,
      String superclass,
      MethodModel method,
      String sourceFile,
      ClassFiles files,
      Predicate<String> keepsMethods,
      boolean plainToo) {
    this.keepsMethods = keepsMethods;
    this.type = type;
    this.superclass = superclass;
    this.sourceFile = sourceFile;
    this.method = method.methodName().stringValue();
    this.files = files;
    this.plainToo = plainToo;
    this.hasThis = !this.method.equals(INIT_NAME);
  }

  @Override
  public void accept(CodeBuilder code, CodeElement element) {
    if (element instanceof LineNumber number) {
      line = number.line();
    }
    if (!hasThis) {
      lookForThis(element);
      code.with(element);
      return;
    }
    switch (element) {
      case FieldInstruction field -> access(code, field);
      case ArrayLoadInstruction load when plainToo -> {
        code.dup2().pop();
        tell(code, "access", place(Kind.READ, "an array", Action.READS, "", "an array"));
        code.with(load);
      }
      case ArrayStoreInstruction store when plainToo -> {
        TypeKind kind = store.typeKind().asLoadable();
        int value = code.allocateLocal(kind);
        code.storeLocal(kind, value).dup2().pop();
        tell(code, "access", place(Kind.WRITE, "an array", Action.WRITES, "", "an array"));
        code.loadLocal(kind, value).with(store);
      }
      case MonitorInstruction monitor -> access(code, monitor);
      case InvokeInstruction call -> access(code, call);
      default -> code.with(element);
    }
  }

  private void lookForThis(CodeElement element) {
    if (element instanceof NewObjectInstruction made
        && isOfThis(made.className().asInternalName())) {
      uninitialised++;
    } else if (element instanceof InvokeInstruction call
        && call.opcode() == Opcode.INVOKESPECIAL
        && call.name().equalsString(INIT_NAME)
        && isOfThis(call.owner().asInternalName())) {
      hasThis = uninitialised-- == 0;
    }
  }

  private boolean isOfThis(String name) {
    return name.equals(type) || name.equals(superclass);
  }

  private void access(CodeBuilder code, FieldInstruction field) {
    String owner = field.owner().asInternalName();
    String name = field.name().stringValue();
    if (!ClassFiles.isShared(files.flags(owner, name), plainToo)) {
      code.with(field);
      return;
    }
    boolean writes = field.opcode() == Opcode.PUTFIELD || field.opcode() == Opcode.PUTSTATIC;
    String declaring = owner.replace('/', '.');
    int place =
        place(
            writes ? Kind.WRITE : Kind.READ,
            declaring + "." + name,
            writes ? Action.WRITES : Action.READS,
            declaring,
            name);
    switch (field.opcode()) {
      case GETSTATIC, PUTSTATIC ->
          code.loadConstant(place).invokestatic(HOOKS, "access", ON_STATIC);
      case GETFIELD -> {
        code.dup();
        tell(code, "access", place);
      }
      default -> {
        if (TypeKind.from(field.typeSymbol()).slotSize() == 1) {
          code.dup2().pop();
        } else {
          code.dup2_x1().pop2().dup_x2();
        }
        tell(code, "access", place);
      }
    }
    code.with(field);
  }

  private void access(CodeBuilder code, MonitorInstruction monitor) {
    code.dup();
    if (monitor.opcode() == Opcode.MONITORENTER) {
      tell(code, "enter", place(Kind.OPERATION, here("monitor"), Action.ENTERS, "", "a monitor"));
      code.with(monitor);
    } else {
      code.with(monitor);
      code.invokestatic(HOOKS, "exited", EXITED);
    }
  }

  private void access(CodeBuilder code, InvokeInstruction call) {
    if (waits(code, call)) {
      return;
    }
    Operation operation = Operations.of(call, plainToo);
    if (operation == null && entersMonitor(call)) {
      operation =
          new Operation(
              Kind.OPERATION,
              call.opcode() == Opcode.INVOKESTATIC ? Operations.On.STATIC : Operations.On.ANY);
    }
    if (operation == null) {
      code.with(call);
      return;
    }
    String owner = call.owner().asInternalName().replace('/', '.');
    String name = call.name().stringValue();
    int place = place(operation.kind(), here(owner + "." + name), Action.CALLS, owner, name);
    switch (operation.on()) {
      case STATIC -> code.loadConstant(place).invokestatic(HOOKS, "access", ON_STATIC);
      case ANY -> tellReceiver(code, call, "access", place);
      case CONCURRENT -> tellReceiver(code, call, "accessIfConcurrent", place);
    }
    perform(code, call);
  }

  /** What may return without a cause does so by way of the hooks, which are told when. */
  private static void perform(CodeBuilder code, InvokeInstruction call) {
    MethodTypeDesc hook = SuspendingCalls.hook(call);
    if (hook == null) {
      code.with(call);
    } else {
      code.invokestatic(HOOKS, call.name().stringValue(), hook);
    }
  }

  private boolean entersMonitor(InvokeInstruction call) {
    String owner = call.owner().asInternalName();
    return !call.name().equalsString(INIT_NAME)
        && keepsMethods.test(owner)
        && files.isSynchronized(owner, call.name().stringValue() + call.type().stringValue());
  }

  /** Waits by way of the hooks, which tell who has the monitor meanwhile. */
  private boolean waits(CodeBuilder code, InvokeInstruction call) {
    if (call.opcode() != Opcode.INVOKEVIRTUAL || !call.name().equalsString("wait")) {
      return false;
    }
    MethodTypeDesc await =
        switch (call.type().stringValue()) {
          case "()V" -> ON_TARGET;
          case "(J)V" -> MethodTypeDesc.of(CD_void, CD_Object, CD_long, CD_int);
          case "(JI)V" -> MethodTypeDesc.of(CD_void, CD_Object, CD_long, CD_int, CD_int);
          default -> null;
        };
    if (await == null) {
      return false;
    }
    code.loadConstant(place(Kind.OPERATION, here("wait"), Action.WAITS, "", "a monitor"))
        .invokestatic(HOOKS, "await", await);
    return true;
  }

  /** The receiver is below the arguments, which are put aside meanwhile. */
  private static void tellReceiver(
      CodeBuilder code, InvokeInstruction call, String hook, int place) {
    List<TypeKind> kinds =
        call.typeSymbol().parameterList().stream()
            .map(parameter -> TypeKind.from(parameter).asLoadable())
            .toList();
    int[] slots = new int[kinds.size()];
    for (int i = slots.length - 1; i >= 0; i--) {
      slots[i] = code.allocateLocal(kinds.get(i));
      code.storeLocal(kinds.get(i), slots[i]);
    }
    code.dup();
    tell(code, hook, place);
    for (int i = 0; i < slots.length; i++) {
      code.loadLocal(kinds.get(i), slots[i]);
    }
  }

  private static void tell(CodeBuilder code, String hook, int place) {
    code.loadConstant(place).invokestatic(HOOKS, hook, ON_TARGET);
  }

  private int place(Kind kind, String location, Action action, String owner, String member) {
    return Places.add(
        kind, location, new Site(action, owner, member, inMethod(), sourceFile, line));
  }

  /** A location that no other place has. */
  private String here(String what) {
    return "%s in %s(%s:%d)".formatted(what, inMethod(), sourceFile, line);
  }

  private String inMethod() {
    return Site.simple(type.replace('/', '.')) + "." + method;
  }
}
