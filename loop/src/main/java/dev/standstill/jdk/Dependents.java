package dev.standstill.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
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
 * @param supplied the type of work in a pool that computes what a future gets
 * @param ofSupplied {@code (Object) -> CompletableFuture}, what that completes
 * @param run the same of work without a result
 * @param ofRun {@code (Object) -> CompletableFuture}
 */
record Dependents(
    MethodHandle first,
    MethodHandle next,
    Class<?> single,
    MethodHandle ofSingle,
    Class<?> any,
    MethodHandle ofAny,
    Class<?> proxy,
    MethodHandle ofProxy,
    Class<?> supplied,
    MethodHandle ofSupplied,
    Class<?> run,
    MethodHandle ofRun) {

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
        jdk.getter(Piece.DEPENDENT_PROXY).asType(MethodType.genericMethodType(1)),
        owner(jdk, Piece.SUPPLIED_FUTURE),
        future(jdk, Piece.SUPPLIED_FUTURE),
        owner(jdk, Piece.RUN_FUTURE),
        future(jdk, Piece.RUN_FUTURE));
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
    return of(future).stream().anyMatch(dependent -> dependent == blocker);
  }

  /** All that waits for {@code future}, directly or through others, threads among it. */
  static List<Object> of(CompletableFuture<?> future) {
    List<Object> all = new ArrayList<>();
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<CompletableFuture<?>> left = new ArrayDeque<>();
    left.add(future);
    try {
      while (!left.isEmpty()) {
        Object dependent = (Object) JDK.first.invokeExact((CompletableFuture) left.remove());
        while (dependent != null) {
          all.add(dependent);
          CompletableFuture<?> completed = completed(dependent);
          if (completed != null && seen.add(completed)) {
            left.add(completed);
          }
          dependent = (Object) JDK.next.invokeExact(dependent);
        }
      }
      return all;
    } catch (Throwable e) {
      throw new LinkageError("What depends on " + future + " cannot be read", e);
    }
  }

  /** The future that queued work completes; null if it is already done with or unknown. */
  static @Nullable CompletableFuture<?> completedBy(Object work) {
    try {
      return completed(work);
    } catch (Throwable e) {
      throw new LinkageError("What " + work + " completes cannot be read", e);
    }
  }

  private static @Nullable CompletableFuture<?> completed(Object dependent) throws Throwable {
    Object one =
        JDK.proxy.isInstance(dependent) ? (Object) JDK.ofProxy.invokeExact(dependent) : dependent;
    if (JDK.single.isInstance(one)) {
      return (CompletableFuture<?>) (CompletableFuture) JDK.ofSingle.invokeExact(one);
    }
    if (JDK.any.isInstance(one)) {
      return (CompletableFuture<?>) (CompletableFuture) JDK.ofAny.invokeExact(one);
    }
    if (JDK.supplied.isInstance(one)) {
      return (CompletableFuture<?>) (CompletableFuture) JDK.ofSupplied.invokeExact(one);
    }
    return JDK.run.isInstance(one)
        ? (CompletableFuture<?>) (CompletableFuture) JDK.ofRun.invokeExact(one)
        : null;
  }
}
