package dev.standstill.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Array;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A pool of one loop that is like the JVM's common pool: named so, not to be shut down, and as
 * large as the JDK's system property says. It is made when a task first asks for it. Loop-confined.
 */
public final class CommonPool {

  /** As on a machine with four processors, so that a run is the same on every machine. */
  private static final int DEFAULT_PARALLELISM = 3;

  private static final String PROPERTY = "java.util.concurrent.ForkJoinPool.common.parallelism";

  /** Read from {@code ForkJoinPool}, JDK 25. */
  private static final int MAX_PARALLELISM = 0x7fff;

  private static final int MIN_QUEUES = 16;

  /** How many workers asynchronous stages get where parallel streams get none (JDK 25). */
  private static final int MIN_FOR_STAGES = 2;

  /**
   * What makes such pools. A record for the reason given at {@link Internals}.
   *
   * @param create {@code (byte) -> ForkJoinPool}
   * @param parallelism field of a pool
   * @param queues field of a pool, an array
   */
  private record Parts(MethodHandle create, VarHandle parallelism, VarHandle queues) {}

  private static final Parts JDK = look(piece -> true);

  private final @Nullable Integer parallelism;
  private @Nullable ForkJoinPool pool;

  /**
   * @param parallelism how many workers the pool has; null for what the property says, else 3
   */
  public CommonPool(@Nullable Integer parallelism) {
    this.parallelism = parallelism;
  }

  /** The pool; its threads are started where work is submitted. */
  public ForkJoinPool get() {
    ForkJoinPool made = pool;
    if (made == null) {
      made = create(parallelism());
      pool = made;
    }
    return made;
  }

  /** The pool with at least two workers, for {@code CompletableFuture}. */
  public Executor forStages() {
    ForkJoinPool made = get();
    JDK.parallelism.compareAndSet(made, 0, MIN_FOR_STAGES);
    return made;
  }

  /** As on a JVM, a program can set the property before it first uses the pool. */
  private int parallelism() {
    Integer chosen = parallelism == null ? Integer.getInteger(PROPERTY) : parallelism;
    return chosen == null ? DEFAULT_PARALLELISM : Math.clamp(chosen, 0, MAX_PARALLELISM);
  }

  /**
   * The JDK makes as many queues as fit the machine, and which there are decides who finds work.
   */
  private static ForkJoinPool create(int parallelism) {
    try {
      ForkJoinPool pool = (ForkJoinPool) JDK.create.invokeExact((byte) 0);
      JDK.parallelism.set(pool, parallelism);
      Class<?> queue = JDK.queues.varType().getComponentType();
      JDK.queues.set(pool, Array.newInstance(queue, queues(parallelism)));
      return pool;
    } catch (Throwable e) {
      throw new LinkageError("ForkJoinPool(byte) failed", e);
    }
  }

  private static int queues(int parallelism) {
    return parallelism <= 1
        ? MIN_QUEUES
        : Math.max(MIN_QUEUES, 1 << (33 - Integer.numberOfLeadingZeros(parallelism - 1)));
  }

  /** Looks everything up; {@code present} is described at {@link JdkLookup}. */
  static void resolve(Predicate<Piece> present) {
    look(present);
  }

  private static Parts look(Predicate<Piece> present) {
    JdkLookup jdk = new JdkLookup(present);
    return new Parts(
        jdk.find(
            Piece.COMMON_POOL,
            (lookup, owner) ->
                lookup.findConstructor(owner, MethodType.methodType(void.class, byte.class))),
        jdk.field(Piece.COMMON_PARALLELISM, int.class),
        jdk.find(
            Piece.FORK_JOIN_QUEUES,
            (lookup, owner) ->
                lookup.unreflectVarHandle(
                    owner.getDeclaredField(Piece.FORK_JOIN_QUEUES.member()))));
  }
}
