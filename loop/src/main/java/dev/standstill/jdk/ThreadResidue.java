package dev.standstill.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.util.function.Predicate;

/**
 * What code leaves behind in the virtual thread that has run it, where other code is to run in that
 * thread next. A record for the reason given at {@link Internals}.
 *
 * <p>Read from {@code java.lang.Thread}, JDK 25: when a virtual thread ends, {@code
 * clearReferences} drops its thread-locals, and {@code StackableScope.popAll} closes the scopes of
 * structured concurrency that are still open.
 *
 * @param locals {@code (Thread) -> Object}, its thread-locals, or null
 * @param setLocals {@code (Thread, Object) -> void}
 * @param inheritable {@code (Thread) -> Object}, its inheritable thread-locals, or null
 * @param setInheritable {@code (Thread, Object) -> void}
 * @param size {@code (Object) -> int}, how many there are
 * @param scopes {@code (Thread) -> Object}, the innermost scope that is open, or null
 * @param permit {@code (Thread) -> boolean}, whether its next {@code park} returns at once
 */
record ThreadResidue(
    MethodHandle locals,
    MethodHandle setLocals,
    MethodHandle inheritable,
    MethodHandle setInheritable,
    MethodHandle size,
    MethodHandle scopes,
    MethodHandle permit) {

  private static final MethodType GETTER = MethodType.methodType(Object.class, Thread.class);
  private static final MethodType SETTER =
      MethodType.methodType(void.class, Thread.class, Object.class);

  private static final ThreadResidue JDK = resolve(piece -> true);

  /** Looks everything up; {@code present} is described at {@link JdkLookup}. */
  static ThreadResidue resolve(Predicate<Piece> present) {
    JdkLookup jdk = new JdkLookup(present);
    VarHandle locals = field(jdk, Piece.THREAD_LOCALS);
    VarHandle inheritable = field(jdk, Piece.INHERITABLE);
    return new ThreadResidue(
        locals.toMethodHandle(VarHandle.AccessMode.GET).asType(GETTER),
        locals.toMethodHandle(VarHandle.AccessMode.SET).asType(SETTER),
        inheritable.toMethodHandle(VarHandle.AccessMode.GET).asType(GETTER),
        inheritable.toMethodHandle(VarHandle.AccessMode.SET).asType(SETTER),
        jdk.getter(Piece.LOCALS_SIZE).asType(MethodType.methodType(int.class, Object.class)),
        jdk.getter(Piece.OPEN_SCOPES).asType(GETTER),
        jdk.getter(Piece.PARK_PERMIT).asType(MethodType.methodType(boolean.class, Thread.class)));
  }

  /** A field whose type has no name here. */
  private static VarHandle field(JdkLookup jdk, Piece piece) {
    return jdk.find(
        piece,
        (lookup, owner) -> lookup.unreflectVarHandle(owner.getDeclaredField(piece.member())));
  }

  /**
   * Whether a thread that {@code thread} makes inherits thread-locals; unless that is ruled out.
   */
  static boolean hasInheritable(Thread thread) {
    try {
      Object inheritable = (Object) JDK.inheritable.invokeExact(thread);
      return inheritable != null && (int) JDK.size.invokeExact(inheritable) > 0;
    } catch (Throwable e) {
      throw new LinkageError("Thread.inheritableThreadLocals cannot be read", e);
    }
  }

  /**
   * Drops the thread-locals of the calling virtual thread. False if something else is left that
   * only the end of the thread takes away.
   */
  static boolean wipe(Thread self) {
    try {
      if ((Object) JDK.locals.invokeExact(self) != null) {
        JDK.setLocals.invokeExact(self, (Object) null);
      }
      if ((Object) JDK.inheritable.invokeExact(self) != null) {
        JDK.setInheritable.invokeExact(self, (Object) null);
      }
      return !self.isInterrupted()
          && !(boolean) JDK.permit.invokeExact(self)
          && (Object) JDK.scopes.invokeExact(self) == null;
    } catch (Throwable e) {
      throw new LinkageError("What is left in " + self + " cannot be read", e);
    }
  }
}
