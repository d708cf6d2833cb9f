package dev.standstill.network.kernel;

import java.util.concurrent.TimeUnit;

/**
 * A link opens that was blocked: says when what has not arrived does, as Linux tries again.
 *
 * @param since from when on nothing has arrived
 * @param now when it opens
 * @param lossy whether what was on its way is lost, or only late
 */
public record Reopening(Link link, long since, long now, boolean lossy) {

  /** Linux gives a connection up in which data was tried so often: {@code tcp_retries2}. */
  private static final int TRIES = 15;

  private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(120);

  /** The last packet that makes a connection is the third. */
  private static final int LATEST_PACKET = 3;

  private static final long FIRST_SYN_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** For so long an unanswered packet is sent again, before its connection ends. */
  static final long PATIENCE_NANOS = patience();

  /** For so long a connection is asked for: 1 + 2 + 4 + ... + 64 seconds. */
  static final long SYN_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(127);

  private static long patience() {
    long sum = 0;
    long wait = FIRST_NANOS;
    for (int i = 0; i <= TRIES; i++) {
      sum += wait;
      wait = Math.min(2 * wait, LONGEST_NANOS);
    }
    return sum;
  }

  boolean hasArrived(long arrives) {
    return arrives <= since;
  }

  /** When a packet of a connection arrives that has not. */
  long arrival(long sent, long arrives) {
    return lossy ? again(sent, now, FIRST_NANOS) + delay(sent, arrives) : Math.max(arrives, now);
  }

  /** The same of one that makes a connection. */
  long synArrival(long sent, long arrives) {
    return lossy ? nextSyn(sent, now) + delay(sent, arrives) : Math.max(arrives, now);
  }

  private static long delay(long sent, long arrives) {
    long delay = arrives - sent;
    return delay <= LATEST_PACKET * Link.LEAST ? 0 : delay;
  }

  /** When a packet is sent again that asks for a connection, not before {@code least}. */
  static long nextSyn(long first, long least) {
    return again(first, least, FIRST_SYN_NANOS);
  }

  /** When a packet of a connection is sent again that was first sent then, after {@code tried}. */
  static long nextTry(long sent, long tried) {
    return again(sent, tried + 1, FIRST_NANOS);
  }

  private static long again(long first, long least, long firstWait) {
    long tried = first;
    long wait = firstWait;
    while (tried < least) {
      tried += wait;
      wait = Math.min(2 * wait, LONGEST_NANOS);
    }
    return tried;
  }
}
