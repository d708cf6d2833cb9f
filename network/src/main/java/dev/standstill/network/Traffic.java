package dev.standstill.network;

import dev.standstill.network.kernel.Link;
import dev.standstill.network.kernel.Packet;
import dev.standstill.test.spi.NetworkTrace;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The latest of what went between hosts, and the rules that decide of it. Loop-confined. */
final class Traffic {

  /** Older ones are forgotten. */
  static final int MOST = 10_000;

  /** The same if what they carry is so much. */
  private static final long MOST_BYTES = 64 << 20;

  private final long opened;
  private final Deque<Packet> packets = new ArrayDeque<>();
  private final List<Rule> rules = new ArrayList<>();
  private long bytes;

  /** Null unless the run is traced. */
  private @Nullable NetworkTrace trace;

  /**
   * @param opened since when times are told, in the time of the loop
   */
  Traffic(long opened) {
    this.opened = opened;
  }

  void add(Packet packet) {
    packets.add(packet);
    bytes += packet.payload().length;
    while (packets.size() > MOST || bytes > MOST_BYTES) {
      bytes -= packets.remove().payload().length;
    }
  }

  /** The run is traced. */
  void tellTo(NetworkTrace traceOfRun) {
    trace = traceOfRun;
  }

  /**
   * Tells the trace of what is on its way, or lost.
   *
   * @param fate what becomes of a part of a connection that does not arrive as things are; empty if
   *     it does
   */
  void tell(Packet sent, String fate) {
    if (trace == null) {
      return;
    }
    boolean arrives = fate.isEmpty() && sent.arrives() != Long.MAX_VALUE;
    trace.sent(
        sent.from().name(),
        sent.to().name(),
        sent.payload().length,
        arrives ? Duration.ofNanos(sent.arrives() - opened) : null,
        sent.isUdp() ? "UDP" : fate.isEmpty() ? "TCP" : "TCP, " + fate);
  }

  /** Tells it of an outage; what is returned tells of its end. */
  NetworkTrace.Cut tellOutage(String what) {
    return trace == null ? () -> {} : trace.cut(what);
  }

  /** The oldest first, as they are now. */
  List<Message> messages(long now) {
    return packets.stream().map(packet -> new Message(packet, opened, now)).toList();
  }

  boolean hasRules() {
    return !rules.isEmpty();
  }

  void add(Rule rule) {
    rules.add(rule);
  }

  /** Takes back what was added last of a rule. */
  void remove(Rule rule) {
    rules.remove(rules.lastIndexOf(rule));
  }

  /** As {@link Link#judge}: the first rule decides that does not pass. */
  long judge(Packet packet) {
    if (rules.isEmpty()) {
      return 0;
    }
    Message message = new Message(packet, opened, packet.sent());
    for (Rule rule : List.copyOf(rules)) {
      Verdict verdict = rule.judge(message);
      if (verdict != Verdict.PASS) {
        return verdict == Verdict.DROP ? Link.DROPPED : verdict.lateNanos();
      }
    }
    return 0;
  }
}
