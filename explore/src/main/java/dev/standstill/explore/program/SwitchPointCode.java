package dev.standstill.explore.program;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;

import dev.standstill.core.ProgramCode;
import dev.standstill.explore.program.Operations.Operation;
import dev.standstill.explore.program.Places.Kind;
import dev.standstill.explore.program.Places.Memory;
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
  private static final MethodTypeDesc ON_ELEMENT =
      MethodTypeDesc.of(CD_void, CD_Object, CD_int, CD_int);
  private static final MethodTypeDesc ON_STATIC = MethodTypeDesc.of(CD_void, CD_int);
  static final MethodTypeDesc EXITED = MethodTypeDesc.of(CD_void, CD_Object);

  private final String type;
  private final String superclass;
  private final String method;
  private final String sourceFile;
  private final ClassFiles files;
  private final Predicate<String> keepsMethods;
  private final boolean withPlain;
  private final CoverageProbes probes = new CoverageProbes();
  private final NamesOnStack names = new NamesOnStack();
  private int line;

  /** Whether {@code this} may be passed on: not before the constructor of the superclass. */
  private boolean hasThis;

  /** How many objects of the own class or its superclass have been made and not initialised. */
  private int uninitialised;

  /**
   * @param keepsMethods which classes have synchronized methods still, so that who calls them has
   *     to tell
   * @param withPlain whether accesses that order nothing tell, too
   */
  SwitchPointCode(
      String type,
      String superclass,
      MethodModel method,
      String sourceFile,
      ClassFiles files,
      Predicate<String> keepsMethods,
      boolean withPlain) {
    this.keepsMethods = keepsMethods;
    this.type = type;
    this.superclass = superclass;
    this.sourceFile = sourceFile;
    this.method = method.methodName().stringValue();
    this.files = files;
    this.withPlain = withPlain;
    this.hasThis = !this.method.equals(INIT_NAME);
  }

  @Override
  public void accept(CodeBuilder code, CodeElement element) {
    change(code, element);
    names.accept(element);
  }

  private void change(CodeBuilder code, CodeElement element) {
    if (element instanceof LineNumber number) {
      line = number.line();
    }
    boolean ofCoverage = probes.isAccess(element) || CoverageProbes.isTheirs(method);
    if (!hasThis) {
      lookForThis(element);
      code.with(element);
      return;
    }
    if (ofCoverage) {
      code.with(element);
      return;
    }
    switch (element) {
      case FieldInstruction field -> access(code, field);
      case ArrayLoadInstruction load when withPlain -> {
        code.dup2();
        tellElement(code, Kind.READ, Action.READS);
        code.with(load);
      }
      case ArrayStoreInstruction store when withPlain -> {
        if (store.typeKind().slotSize() == 1) {
          code.dup_x2().pop().dup2_x1();
        } else {
          code.dup2_x2().pop2().dup2_x2();
        }
        tellElement(code, Kind.WRITE, Action.WRITES);
        code.with(store);
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
    ClassFiles.Field found = files.field(owner, name);
    if (found == null || !found.isShared() || !found.isVolatile() && !withPlain) {
      code.with(field);
      return;
    }
    boolean writes = field.opcode() == Opcode.PUTFIELD || field.opcode() == Opcode.PUTSTATIC;
    String object =
        switch (field.opcode()) {
          case GETFIELD -> names.below(0);
          case PUTFIELD -> names.below(1);
          default -> "";
        };
    int place =
        writes
            ? place(found, Kind.WRITE, Action.WRITES, name, object)
            : place(found, Kind.READ, Action.READS, name, object);
    String hook = found.isVolatile() ? "access" : "plain";
    switch (field.opcode()) {
      case GETSTATIC, PUTSTATIC -> code.loadConstant(place).invokestatic(HOOKS, hook, ON_STATIC);
      case GETFIELD -> {
        code.dup();
        tell(code, hook, place);
      }
      default -> {
        dupBelow(code, TypeKind.from(field.typeSymbol()));
        tell(code, hook, place);
      }
    }
    code.with(field);
  }

  private int place(ClassFiles.Field field, Kind kind, Action action, String name, String object) {
    String owner = field.owner().replace('/', '.');
    String location = owner + "." + name;
    Site site = site(action, owner, name, object);
    return field.isVolatile()
        ? Places.add(kind, Memory.VOLATILE, location, site)
        : Places.addPlain(kind, Memory.FIELD, location, site);
  }

  private void tellElement(CodeBuilder code, Kind kind, Action action) {
    String array = names.below(kind == Kind.READ ? 1 : 2);
    Site site = site(action, "", array.isEmpty() ? "an array" : "array " + array, "");
    int place = Places.addPlain(kind, Memory.ELEMENT, "an array", site);
    code.loadConstant(place).invokestatic(HOOKS, "plain", ON_ELEMENT);
  }

  /** The object that is below a value comes on top of it once more. */
  private static void dupBelow(CodeBuilder code, TypeKind value) {
    if (value.slotSize() == 1) {
      code.dup2().pop();
    } else {
      code.dup2_x1().pop2().dup_x2();
    }
  }

  private void access(CodeBuilder code, MonitorInstruction monitor) {
    code.dup();
    if (monitor.opcode() == Opcode.MONITORENTER) {
      tell(
          code,
          "enter",
          synchronizer(Kind.OPERATION, Action.ENTERS, "", "a monitor", names.below(0)));
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
    Operation operation = Operations.of(call);
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
    switch (operation.on()) {
      case STATIC ->
          code.loadConstant(synchronizer(operation.kind(), Action.CALLS, owner, name, ""))
              .invokestatic(HOOKS, "access", ON_STATIC);
      case ANY ->
          tellReceiver(
              code,
              call,
              "access",
              synchronizer(operation.kind(), Action.CALLS, owner, name, object(call)));
      case CONTENT -> {
        Site site = site(Action.CALLS, owner, name, object(call));
        int place = Places.addPlain(operation.kind(), Memory.CONTENT, here(site), site);
        tellReceiver(code, call, "content", place);
      }
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
    code.loadConstant(synchronizer(Kind.OPERATION, Action.WAITS, "", "a monitor", object(call)))
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
    if (kinds.size() == 1) {
      dupBelow(code, kinds.getFirst());
      tell(code, hook, place);
      return;
    }
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

  /** The name of what a method is called on. */
  private String object(InvokeInstruction call) {
    return names.below(call.typeSymbol().parameterCount());
  }

  private int synchronizer(Kind kind, Action action, String owner, String member, String object) {
    Site site = site(action, owner, member, object);
    return Places.add(kind, Memory.SYNCHRONIZER, here(site), site);
  }

  private Site site(Action action, String owner, String member, String object) {
    return new Site(action, owner, member, object, inMethod(), sourceFile, line);
  }

  /** A location that no other place has, but for another one of the same in the same line. */
  private static String here(Site site) {
    return "%s %s.%s in %s(%s)"
        .formatted(site.action(), site.owner(), site.member(), site.method(), site.where());
  }

  private String inMethod() {
    return Site.simple(type.replace('/', '.')) + "." + method;
  }
}
