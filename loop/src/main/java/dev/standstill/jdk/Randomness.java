package dev.standstill.jdk;

import java.util.Random;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The random numbers of one loop in virtual time, all from one seed: two loops with the same seed
 * whose tasks ask in the same order get the same. Loop-confined but for the constructor.
 */
public final class Randomness {

  private static final long BITS_OF_SALT = 0xFFFF_FFFFL;

  private final RandomGenerator seeds;
  private final long salt;
  private final Random shared;
  private final CarrierState carrier;

  /**
   * @param seed any number
   */
  public Randomness(long seed) {
    Random random = new Random(seed);
    salt = random.nextLong() & BITS_OF_SALT;
    shared = new Random(random.nextLong());
    carrier = new CarrierState(random);
    seeds = random;
  }

  /** Lets the tasks of loops in virtual time get their random numbers from here, from now on. */
  static void activate() {
    Hooks.activate(
        "java.lang.StandstillRandom",
        (LongUnaryOperator)
            jdk -> ofCaller() instanceof Randomness loop ? loop.seeds.nextLong() : jdk,
        (LongUnaryOperator) jdk -> ofCaller() instanceof Randomness loop ? loop.salt : jdk,
        (Supplier<@Nullable Random>)
            () -> ofCaller() instanceof Randomness loop ? loop.shared : null,
        (Predicate<byte[]>) Randomness::fill);
  }

  private static @Nullable Randomness ofCaller() {
    AgentHooks.Hooked loop = AgentHooks.ofCaller();
    return loop == null ? null : loop.randomness();
  }

  /** Runs {@code driving} with the random state that the JVM keeps in the carrier. */
  public void drive(Runnable driving) {
    carrier.swap();
    try {
      driving.run();
    } finally {
      carrier.swap();
    }
  }

  private static boolean fill(byte[] bytes) {
    Randomness loop = ofCaller();
    if (loop != null) {
      loop.seeds.nextBytes(bytes);
    }
    return loop != null;
  }
}
