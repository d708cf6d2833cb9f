package dev.standstill.network;

import dev.standstill.test.spi.NetworkProvider;

/** What becomes of packets where nothing else is said of two hosts. Loop-confined. */
final class Quality {

  static final int NEVER = 0;

  /** How long a packet is on its way, at least and at most. */
  record Latency(long leastNanos, long mostNanos) {

    static Latency of(NetworkProvider.Wishes wished) {
      return new Latency(wished.leastLatency().toNanos(), wished.mostLatency().toNanos());
    }
  }

  private Latency latency = new Latency(0, 0);
  private int losesOneIn = NEVER;
  private int duplicatesOneIn = NEVER;
  private int reordersOneIn = NEVER;

  void latency(Latency latency) {
    this.latency = latency;
  }

  void losesDatagrams(int oneIn) {
    losesOneIn = checked(oneIn);
  }

  void duplicatesDatagrams(int oneIn) {
    duplicatesOneIn = checked(oneIn);
  }

  void reordersDatagrams(int oneIn) {
    reordersOneIn = checked(oneIn);
  }

  private static int checked(int oneIn) {
    if (oneIn < 0) {
      throw new IllegalArgumentException(
          "One datagram in %d cannot be: 1 means each, and 0 none.".formatted(oneIn));
    }
    return oneIn;
  }

  Latency latency() {
    return latency;
  }

  int losesOneIn() {
    return losesOneIn;
  }

  int duplicatesOneIn() {
    return duplicatesOneIn;
  }

  int reordersOneIn() {
    return reordersOneIn;
  }
}
