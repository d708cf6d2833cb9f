package dev.standstill.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.util.function.Predicate;

/**
 * Lets a thread inherit {@code ScopedValue}s. Any thread may call.
 *
 * <p>Read from {@code java.lang.Thread} and {@code java.lang.ScopedValue}, JDK 25: what is bound is
 * an immutable list, which a new thread runs with if its field refers to it before it starts. That
 * is how {@code StructuredTaskScope.fork} does it, which alone can: the JDK has no public way.
 *
 * <p>A record for the reason given at {@link Internals}.
 *
 * @param current {@code () -> Object}, what is bound in the calling thread
 * @param ofThread field of a thread
 */
record ScopedBindings(MethodHandle current, VarHandle ofThread) {

  private static final ScopedBindings JDK = resolve(piece -> true);

  /** Looks everything up; {@code present} is described at {@link JdkLookup}. */
  static ScopedBindings resolve(Predicate<Piece> present) {
    JdkLookup jdk = new JdkLookup(present);
    return new ScopedBindings(
        jdk.find(
            Piece.CURRENT_SCOPED_VALUES,
            (lookup, owner) -> {
              Class<?> snapshot = Class.forName("java.lang.ScopedValue$Snapshot");
              return lookup
                  .findStatic(
                      owner, Piece.CURRENT_SCOPED_VALUES.member(), MethodType.methodType(snapshot))
                  .asType(MethodType.methodType(Object.class));
            }),
        jdk.field(Piece.SCOPED_VALUES, Object.class));
  }

  /** Binds in {@code unstarted} what is bound in the calling thread. */
  static void inherit(Thread unstarted) {
    try {
      Object bindings = (Object) JDK.current.invokeExact();
      JDK.ofThread.set(unstarted, bindings);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new LinkageError("ScopedValue.scopedValueBindings() failed", e);
    }
  }
}
