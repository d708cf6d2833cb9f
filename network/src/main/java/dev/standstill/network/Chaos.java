package dev.standstill.network;

import dev.standstill.Task;
import dev.standstill.core.Chance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Faults of a network and of its hosts that the schedule draws, until it is closed: then all are
 * over, and hosts that were down run again.
 *
 * <pre>{@code
 * try (Chaos chaos = net.chaos()) {
 *   client.work();
 * }
 * Property.inTheEnd(loop, "all agree", Duration.ofMinutes(1), cluster::agrees);
 * }</pre>
 *
 * <p>Each run draws first which kinds of faults it has, how often there are any, and how long they
 * last: runs that have few kinds of faults, and many of each, find what runs with some of each do
 * not (swarm testing: A. Groce, C. Zhang, E. Eide, Y. Chen, J. Regehr, ISSTA 2012). Another seed
 * draws other faults, a replay token the same; where tasks run first in, first out, there are none.
 *
 * <p>Tasks of the loop may call, and the thread that drives it.
 */
public final class Chaos implements AutoCloseable {

  /** How far apart faults are, and how long they last, at the least. */
  private static final Duration SHORTEST = Duration.ofMillis(50);

  private static final Duration SLOWEST = Duration.ofSeconds(1);

  /** Each of the two is doubled a number of times. */
  private static final Chance RARER =
      Chance.ofValues(8, "faults of chaos are at least %s apart", way -> List.of(doubled(way)));

  private static final Chance LONGER =
      Chance.ofValues(8, "faults of chaos last at least %s", way -> List.of(doubled(way)));

  /** So many different faults may begin at one moment. */
  private static final int WAYS = 255;

  private static final Chance LOSS = Chance.of(2, "chaos loses a datagram");

  private final Network network;
  private final List<Host> hosts;
  private final List<Fault> kinds;
  private final List<Fault> on;
  private final Duration spacing;
  private final Duration length;
  private final List<Running> running = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private final Task<?> task;
  private boolean isOver;

  /** A fault that goes on. */
  private record Running(String what, Runnable end) {}

  Chaos(Network network, List<Fault> allowed, List<Host> hosts) {
    this.network = network;
    this.hosts = List.copyOf(hosts);
    this.kinds = allowed;
    this.on = kinds.stream().filter(this::isOn).toList();
    this.spacing = doubled(network.draw(RARER));
    this.length = doubled(network.draw(LONGER));
    this.task = network.loop().background().spawn("chaos", this::run);
  }

  private boolean isOn(Fault kind) {
    return network.draw(Chance.of(2, "chaos has faults of kind " + kind)) > 0;
  }

  private static Duration doubled(int times) {
    return SHORTEST.multipliedBy(1L << times);
  }

  /**
   * Each moment has a task of its own, fault or not, so that all that comes after one is called the
   * same in runs without it: shrinking takes faults out one by one.
   */
  private @Nullable Void run() throws InterruptedException {
    for (int moment = 0; !on.isEmpty() && !hosts.isEmpty(); moment++) {
      Thread.sleep(spacing);
      int now = moment;
      network.loop().background().spawn("chaos", () -> mayBegin(now));
    }
    return null;
  }

  /** A fault is one value, which the schedule draws, so that it is there as a whole or not. */
  private @Nullable Void mayBegin(int moment) throws InterruptedException {
    if (isOver) {
      return null;
    }
    Duration now = network.age();
    Chance chance =
        new Chance(
            2 * WAYS,
            WAYS,
            "chaos brings %s to %s after %s",
            way -> {
              PossibleFault fault = PossibleFault.of(moment, way, kinds, hosts);
              return List.of(fault.kind(), fault.host(), now);
            });
    int way = network.draw(chance);
    if (way > 0) {
      PossibleFault fault = PossibleFault.of(moment, way, kinds, hosts);
      Running begun = on.contains(fault.kind()) ? begin(fault) : null;
      if (begun != null) {
        lasts(fault, begun);
      }
    }
    return null;
  }

  private void lasts(PossibleFault fault, Running begun) throws InterruptedException {
    Duration lasts = length.multipliedBy(fault.length());
    running.add(begun);
    faults.add(
        "%s after %s: %s for %s".formatted(fault.kind(), network.age(), begun.what(), lasts));
    Thread.sleep(lasts);
    end(begun);
  }

  private void end(Running fault) {
    if (running.remove(fault)) {
      fault.end().run();
    }
  }

  /** Null if there can be no such fault just now. */
  private @Nullable Running begin(PossibleFault fault) {
    Host one = fault.host();
    return switch (fault.kind()) {
      case PARTITION, CUT, HOLD, SLOW, DATAGRAMS -> between(one, fault);
      case RESET -> {
        network.reset(one);
        yield new Running("the connections of %s are reset".formatted(one), () -> {});
      }
      case CRASH -> down(one, "%s has crashed", one::crash);
      case POWER_OFF -> down(one, "%s is off", one::powerOff);
      case PAUSE -> {
        if (!one.isRunning() || one.isPaused()) {
          yield null;
        }
        one.pause();
        yield new Running("%s pauses".formatted(one), one::resume);
      }
      case CLOCK -> {
        if (goesOn("the clock of %s is".formatted(one))) {
          yield null;
        }
        Duration ahead = length.multipliedBy(fault.other() - PossibleFault.OTHERS / 2);
        one.skewClock(ahead);
        yield new Running(
            "the clock of %s is %s ahead".formatted(one, ahead),
            () -> one.skewClock(Duration.ZERO));
      }
    };
  }

  private boolean goesOn(String what) {
    return running.stream().anyMatch(fault -> fault.what().startsWith(what));
  }

  private static @Nullable Running down(Host host, String what, Runnable fault) {
    if (!host.isRunning()) {
      return null;
    }
    fault.run();
    return new Running(
        what.formatted(host),
        () -> {
          if (!host.isRunning()) {
            host.restart();
          }
        });
  }

  private @Nullable Running between(Host one, PossibleFault fault) {
    if (hosts.size() < 2) {
      return null;
    }
    int next = 1 + fault.other() % (hosts.size() - 1);
    Host other = hosts.get((hosts.indexOf(one) + next) % hosts.size());
    return switch (fault.kind()) {
      case PARTITION -> partition(one, fault.other());
      case CUT -> outage(network.cut(one, other));
      case HOLD -> outage(network.hold(one, other));
      case SLOW -> {
        if (goesOn("%s -> %s takes".formatted(one, other))) {
          yield null;
        }
        Runnable end = network.slow(one, other, SLOWEST);
        yield new Running("%s -> %s takes up to %s".formatted(one, other, SLOWEST), end);
      }
      default -> {
        InstalledRule ruling =
            network.rule(message ->
                message.isUdp() && isBetween(message, one, other) && network.draw(LOSS) > 0
                    ? Verdict.DROP
                    : Verdict.PASS);
        yield new Running(
            "datagrams between %s and %s are lost".formatted(one, other), ruling::close);
      }
    };
  }

  private static boolean isBetween(Message message, Host one, Host other) {
    return message.from().equals(one.name()) && message.to().equals(other.name())
        || message.from().equals(other.name()) && message.to().equals(one.name());
  }

  /** A mask says who is on the side of the first. */
  private Running partition(Host first, int mask) {
    List<Host> side = new ArrayList<>(List.of(first));
    List<Host> others = new ArrayList<>();
    for (int i = 0; i < hosts.size(); i++) {
      Host host = hosts.get(i);
      if (host != first) {
        ((mask >> (i % Byte.SIZE) & 1) == 0 ? others : side).add(host);
      }
    }
    if (others.isEmpty()) {
      others.add(side.removeLast());
    }
    return outage(network.partition(side, others));
  }

  private static Running outage(Outage outage) {
    return new Running(outage.kind(), outage::close);
  }

  /**
   * The faults that there were, oldest first: the kind, after which time, what, and for how long.
   *
   * @return empty if the schedule has drawn none
   */
  public List<String> faults() {
    return List.copyOf(faults);
  }

  /**
   * Ends it, and all faults that go on; hosts that are down start again. Does nothing when the loop
   * is closed, as it is where a test fails meanwhile.
   */
  @Override
  public void close() {
    if (network.loop().isShutdown()) {
      return;
    }
    isOver = true;
    task.cancel(true);
    for (Running fault : List.copyOf(running).reversed()) {
      end(fault);
    }
  }

  /** What goes on, as reports show it. */
  @Override
  public String toString() {
    return running.isEmpty()
        ? "no fault goes on"
        : running.stream().map(Running::what).collect(Collectors.joining("; "));
  }
}
