package dev.standstill.agent;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import org.jspecify.annotations.Nullable;

/**
 * A change of the code of one method: code put before its first instruction, or other code in place
 * of some instructions. Immutable.
 *
 * <p>Written without lambdas, streams and pattern switches, as all that runs while the JVM starts:
 * the first use of each costs milliseconds.
 */
sealed interface Edit {

  /** Writes what comes before the first instruction; returns whether there is anything. */
  default boolean enter(MethodModel method, CodeBuilder code) {
    return false;
  }

  /** Writes what comes in place of an instruction; returns whether there is anything. */
  default boolean replace(CodeElement instruction, CodeBuilder code) {
    return false;
  }

  /** Returns what is to be done to the method as a whole, once; null if there is nothing. */
  default @Nullable CodeTransform wrapping() {
    return null;
  }

  /** Says what is missing in a method where the edit changed nothing, to be read after its name. */
  String missing();

  /** Code before the first instruction. */
  sealed interface AtStart extends Edit {

    /** Writes that code. */
    void begin(MethodModel method, CodeBuilder code);

    @Override
    default boolean enter(MethodModel method, CodeBuilder code) {
      begin(method, code);
      return true;
    }

    @Override
    default String missing() {
      return "does not exist";
    }
  }

  /** Code before each return. */
  sealed interface AtReturn extends Edit {

    /** Writes that code; what is returned is on the stack. */
    void end(CodeBuilder code);

    @Override
    default boolean replace(CodeElement instruction, CodeBuilder code) {
      if (instruction instanceof ReturnInstruction) {
        end(code);
        code.with(instruction);
        return true;
      }
      return false;
    }

    @Override
    default String missing() {
      return "does not return";
    }
  }

  /** Other code in place of each call of one method. */
  sealed interface AtCall extends Edit {

    /** The internal name of the class whose method is called. */
    String owner();

    /** The name of the method that is called. */
    String callee();

    /** Writes that code; the receiver, if there is one, and the arguments are on the stack. */
    void replaceCall(CodeElement invocation, CodeBuilder code);

    @Override
    default boolean replace(CodeElement instruction, CodeBuilder code) {
      if (instruction instanceof InvokeInstruction invocation
          && invocation.owner().name().equalsString(owner())
          && invocation.name().equalsString(callee())) {
        replaceCall(invocation, code);
        return true;
      }
      return false;
    }

    @Override
    default String missing() {
      return "does not call " + owner().replace('/', '.') + "." + callee();
    }
  }

  /** Passes the value of a field through a hook each time it is read. */
  record FilterField(String field, Hook hook, String descriptor) implements Edit {

    @Override
    public boolean replace(CodeElement instruction, CodeBuilder code) {
      if (instruction instanceof FieldInstruction read
          && (read.opcode() == Opcode.GETSTATIC || read.opcode() == Opcode.GETFIELD)
          && read.name().equalsString(field)) {
        call(code.with(instruction), hook, descriptor);
        return true;
      }
      return false;
    }

    @Override
    public String missing() {
      return "does not read the field " + field;
    }
  }

  /** Goes on with what a hook returns for the object in a static field, of the same class. */
  record StaticOfLoop(String field, Hook hook) implements Edit {

    @Override
    public boolean replace(CodeElement instruction, CodeBuilder code) {
      if (instruction instanceof FieldInstruction read
          && read.opcode() == Opcode.GETSTATIC
          && read.name().equalsString(field)) {
        hook.call(code.with(instruction), MethodTypeDesc.of(CD_Object, CD_Object));
        code.checkcast(read.typeSymbol());
        return true;
      }
      return false;
    }

    @Override
    public String missing() {
      return "does not read the field " + field;
    }
  }

  /**
   * Lets an object have its own value of a static field, a thread, of its class. One hook takes
   * what is read of the field and the receiver, and returns what the object has; the other takes
   * what is about to be written and the receiver, and returns whether that is done.
   */
  record OwnStatic(String field, Hook read, Hook write) implements Edit {

    @Override
    public boolean replace(CodeElement instruction, CodeBuilder code) {
      if (!(instruction instanceof FieldInstruction access) || !access.name().equalsString(field)) {
        return false;
      }
      if (access.opcode() == Opcode.GETSTATIC) {
        code.with(access).aload(code.receiverSlot());
        read.call(code, MethodTypeDesc.of(CD_Thread, CD_Thread, CD_Object));
        return true;
      }
      if (access.opcode() == Opcode.PUTSTATIC) {
        Label done = code.newLabel();
        Label refused = code.newLabel();
        code.dup().aload(code.receiverSlot());
        write.call(code, MethodTypeDesc.of(CD_boolean, CD_Thread, CD_Object));
        code.ifeq(refused).pop().goto_(done);
        code.labelBinding(refused).with(access);
        code.labelBinding(done);
        return true;
      }
      return false;
    }

    @Override
    public String missing() {
      return "does not use the field " + field;
    }
  }

  /** Calls a hook in place of a method. The hook takes the receiver, too, if the method has one. */
  record ReplaceCall(String owner, String callee, Hook hook, String descriptor) implements AtCall {

    @Override
    public void replaceCall(CodeElement invocation, CodeBuilder code) {
      call(code, hook, descriptor);
    }
  }

  /**
   * Calls a hook in place of a static method without arguments. The hook takes the receiver of the
   * method that calls it.
   */
  record AskWithReceiver(String owner, String callee, Hook hook, String descriptor)
      implements AtCall {

    @Override
    public void replaceCall(CodeElement invocation, CodeBuilder code) {
      call(code.aload(code.receiverSlot()), hook, descriptor);
    }
  }

  /**
   * Offers the argument of a method to a hook and leaves the call out if the hook takes it. The
   * method has one argument and returns a value of its type.
   */
  record OfferArgument(String owner, String callee, Hook hook, String descriptor)
      implements AtCall {

    @Override
    public void replaceCall(CodeElement invocation, CodeBuilder code) {
      Label refused = code.newLabel();
      Label done = code.newLabel();
      call(code.dup(), hook, descriptor);
      code.ifeq(refused).swap().pop().goto_(done);
      code.labelBinding(refused).with(invocation);
      code.labelBinding(done);
    }
  }

  /**
   * Offers the receiver of a call to a hook and leaves the call out if the hook takes it. The
   * method that is called has no arguments and returns nothing.
   */
  record OfferReceiver(String owner, String callee, Hook hook, String descriptor)
      implements AtCall {

    @Override
    public void replaceCall(CodeElement invocation, CodeBuilder code) {
      Label refused = code.newLabel();
      Label done = code.newLabel();
      call(code.dup(), hook, descriptor);
      code.ifeq(refused).pop().goto_(done);
      code.labelBinding(refused).with(invocation);
      code.labelBinding(done);
    }
  }

  /** Passes what a method returns through a hook. */
  record FilterResult(String owner, String callee, Hook hook, String descriptor) implements AtCall {

    @Override
    public void replaceCall(CodeElement invocation, CodeBuilder code) {
      call(code.with(invocation), hook, descriptor);
    }
  }

  /** Calls a hook without arguments before a method is called. */
  record CallBefore(String owner, String callee, Hook hook) implements AtCall {

    @Override
    public void replaceCall(CodeElement invocation, CodeBuilder code) {
      hook.call(code, MethodTypeDesc.of(CD_void));
      code.with(invocation);
    }
  }

  /** Tells a hook the last argument of a method, which is an object, before that is called. */
  record TellLastArgument(String owner, String callee, Hook hook, String descriptor)
      implements AtCall {

    @Override
    public void replaceCall(CodeElement invocation, CodeBuilder code) {
      call(code.dup(), hook, descriptor);
      code.with(invocation);
    }
  }

  /**
   * Passes the arguments to a hook of the same parameters first and returns if it says so: true, if
   * the method returns a boolean.
   */
  record ReturnIf(Hook hook) implements AtStart {

    @Override
    public void begin(MethodModel method, CodeBuilder code) {
      Label proceed = code.newLabel();
      MethodTypeDesc type = method.methodTypeSymbol();
      loadArguments(type, code);
      hook.call(code, type.changeReturnType(CD_boolean));
      code.ifeq(proceed);
      returnTrue(type.returnType(), code);
      code.labelBinding(proceed);
    }
  }

  /**
   * Passes the receiver and the arguments to a hook first and returns if it says so. The method has
   * no result.
   */
  record ReturnIfTaken(Hook hook) implements AtStart {

    @Override
    public void begin(MethodModel method, CodeBuilder code) {
      MethodTypeDesc type = method.methodTypeSymbol();
      ClassDesc owner = method.parent().orElseThrow().thisClass().asSymbol();
      Label proceed = code.newLabel();
      code.aload(code.receiverSlot());
      loadArguments(type, code);
      hook.call(code, type.insertParameterTypes(0, owner).changeReturnType(CD_boolean));
      code.ifeq(proceed).return_().labelBinding(proceed);
    }
  }

  /**
   * Asks a hook about the receiver first. A method without a result ends, one with a boolean result
   * returns true, if the hook says true; one with another result returns what the hook has, if
   * anything.
   */
  record AnswerFirst(Hook hook) implements AtStart {

    @Override
    public void begin(MethodModel method, CodeBuilder code) {
      ClassDesc owner = method.parent().orElseThrow().thisClass().asSymbol();
      ClassDesc result = method.methodTypeSymbol().returnType();
      Label proceed = code.newLabel();
      code.aload(code.receiverSlot());
      if (result.isPrimitive()) {
        hook.call(code, MethodTypeDesc.of(CD_boolean, owner));
        code.ifeq(proceed);
        returnTrue(result, code);
        code.labelBinding(proceed);
      } else {
        hook.call(code, MethodTypeDesc.of(result, owner));
        code.dup().ifnull(proceed).areturn().labelBinding(proceed).pop();
      }
    }
  }

  /**
   * Returns what a hook has, if anything. The method is static, has no arguments and returns an
   * object.
   */
  record AnswerStatic(Hook hook) implements AtStart {

    @Override
    public void begin(MethodModel method, CodeBuilder code) {
      Label proceed = code.newLabel();
      hook.call(code, MethodTypeDesc.of(CD_Object));
      code.dup().ifnull(proceed).checkcast(method.methodTypeSymbol().returnType()).areturn();
      code.labelBinding(proceed).pop();
    }
  }

  /** Passes the only argument of a static method through a hook first. */
  record FilterArgument(Hook hook) implements AtStart {

    @Override
    public void begin(MethodModel method, CodeBuilder code) {
      MethodTypeDesc type = method.methodTypeSymbol();
      loadArguments(type, code);
      hook.call(code, type.changeReturnType(type.parameterType(0)));
      code.storeLocal(TypeKind.from(type.parameterType(0)), code.parameterSlot(0));
    }
  }

  /** Goes on with the object that a hook returns for the receiver, of the same class. */
  record ReplaceReceiver(Hook hook) implements AtStart {

    @Override
    public void begin(MethodModel method, CodeBuilder code) {
      ClassDesc owner = method.parent().orElseThrow().thisClass().asSymbol();
      code.aload(code.receiverSlot());
      hook.call(code, MethodTypeDesc.of(CD_Object, CD_Object));
      code.checkcast(owner).astore(code.receiverSlot());
    }
  }

  /** Puts what a hook makes of the first two arguments, objects both, in place of the first. */
  record ReplaceFirstArgument(Hook hook, String descriptor) implements AtStart {

    @Override
    public void begin(MethodModel method, CodeBuilder code) {
      code.aload(code.parameterSlot(0)).aload(code.parameterSlot(1));
      call(code, hook, descriptor);
      code.checkcast(method.methodTypeSymbol().parameterType(0));
      code.astore(code.parameterSlot(0));
    }
  }

  /** Calls a hook without arguments before all else. */
  record CallAtStart(Hook hook) implements AtStart {

    @Override
    public void begin(MethodModel method, CodeBuilder code) {
      hook.call(code, MethodTypeDesc.of(CD_void));
    }
  }

  /** Tells a hook the receiver before all else, unless the second argument is true. */
  record TellUnlessArgument(Hook hook) implements AtStart {

    @Override
    public void begin(MethodModel method, CodeBuilder code) {
      Label proceed = code.newLabel();
      code.iload(code.parameterSlot(1)).ifne(proceed);
      code.aload(code.receiverSlot());
      hook.call(code, MethodTypeDesc.of(CD_void, CD_Thread));
      code.labelBinding(proceed);
    }
  }

  /** Tells a hook the receiver and the arguments before all else. */
  record Tell(Hook hook) implements AtStart {

    @Override
    public void begin(MethodModel method, CodeBuilder code) {
      MethodTypeDesc type = method.methodTypeSymbol();
      ClassDesc owner = method.parent().orElseThrow().thisClass().asSymbol();
      code.aload(code.receiverSlot());
      loadArguments(type, code);
      hook.call(code, type.insertParameterTypes(0, owner).changeReturnType(CD_void));
    }
  }

  /** Tells a hook the receiver and one of the arguments, both as objects, before all else. */
  record TellArgument(Hook hook, int parameter) implements AtStart {

    @Override
    public void begin(MethodModel method, CodeBuilder code) {
      code.aload(code.receiverSlot()).aload(code.parameterSlot(parameter));
      hook.call(code, MethodTypeDesc.of(CD_void, CD_Object, CD_Object));
    }
  }

  /** Tells a hook the arguments before all else. */
  record TellArguments(Hook hook) implements AtStart {

    @Override
    public void begin(MethodModel method, CodeBuilder code) {
      MethodTypeDesc type = method.methodTypeSymbol();
      loadArguments(type, code);
      hook.call(code, type.changeReturnType(CD_void));
    }
  }

  /** Tells a hook the first arguments of a static method, as many as it takes, before all else. */
  record TellFirstArguments(Hook hook, String descriptor) implements AtStart {

    @Override
    public void begin(MethodModel method, CodeBuilder code) {
      MethodTypeDesc type = MethodTypeDesc.ofDescriptor(descriptor);
      loadArguments(type, code);
      hook.call(code, type);
    }
  }

  /** Calls a hook without arguments before the method returns. */
  record CallAtEnd(Hook hook) implements AtReturn {

    @Override
    public void end(CodeBuilder code) {
      hook.call(code, MethodTypeDesc.of(CD_void));
    }
  }

  /** Tells a hook the receiver before the method returns. */
  record TellAtEnd(Hook hook, String descriptor) implements AtReturn {

    @Override
    public void end(CodeBuilder code) {
      call(code.aload(code.receiverSlot()), hook, descriptor);
    }
  }

  /** Tells a hook what the method is about to return, and then its arguments, all of one slot. */
  record TellResult(Hook hook, String descriptor) implements AtReturn {

    @Override
    public void end(CodeBuilder code) {
      MethodTypeDesc type = MethodTypeDesc.ofDescriptor(descriptor);
      loadArguments(type.dropParameterTypes(0, 1), code.dup());
      hook.call(code, type);
    }
  }

  /**
   * Returns what a hook makes of the result of the method, the receiver and the arguments, all of
   * one slot.
   */
  record ReplaceResult(Hook hook, String descriptor) implements AtReturn {

    @Override
    public void end(CodeBuilder code) {
      MethodTypeDesc type = MethodTypeDesc.ofDescriptor(descriptor);
      code.aload(code.receiverSlot());
      loadArguments(type.dropParameterTypes(0, 2), code);
      hook.call(code, type);
    }
  }

  /** Calls one hook before a method and another after it, whether it returns or throws. */
  record Around(Hook begin, Hook end) implements Edit {

    @Override
    public CodeTransform wrapping() {
      return new Brackets(begin, end, false);
    }

    @Override
    public String missing() {
      return "does not exist";
    }
  }

  /**
   * The same, where the first hook takes the receiver of the method or, of a static one, the first
   * argument.
   */
  record AroundWithReceiver(Hook begin, Hook end) implements Edit {

    @Override
    public CodeTransform wrapping() {
      return new Brackets(begin, end, true);
    }

    @Override
    public String missing() {
      return "does not exist";
    }
  }

  /** The type of the parameter of hooks that take any thread. */
  ClassDesc CD_Thread = ClassDesc.of("java.lang.Thread");

  private static void loadArguments(MethodTypeDesc type, CodeBuilder code) {
    for (int parameter = 0; parameter < type.parameterCount(); parameter++) {
      TypeKind kind = TypeKind.from(type.parameterType(parameter));
      code.loadLocal(kind, code.parameterSlot(parameter));
    }
  }

  private static void returnTrue(ClassDesc result, CodeBuilder code) {
    (result.equals(CD_void) ? code : code.iconst_1()).return_(TypeKind.from(result));
  }

  private static void call(CodeBuilder code, Hook hook, String descriptor) {
    hook.call(code, MethodTypeDesc.ofDescriptor(descriptor));
  }
}
