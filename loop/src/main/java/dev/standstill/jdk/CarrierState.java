package dev.standstill.jdk;

import java.util.random.RandomGenerator;

/**
 * What the JVM keeps in a carrier and draws from for the tasks that it carries: the probe of {@code
 * ThreadLocalRandom}, and the generator of identity hash codes.
 */
final class CarrierState {

  private int probe;
  private final int[] hashState = new int[HashState.WORDS];

  CarrierState(RandomGenerator random) {
    probe = random.nextInt() | 1;
    for (int i = 0; i < hashState.length; i++) {
      hashState[i] = random.nextInt() | 1;
    }
  }

  /** Exchanges this state with that of the calling platform thread. */
  void swap() {
    Thread carrier = Thread.currentThread();
    probe = ThreadFields.exchangeProbe(carrier, probe);
    HashState.exchange(carrier, hashState);
  }
}
