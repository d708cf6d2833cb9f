package dev.standstill.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Predicate;

/** Makes pools that are like the JVM's common pool: named so, and not to be shut down. */
public final class CommonPool {

  /** As on a machine with four processors, so that a run is the same on every machine. */
  private static final int PARALLELISM = 3;

  private static final MethodHandle NEW = resolve(piece -> true);

  private CommonPool() {}

  /** A pool without threads; they are started where work is submitted. */
  public static ForkJoinPool create() {
    try {
      ForkJoinPool pool = (ForkJoinPool) NEW.invokeExact((byte) 0);
      pool.setParallelism(PARALLELISM);
      return pool;
    } catch (Throwable e) {
      throw new LinkageError("ForkJoinPool(byte) failed", e);
    }
  }

  /** Looks up what makes them; {@code present} is described at {@link JdkLookup}. */
  static MethodHandle resolve(Predicate<Piece> present) {
    return new JdkLookup(present)
        .find(
            Piece.COMMON_POOL,
            (lookup, owner) ->
                lookup.findConstructor(owner, MethodType.methodType(void.class, byte.class)));
  }
}
