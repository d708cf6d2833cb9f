package dev.standstill.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.function.Predicate;

/**
 * Threads that the JVM keeps from the garbage collector until they have ended, which some never do.
 * Any thread may call.
 *
 * <p>Read from {@code jdk.internal.vm.ThreadContainers}, JDK 25: the root keeps all virtual threads
 * that were started and are in no other container.
 */
public final class KeptThreads {

  /**
   * @param container {@code (Thread) -> Object}
   * @param remove {@code (Object, Thread) -> void}
   */
  private record Parts(MethodHandle container, MethodHandle remove) {}

  private static final Parts JDK = look(piece -> true);

  private KeptThreads() {}

  /** Lets go a thread that has started and that nobody will run again. */
  public static void letGo(Thread thread) {
    try {
      JDK.remove.invokeExact((Object) JDK.container.invokeExact(thread), thread);
    } catch (Throwable e) {
      throw new LinkageError("The container of " + thread + " does not let it go", e);
    }
  }

  /** Looks everything up; {@code present} is described at {@link JdkLookup}. */
  static void resolve(Predicate<Piece> present) {
    look(present);
  }

  private static Parts look(Predicate<Piece> present) {
    JdkLookup jdk = new JdkLookup(present);
    return new Parts(
        jdk.getter(Piece.THREAD_CONTAINER)
            .asType(MethodType.methodType(Object.class, Thread.class)),
        jdk.find(
            Piece.CONTAINER_REMOVE,
            (lookup, owner) ->
                lookup
                    .findVirtual(owner, "remove", MethodType.methodType(void.class, Thread.class))
                    .asType(MethodType.methodType(void.class, Object.class, Thread.class))));
  }
}
