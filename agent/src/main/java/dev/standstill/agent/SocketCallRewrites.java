package dev.standstill.agent;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets loops answer the natives that the JDK's sockets call, once there is a loop with a network of
 * its own. Which calls these are is said by whoever answers them.
 *
 * <p>Each becomes a call that the hooks link: the caller's own right to call the native goes along
 * as a constant, since most of them are private.
 *
 * <p>Types are looked up in class files: to load the class that is just being loaded would fail.
 */
final class SocketCallRewrites {

  private static final DirectMethodHandleDesc LINK =
      MethodHandleDesc.ofMethod(
          DirectMethodHandleDesc.Kind.STATIC,
          HookClass.NETWORK,
          "link",
          MethodTypeDesc.of(
              ClassDesc.of("java.lang.invoke.CallSite"),
              ConstantDescs.CD_MethodHandles_Lookup,
              ConstantDescs.CD_String,
              ConstantDescs.CD_MethodType,
              ConstantDescs.CD_MethodHandle,
              ConstantDescs.CD_String));

  private SocketCallRewrites() {}

  /** Whether a class of the JDK, given by its internal name, may call natives of sockets. */
  static boolean concern(String type) {
    return type.startsWith("sun/nio/ch/")
        || type.startsWith("java/net/")
        || type.startsWith("jdk/net/");
  }

  /**
   * Makes the change.
   *
   * @param calls each as owner, name and descriptor: {@code sun/nio/ch/Net.socket0(ZZZZ)I}
   * @return the new class file, or null if it has none of the calls
   */
  static byte @Nullable [] link(Set<String> calls, byte[] original) {
    ClassFile classFile = ClassInitializers.classFileOf(null); // loads none of the types it meets
    ClassModel model = classFile.parse(original);
    Linking linking = new Linking(calls);
    byte[] linked =
        classFile.transformClass(model, ClassTransform.transformingMethodBodies(linking));
    return linking.found ? linked : null;
  }

  private static final class Linking implements CodeTransform {

    private final Set<String> calls;
    private boolean found;

    Linking(Set<String> calls) {
      this.calls = calls;
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      String call = element instanceof InvokeInstruction invoke ? staticCall(invoke) : null;
      if (call == null || !calls.contains(call)) {
        code.with(element);
        return;
      }
      InvokeInstruction invoke = (InvokeInstruction) element;
      MethodTypeDesc type = invoke.typeSymbol();
      String name = invoke.name().stringValue();
      MethodHandleDesc jdk =
          MethodHandleDesc.ofMethod(
              DirectMethodHandleDesc.Kind.STATIC, invoke.owner().asSymbol(), name, type);
      code.invokedynamic(DynamicCallSiteDesc.of(LINK, name, type, jdk, call));
      found = true;
    }

    private static @Nullable String staticCall(InvokeInstruction invoke) {
      return invoke.opcode() == Opcode.INVOKESTATIC
          ? invoke.owner().asInternalName()
              + "."
              + invoke.name().stringValue()
              + invoke.type().stringValue()
          : null;
    }
  }
}
