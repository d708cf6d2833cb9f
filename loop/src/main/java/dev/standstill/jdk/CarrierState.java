package dev.standstill.jdk;

/**
 * What the JVM keeps in a carrier and draws from for the tasks that it carries: the probe of {@code
 * ThreadLocalRandom}, and the generator of identity hash codes, which each slice starts anew.
 */
final class CarrierState {

  private int probe = 1;
  private final int[] hashState = {1, 1, 1, 1};

  /** Exchanges this state with that of the calling platform thread. */
  void swap() {
    Thread carrier = Thread.currentThread();
    probe = ThreadFields.exchangeProbe(carrier, probe);
    HashState.exchange(carrier, hashState);
  }
}
