package dev.standstill.jdk;

import java.lang.invoke.MethodType;

/**
 * Lets this module call native code without the JVM's warning: the agent has been let in, which may
 * do more. Read from {@code java.lang.Module}, JDK 25.
 */
final class NativeAccess {

  private NativeAccess() {}

  static void enable() throws Throwable {
    Module module = NativeAccess.class.getModule();
    JdkLookup jdk = new JdkLookup(piece -> true);
    if (module.isNamed()) {
      MethodType type = MethodType.methodType(Module.class);
      jdk.find(
              Piece.NATIVE_ACCESS,
              (lookup, owner) -> lookup.findVirtual(owner, "implAddEnableNativeAccess", type))
          .invoke(module);
    } else {
      MethodType type = MethodType.methodType(void.class);
      jdk.find(
              Piece.NATIVE_ACCESS_OF_UNNAMED,
              (lookup, owner) ->
                  lookup.findStatic(owner, "implAddEnableNativeAccessToAllUnnamed", type))
          .invoke();
    }
  }
}
