package dev.standstill.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Phaser;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells how many have come to a barrier. Takes no lock, for a task could be in line for it. A
 * record for the reason given at {@link Internals}.
 *
 * @param missing {@code (CyclicBarrier) -> int}, how many have yet to come
 * @param waiter what threads park on that wait for a {@code Phaser}
 * @param phaser {@code (Object) -> Phaser}
 */
record Barriers(MethodHandle missing, Class<?> waiter, MethodHandle phaser) {

  private static final Barriers JDK = resolve(piece -> true);

  /** Looks everything up; {@code present} is described at {@link JdkLookup}. */
  static Barriers resolve(Predicate<Piece> present) {
    JdkLookup jdk = new JdkLookup(present);
    return new Barriers(
        jdk.getter(Piece.BARRIER_COUNT)
            .asType(MethodType.methodType(int.class, CyclicBarrier.class)),
        jdk.find(Piece.PHASER, (lookup, owner) -> owner),
        jdk.getter(Piece.PHASER).asType(MethodType.methodType(Phaser.class, Object.class)));
  }

  /**
   * What is known of a barrier.
   *
   * @param barrier what a thread has said that it waits at, or what it parks on
   */
  static WaitDetail detail(@Nullable Object barrier) {
    try {
      if (barrier instanceof CyclicBarrier cyclic) {
        int parties = cyclic.getParties();
        return come(cyclic, parties - (int) JDK.missing.invokeExact(cyclic), parties);
      }
      if (JDK.waiter.isInstance(barrier)) {
        Phaser phaser = (Phaser) JDK.phaser.invokeExact(barrier);
        return come(phaser, phaser.getArrivedParties(), phaser.getRegisteredParties());
      }
      return WaitDetail.of(barrier);
    } catch (Throwable e) {
      throw new LinkageError("How many have come to a barrier cannot be read", e);
    }
  }

  private static WaitDetail come(Object barrier, int come, int parties) {
    return WaitDetail.of(barrier, "%d of %d have come".formatted(come, parties));
  }
}
