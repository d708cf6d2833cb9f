package dev.standstill.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Predicate;

/**
 * The JDK's signals, read from {@code sun.misc.Signal}, JDK 25, which every program may use but no
 * compiler lets pass without a warning. Any thread may call.
 *
 * <p>A record for the reason given at {@link Internals}.
 *
 * @param create {@code (String) -> Object}, a signal
 * @param handle {@code (Object, Object) -> Object}, sets its handler and returns that which was
 * @param handlerType the interface of handlers
 * @param target {@code (Runnable, Signal) -> void}, calls the first
 */
record SignalAccess(
    MethodHandle create, MethodHandle handle, Class<?> handlerType, MethodHandle target) {

  private static final SignalAccess JDK = resolve(piece -> true);

  /** Looks everything up; {@code present} is described at {@link JdkLookup}. */
  static SignalAccess resolve(Predicate<Piece> present) {
    JdkLookup jdk = new JdkLookup(present);
    Class<?> handlerType = jdk.find(Piece.SIGNAL_HANDLER, (lookup, owner) -> owner);
    return new SignalAccess(
        jdk.find(
            Piece.SIGNAL,
            (lookup, owner) ->
                lookup
                    .findConstructor(owner, MethodType.methodType(void.class, String.class))
                    .asType(MethodType.methodType(Object.class, String.class))),
        jdk.find(
            Piece.SIGNAL_HANDLE,
            (lookup, owner) ->
                lookup
                    .findStatic(
                        owner, "handle", MethodType.methodType(handlerType, owner, handlerType))
                    .asType(MethodType.genericMethodType(2))),
        handlerType,
        jdk.find(
            Piece.SIGNAL,
            (lookup, owner) ->
                MethodHandles.dropArguments(
                    MethodHandles.publicLookup()
                        .findVirtual(Runnable.class, "run", MethodType.methodType(void.class)),
                    1,
                    owner)));
  }

  /**
   * The signal of that name, without "SIG".
   *
   * @throws IllegalArgumentException if this operating system has none of that name
   */
  static Object signal(String name) {
    try {
      return (Object) JDK.create.invokeExact(name);
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  /** A handler that runs {@code action}, on a thread that the JVM starts for each signal. */
  static Object handler(Runnable action) {
    return MethodHandleProxies.asInterfaceInstance(JDK.handlerType, JDK.target.bindTo(action));
  }

  /**
   * Sets what handles a signal.
   *
   * @return what handled it before
   * @throws IllegalArgumentException if the JVM or the operating system lets nobody handle it
   */
  static Object handle(Object signal, Object handler) {
    try {
      return (Object) JDK.handle.invokeExact(signal, handler);
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  private static RuntimeException unchecked(Throwable thrown) {
    switch (thrown) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new LinkageError("sun.misc.Signal failed", thrown);
    }
  }
}
