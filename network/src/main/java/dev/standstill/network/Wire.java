package dev.standstill.network;

import dev.standstill.network.kernel.Link;
import dev.standstill.network.kernel.World;
import dev.standstill.test.spi.NetworkProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A link whose state a test changes while it runs. Loop-confined. */
final class Wire implements Link {

  private static final int NEVER = 0;

  /** A latency is one of so many between the least and the most. */
  private static final int STEPS = 8;

  /** A datagram that others overtake is late by up to so many times the longest delay. */
  private static final int LATENESS = 4;

  private static final long LEAST_LATENESS_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final World world;
  private long leastNanos;
  private long mostNanos;
  private int losesOneIn = NEVER;
  private int duplicatesOneIn = NEVER;
  private int reordersOneIn = NEVER;
  private final List<Outage> outages = new ArrayList<>();
  private boolean lossy;
  private long blockedSince = Long.MAX_VALUE;

  Wire(World world) {
    this.world = world;
  }

  void latency(NetworkProvider.Wishes wished) {
    leastNanos = wished.leastLatency().toNanos();
    mostNanos = wished.mostLatency().toNanos();
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

  List<Outage> current() {
    return List.copyOf(outages);
  }

  /** Nothing arrives from now on. */
  void block(Outage outage, boolean loses) {
    if (outages.isEmpty()) {
      blockedSince = world.now();
    }
    outages.add(outage);
    lossy |= loses;
  }

  /** One outage less; returns whether it was the last. */
  boolean unblock(Outage outage) {
    outages.remove(outage);
    return outages.isEmpty();
  }

  /** Everything arrives again. */
  void open() {
    blockedSince = Long.MAX_VALUE;
    lossy = false;
  }

  @Override
  public long delay() {
    long delay = leastNanos + drawn(mostNanos - leastNanos, STEPS);
    return outages.isEmpty() ? delay : Math.max(delay, LEAST);
  }

  /** Up to {@code most}, in so many steps, which is a power of two. */
  private long drawn(long most, int steps) {
    if (most == 0) {
      return 0;
    }
    long drawn = 0;
    for (int bit = 1; bit < steps; bit *= 2) {
      drawn += world.happens(2) ? bit : 0;
    }
    return most * drawn / (steps - 1);
  }

  @Override
  public long blockedSince() {
    return blockedSince;
  }

  @Override
  public boolean isLossy() {
    return lossy;
  }

  @Override
  public String outages() {
    return outages.isEmpty()
        ? ""
        : outages.stream()
            .map(Outage::toString)
            .collect(Collectors.joining(" and ", ", where nothing arrives: ", ""));
  }

  @Override
  public int copies() {
    if (happens(losesOneIn)) {
      return 0;
    }
    return happens(duplicatesOneIn) ? 2 : 1;
  }

  @Override
  public long lateness() {
    if (!happens(reordersOneIn)) {
      return 0;
    }
    long step = Math.max(mostNanos, LEAST_LATENESS_NANOS);
    return step + drawn(step * (LATENESS - 1), LATENESS);
  }

  private boolean happens(int oneIn) {
    return oneIn != NEVER && world.happens(oneIn);
  }
}
