package dev.standstill.network;

import java.time.Duration;

/**
 * A time in which nothing arrives: from {@link Network#hold} or {@link Network#cut} on, until it is
 * closed. Several may overlap; things arrive again when all are over.
 *
 * <p>Tasks of the loop may call, and the thread that drives it.
 */
public final class Outage implements AutoCloseable {

  private final Network network;
  private final String kind;
  private final Duration began;
  private boolean over;

  Outage(Network network, String kind, Duration began) {
    this.network = network;
    this.kind = kind;
    this.began = began;
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
      network.ends(this);
    }
  }

  /** What kind it is and since when, as reports show it. */
  @Override
  public String toString() {
    return "%s since %s%s".formatted(kind, began, over ? ", over" : "");
  }
}
