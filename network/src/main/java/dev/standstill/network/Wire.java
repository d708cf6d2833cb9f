package dev.standstill.network;

import dev.standstill.core.Chance;
import dev.standstill.network.kernel.Link;
import dev.standstill.network.kernel.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A link whose state a test changes while it runs. Loop-confined. */
final class Wire implements Link {

  /** A latency is one of several between the least and the most. */
  private static final Chance SLOWER =
      Chance.ofValues(8, "what is sent is longer on its way", way -> List.of());

  /** A datagram that others overtake is late by up to so many times the longest delay. */
  private static final Chance LATER =
      Chance.ofValues(4, "what is late is so by more than it could be", way -> List.of());

  private static final long LEAST_LATENESS_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Conditions conditions;
  private final Quality quality;
  private final Traffic traffic;
  private final boolean isInside;

  /** Null as long as the network's counts. */
  private Quality.@Nullable Latency latency;

  private final List<Outage> outages = new ArrayList<>();
  private boolean lossy;
  private long blockedSince = Long.MAX_VALUE;

  /**
   * @param isInside whether it leads from a host to itself
   */
  Wire(Conditions conditions, Quality quality, Traffic traffic, boolean isInside) {
    this.conditions = conditions;
    this.quality = quality;
    this.traffic = traffic;
    this.isInside = isInside;
  }

  /** Null as long as the network's counts. */
  Quality.@Nullable Latency ownLatency() {
    return latency;
  }

  /** From now on this one counts, and not the network's; that again if it is null. */
  void latency(Quality.@Nullable Latency own) {
    latency = own;
  }

  private Quality.Latency latency() {
    return latency == null ? quality.latency() : latency;
  }

  /** Nothing arrives from now on. */
  void block(Outage outage) {
    if (outages.isEmpty()) {
      blockedSince = conditions.now();
    }
    outages.add(outage);
    lossy |= outage.isLossy();
  }

  /** One outage less; returns whether it was the last. */
  boolean unblock(Outage outage) {
    return outages.remove(outage) && outages.isEmpty();
  }

  /** Everything arrives again. */
  void open() {
    blockedSince = Long.MAX_VALUE;
    lossy = false;
  }

  @Override
  public long delay() {
    Quality.Latency now = latency();
    long delay = now.leastNanos() + drawn(now.mostNanos() - now.leastNanos());
    return outages.isEmpty() ? delay : Math.max(delay, LEAST);
  }

  private long drawn(long most) {
    return most == 0 ? 0 : most * conditions.draw(SLOWER) / SLOWER.ways();
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
    return outages.stream().map(Outage::toString).collect(Collectors.joining(" and "));
  }

  @Override
  public int copies(Object from, Object to) {
    if (happens(quality.losesOneIn(), "the network loses a datagram from %s to %s", from, to)) {
      return 0;
    }
    String twice = "a datagram from %s to %s arrives twice";
    return happens(quality.duplicatesOneIn(), twice, from, to) ? 2 : 1;
  }

  @Override
  public long lateness() {
    if (!happens(quality.reordersOneIn(), "a datagram is so late that others may overtake it")) {
      return 0;
    }
    long step = Math.max(latency().mostNanos(), LEAST_LATENESS_NANOS);
    return step * (1 + conditions.draw(LATER));
  }

  private boolean happens(int oneIn, String what, Object... about) {
    return oneIn != Quality.NEVER && conditions.happens(oneIn, what, about);
  }

  /** What stays on a host concerns nobody but rules. */
  @Override
  public boolean isWatched() {
    return !isInside || traffic.hasRules();
  }

  @Override
  public void note(Packet sent) {
    if (!isInside) {
      traffic.add(sent);
    }
  }

  @Override
  public void departs(Packet sent) {
    if (!isInside) {
      traffic.tell(sent, outages.isEmpty() ? "" : lossy ? "to be sent again" : "held");
    }
  }

  @Override
  public long judge(Packet packet) {
    return traffic.judge(packet);
  }
}
