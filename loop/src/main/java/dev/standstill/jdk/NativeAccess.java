package dev.standstill.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.function.Predicate;

/**
 * Lets this module call native code without the JVM's warning: the agent has been let in, which may
 * do more. Read from {@code java.lang.Module}, JDK 25.
 */
final class NativeAccess {

  private NativeAccess() {}

  /** Looks everything up; {@code present} is described at {@link JdkLookup}. */
  static void resolve(Predicate<Piece> present) {
    JdkLookup jdk = new JdkLookup(present);
    ofModule(jdk);
    ofUnnamed(jdk);
  }

  static void enable() throws Throwable {
    Module module = NativeAccess.class.getModule();
    JdkLookup jdk = new JdkLookup(piece -> true);
    if (module.isNamed()) {
      ofModule(jdk).invoke(module);
    } else {
      ofUnnamed(jdk).invoke();
    }
  }

  private static MethodHandle ofModule(JdkLookup jdk) {
    MethodType type = MethodType.methodType(Module.class);
    return jdk.find(
        Piece.NATIVE_ACCESS,
        (lookup, owner) -> lookup.findVirtual(owner, "implAddEnableNativeAccess", type));
  }

  private static MethodHandle ofUnnamed(JdkLookup jdk) {
    MethodType type = MethodType.methodType(void.class);
    return jdk.find(
        Piece.NATIVE_ACCESS_OF_UNNAMED,
        (lookup, owner) -> lookup.findStatic(owner, "implAddEnableNativeAccessToAllUnnamed", type));
  }
}
