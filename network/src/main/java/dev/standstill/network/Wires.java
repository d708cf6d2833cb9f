package dev.standstill.network;

import dev.standstill.network.kernel.Link;
import dev.standstill.network.kernel.Node;
import dev.standstill.network.kernel.Reopening;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What connects hosts: a wire from each to each other, made when it is first asked for, and one
 * from the test's host to itself. Loop-confined.
 */
final class Wires {

  private record Route(Node from, Node to) {}

  private final Conditions conditions;
  private final Node first;
  private final Quality quality = new Quality();
  private final Traffic traffic;
  private final Wire inside;
  private final Map<Route, Wire> others = new LinkedHashMap<>();
  private final List<Outage> outages = new ArrayList<>();

  Wires(Conditions conditions, Node first, Traffic traffic) {
    this.conditions = conditions;
    this.first = first;
    this.traffic = traffic;
    this.inside = new Wire(conditions, quality, traffic, true);
  }

  /** What counts for all of which nothing else is said. */
  Quality quality() {
    return quality;
  }

  /** What leads from one host to another, or to itself. */
  Link link(Node from, Node to) {
    if (from == to) {
      return from == first ? inside : Link.LOCAL;
    }
    return wire(from, to);
  }

  /**
   * What leads from one host to another.
   *
   * @throws IllegalArgumentException if they are one
   */
  Wire wire(Node from, Node to) {
    if (from == to) {
      throw new IllegalArgumentException(
          "Host \"%s\" needs no network to reach itself: name two hosts.".formatted(from));
    }
    return others.computeIfAbsent(new Route(from, to), this::make);
  }

  private Wire make(Route route) {
    Wire made = new Wire(conditions, quality, traffic, false);
    for (Outage outage : outages) {
      if (outage.covers(route.from(), route.to())) {
        made.block(outage);
      }
    }
    return made;
  }

  /** Those that are not over. */
  List<Outage> outages() {
    return List.copyOf(outages);
  }

  /** Blocks what an outage covers, also what is made later. */
  void block(Outage outage) {
    outages.add(outage);
    if (outage.covers(first, first)) {
      inside.block(outage);
    }
    others.forEach((route, wire) -> {
      if (outage.covers(route.from(), route.to())) {
        wire.block(outage);
      }
    });
  }

  /** Ends an outage; returns what has opened. */
  List<Reopening> unblock(Outage outage) {
    outages.remove(outage);
    List<Reopening> opened = new ArrayList<>();
    unblock(inside, outage, opened);
    others.values().forEach(wire -> unblock(wire, outage, opened));
    return opened;
  }

  private void unblock(Wire wire, Outage outage, List<Reopening> opened) {
    if (wire.unblock(outage)) {
      opened.add(new Reopening(wire, wire.blockedSince(), conditions.now(), wire.isLossy()));
      wire.open();
    }
  }
}
