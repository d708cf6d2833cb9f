package dev.standstill.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.function.Predicate;

/**
 * Lets this module call native code without the JVM's warning: the agent has been let in, which may
 * do more. Read from {@code java.lang.Module}, JDK 25. A record for the reason given at {@link
 * Internals}.
 *
 * @param ofModule {@code (Module) -> Module}, for a module with a name
 * @param ofUnnamed {@code () -> void}, for all code on the class path
 */
record NativeAccess(MethodHandle ofModule, MethodHandle ofUnnamed) {

  /** Looks everything up; {@code present} is described at {@link JdkLookup}. */
  static NativeAccess resolve(Predicate<Piece> present) {
    JdkLookup jdk = new JdkLookup(present);
    MethodType ofModule = MethodType.methodType(Module.class);
    MethodType ofUnnamed = MethodType.methodType(void.class);
    return new NativeAccess(
        jdk.find(
            Piece.NATIVE_ACCESS,
            (lookup, owner) -> lookup.findVirtual(owner, "implAddEnableNativeAccess", ofModule)),
        jdk.find(
            Piece.NATIVE_ACCESS_OF_UNNAMED,
            (lookup, owner) ->
                lookup.findStatic(owner, "implAddEnableNativeAccessToAllUnnamed", ofUnnamed)));
  }

  static void enable() throws Throwable {
    NativeAccess jdk = resolve(piece -> true);
    Module module = NativeAccess.class.getModule();
    if (module.isNamed()) {
      jdk.ofModule.invoke(module);
    } else {
      jdk.ofUnnamed.invokeExact();
    }
  }
}
