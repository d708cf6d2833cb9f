package dev.standstill.network;

import dev.standstill.Task;
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

  /** Each of the two is doubled up to so many times, less one. */
  private static final int DOUBLINGS = 8;

  /** One fault lasts up to so many times as long as another. */
  private static final int LENGTHS = 8;

  private static final int CHOICES = 256;
  private static final Duration SLOWEST = Duration.ofSeconds(1);

  private static final String DIGIT = "chaos draws another number";
  private static final String LOSS = "chaos loses a datagram";

  private final Network network;
  private final List<Host> hosts;
  private final List<Fault> kinds;
  private final List<Fault> on;
  private final Duration spacing;
  private final Duration length;
  private final List<Running> running = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private final Task<?> task;

  /** A fault that goes on. */
  private record Running(String what, Runnable end) {}

  /** What is drawn of each fault, be it left out or not, so that the others stay as they are. */
  private record Drawn(Fault kind, Host one, int other, int length) {}

  Chaos(Network network, List<Fault> allowed, List<Host> hosts) {
    this.network = network;
    this.hosts = List.copyOf(hosts);
    this.kinds = allowed;
    this.on = kinds.stream().filter(this::isOn).toList();
    this.spacing = SHORTEST.multipliedBy(1L << draw(DOUBLINGS));
    this.length = SHORTEST.multipliedBy(1L << draw(DOUBLINGS));
    this.task = network.loop().background().spawn("chaos", this::run);
  }

  private boolean isOn(Fault kind) {
    return network.happens("chaos has faults of kind " + kind);
  }

  /** One of so many, which is a power of two. */
  private int draw(int most) {
    int drawn = 0;
    for (int bit = 1; bit < most; bit *= 2) {
      drawn += network.happens(DIGIT) ? bit : 0;
    }
    return drawn;
  }

  private @Nullable Void run() throws InterruptedException {
    while (!on.isEmpty() && !hosts.isEmpty()) {
      Thread.sleep(spacing);
      Drawn drawn =
          new Drawn(
              kinds.get(draw(CHOICES) % kinds.size()),
              hosts.get(draw(CHOICES) % hosts.size()),
              draw(CHOICES),
              draw(LENGTHS));
      if (on.contains(drawn.kind())
          && network.happens("chaos brings %s to %s".formatted(drawn.kind(), drawn.one()))) {
        begin(drawn);
      }
    }
    return null;
  }

  private void begin(Drawn drawn) {
    Running begun = fault(drawn);
    if (begun != null) {
      Duration lasts = length.multipliedBy(1 + drawn.length());
      running.add(begun);
      faults.add(
          "%s after %s: %s for %s".formatted(drawn.kind(), network.age(), begun.what(), lasts));
      network
          .loop()
          .background()
          .spawn(
              "end of " + begun.what(),
              () -> {
                Thread.sleep(lasts);
                end(begun);
                return null;
              });
    }
  }

  private void end(Running fault) {
    if (running.remove(fault)) {
      fault.end().run();
    }
  }

  /** Null if there can be no such fault just now. */
  private @Nullable Running fault(Drawn drawn) {
    Host one = drawn.one();
    return switch (drawn.kind()) {
      case PARTITION, CUT, HOLD, SLOW, DATAGRAMS -> between(one, drawn);
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
        Duration ahead = length.multipliedBy(drawn.other() - CHOICES / 2);
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

  private @Nullable Running between(Host one, Drawn drawn) {
    if (hosts.size() < 2) {
      return null;
    }
    int next = 1 + drawn.other() % (hosts.size() - 1);
    Host other = hosts.get((hosts.indexOf(one) + next) % hosts.size());
    return switch (drawn.kind()) {
      case PARTITION -> partition(one, drawn.other());
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
                message.isUdp() && isBetween(message, one, other) && network.happens(LOSS)
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
