package dev.standstill.network;

import dev.standstill.network.kernel.Node;
import dev.standstill.test.spi.NetworkTrace;
import java.time.Duration;

/**
 * A time in which nothing arrives: from {@link Network#hold} or {@link Network#cut} on, until it is
 * closed. Several may overlap; things arrive again when all are over.
 *
 * <p>Tasks of the loop may call, and the thread that drives it.
 */
public final class Outage implements AutoCloseable {

  /** What an outage is about. */
  interface Scope {

    /** Whether nothing arrives at one host from the other. */
    boolean covers(Node from, Node to);
  }

  private final Network network;
  private final String kind;
  private final Scope scope;
  private final boolean isLossy;
  private final Duration began;
  private final NetworkTrace.Cut told;
  private boolean over;

  /**
   * @param kind what it is, in words
   * @param isLossy whether what is on its way is lost, and not only late
   * @param told is told of its end
   */
  Outage(
      Network network,
      String kind,
      Scope scope,
      boolean isLossy,
      Duration began,
      NetworkTrace.Cut told) {
    this.told = told;
    this.network = network;
    this.kind = kind;
    this.scope = scope;
    this.isLossy = isLossy;
    this.began = began;
  }

  boolean covers(Node from, Node to) {
    return scope.covers(from, to);
  }

  String kind() {
    return kind;
  }

  boolean isLossy() {
    return isLossy;
  }

  /**
   * Returns whether it has been closed.
   *
   * @return true from then on
   */
  public boolean isOver() {
    return over;
  }

  /** Ends it; does nothing if it has ended. */
  @Override
  public void close() {
    if (!over) {
      over = true;
      told.heals();
      network.ends(this);
    }
  }

  /** What kind it is and since when, as reports show it. */
  @Override
  public String toString() {
    return "%s since %s%s".formatted(kind, began, over ? ", over" : "");
  }
}
