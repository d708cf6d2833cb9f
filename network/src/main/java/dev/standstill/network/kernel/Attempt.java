package dev.standstill.network.kernel;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** What a client knows of a connection that it has asked for. */
final class Attempt {

  private final SocketAddress to;
  private final long first;
  private long arrives = OpenFile.NEVER;
  private @Nullable String refusal;
  private long refuses = OpenFile.NEVER;

  /**
   * @param first when it was asked for
   */
  Attempt(SocketAddress to, long first) {
    this.to = to;
    this.first = first;
  }

  SocketAddress to() {
    return to;
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

  boolean isOver(long horizon, long now) {
    return failure(horizon, now) != null;
  }

  /** Why there is no connection; null as long as there may be one. */
  @Nullable String failure(long horizon, long now) {
    if (refuses <= horizon) {
      return refusal;
    }
    return timesOut() <= now ? "Connection timed out" : null;
  }

  private static long later(long moment, long now) {
    return moment > now ? moment : OpenFile.NEVER;
  }

  long changesAt(long horizon, long now, boolean blocked) {
    long next = Math.min(later(arrives, now), later(timesOut(), now));
    return !blocked && refuses > horizon ? Math.min(next, refuses) : next;
  }

  void reopens(Reopening reopening) {
    if (refuses != OpenFile.NEVER && !reopening.hasArrived(refuses)) {
      refuses = reopening.synArrival(first, refuses);
    }
  }
}
