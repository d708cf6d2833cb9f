package dev.standstill.network;

import java.time.Duration;

/** What becomes of a message, by a {@link Rule}. Immutable. */
public final class Verdict {

  /** It goes on its way, unless another rule decides otherwise. */
  public static final Verdict PASS = new Verdict("pass", 0);

  /**
   * It does not arrive. A datagram is lost. What was sent through a connection is sent again as
   * Linux does, 0.2 s later, then 0.4 s after that, 0.8 s and so on, and the rule is asked each
   * time; when 15 tries were in vain, the connection has timed out.
   */
  public static final Verdict DROP = new Verdict("drop", 0);

  private final String kind;
  private final long lateNanos;

  private Verdict(String kind, long lateNanos) {
    this.kind = kind;
    this.lateNanos = lateNanos;
  }

  /**
   * It arrives so much later than it would.
   *
   * @param by 0 or more; what a connection carries stays in order all the same
   * @return the verdict
   * @throws IllegalArgumentException if it is negative
   */
  public static Verdict delay(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException(
          "A message cannot be late by %s: that is negative.".formatted(by));
    }
    return new Verdict("delay by " + by, by.toNanos());
  }

  long lateNanos() {
    return lateNanos;
  }

  /** What it is, for messages. */
  @Override
  public String toString() {
    return kind;
  }
}
