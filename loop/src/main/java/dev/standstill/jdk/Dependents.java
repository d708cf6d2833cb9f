package dev.standstill.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a {@code CompletableFuture}: the futures that depend on it, and threads. Any
 * thread may call. A record for the reason given at {@link Internals}.
 *
 * <p>Read from {@code CompletableFuture}, JDK 25: a future has a linked list of all that it sets
 * off. An element of a thread that waits is what that thread parks on; the others complete futures,
 * once they have one, two, or any of several results. One that waits for two is in the list of the
 * second future by proxy.
 *
 * @param first {@code (CompletableFuture) -> Object}, the first of the list; null if it is empty
 * @param next {@code (Object) -> Object}, the one after
 * @param single the type of those that {@code ofSingle} is for
 * @param ofSingle {@code (Object) -> CompletableFuture}, what one completes
 * @param any the type of those that {@code ofAny} is for
 * @param ofAny the same for one that has any of several results
 * @param proxy the type of those that {@code ofProxy} is for
 * @param ofProxy {@code (Object) -> Object}, for whom it stands; null if that is done
 */
record Dependents(
    MethodHandle first,
    MethodHandle next,
    Class<?> single,
    MethodHandle ofSingle,
    Class<?> any,
    MethodHandle ofAny,
    Class<?> proxy,
    MethodHandle ofProxy) {

  private static final Dependents JDK = resolve(piece -> true);

  /** Looks everything up; {@code present} is described at {@link JdkLookup}. */
  static Dependents resolve(Predicate<Piece> present) {
    JdkLookup jdk = new JdkLookup(present);
    return new Dependents(
        jdk.getter(Piece.DEPENDENTS)
            .asType(MethodType.methodType(Object.class, CompletableFuture.class)),
        jdk.getter(Piece.NEXT_DEPENDENT).asType(MethodType.genericMethodType(1)),
        owner(jdk, Piece.DEPENDENT_FUTURE),
        future(jdk, Piece.DEPENDENT_FUTURE),
        owner(jdk, Piece.DEPENDENT_ON_ANY),
        future(jdk, Piece.DEPENDENT_ON_ANY),
        owner(jdk, Piece.DEPENDENT_PROXY),
        jdk.getter(Piece.DEPENDENT_PROXY).asType(MethodType.genericMethodType(1)));
  }

  private static Class<?> owner(JdkLookup jdk, Piece piece) {
    return jdk.find(piece, (lookup, owner) -> owner);
  }

  private static MethodHandle future(JdkLookup jdk, Piece piece) {
    return jdk.getter(piece).asType(MethodType.methodType(CompletableFuture.class, Object.class));
  }

  /**
   * Whether a thread waits for {@code future}, directly or through others.
   *
   * @param blocker what the thread has parked on
   */
  static boolean include(CompletableFuture<?> future, Object blocker) {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<CompletableFuture<?>> left = new ArrayDeque<>();
    left.add(future);
    try {
      while (!left.isEmpty()) {
        Object dependent = (Object) JDK.first.invokeExact((CompletableFuture) left.remove());
        while (dependent != null) {
          if (dependent == blocker) {
            return true;
          }
          CompletableFuture<?> completed = completedBy(dependent);
          if (completed != null && seen.add(completed)) {
            left.add(completed);
          }
          dependent = (Object) JDK.next.invokeExact(dependent);
        }
      }
      return false;
    } catch (Throwable e) {
      throw new LinkageError("What depends on " + future + " cannot be read", e);
    }
  }

  private static @Nullable CompletableFuture<?> completedBy(Object dependent) throws Throwable {
    Object one =
        JDK.proxy.isInstance(dependent) ? (Object) JDK.ofProxy.invokeExact(dependent) : dependent;
    if (JDK.single.isInstance(one)) {
      return (CompletableFuture<?>) (CompletableFuture) JDK.ofSingle.invokeExact(one);
    }
    return JDK.any.isInstance(one)
        ? (CompletableFuture<?>) (CompletableFuture) JDK.ofAny.invokeExact(one)
        : null;
  }
}
