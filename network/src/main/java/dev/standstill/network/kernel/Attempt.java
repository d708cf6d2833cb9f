package dev.standstill.network.kernel;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** What a client knows of a connection that it has asked for. */
final class Attempt {

  private final SocketAddress to;
  private final Node host;
  private final Link there;
  private final Link back;
  private final long first;
  private long arrives = OpenFile.NEVER;
  private @Nullable String refusal;
  private long refuses = OpenFile.NEVER;

  /**
   * @param host whose address it is
   * @param there what packets go through that ask
   * @param back and those that answer
   * @param first when it was asked for
   */
  Attempt(SocketAddress to, Node host, Link there, Link back, long first) {
    this.to = to;
    this.host = host;
    this.there = there;
    this.back = back;
    this.first = first;
  }

  SocketAddress to() {
    return to;
  }

  Link there() {
    return there;
  }

  Link back() {
    return back;
  }

  /** Who listens there; null if nobody is bound to it. */
  @Nullable StreamSocket listening() {
    return host.bindings().streams().at(to);
  }

  /** The host that is asked. */
  Node host() {
    return host;
  }

  long first() {
    return first;
  }

  /** When the packet arrives that asks; {@link OpenFile#NEVER} if that is not known. */
  void arrives(long arrives) {
    this.arrives = arrives;
  }

  void isRefused(String why, long learns) {
    refusal = why;
    refuses = learns;
  }

  private long timesOut() {
    return first + Reopening.SYN_PATIENCE_NANOS;
  }

  /** Why there is no connection; null as long as there may be one. */
  @Nullable String failure(long now) {
    if (refuses <= back.horizon(now)) {
      return refusal;
    }
    return timesOut() <= now ? "Connection timed out" : null;
  }

  private static long later(long moment, long now) {
    return moment > now ? moment : OpenFile.NEVER;
  }

  long changesAt(long now) {
    long next = Math.min(later(arrives, now), later(timesOut(), now));
    boolean isOpen = back.blockedSince() == OpenFile.NEVER;
    return isOpen && refuses > now ? Math.min(next, refuses) : next;
  }

  void reopens(Reopening reopening) {
    boolean concerned = back == reopening.link() && refuses != OpenFile.NEVER;
    if (concerned && !reopening.hasArrived(refuses)) {
      refuses = reopening.synArrival(first, refuses);
    }
  }
}
