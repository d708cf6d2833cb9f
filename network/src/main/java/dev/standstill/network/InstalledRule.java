package dev.standstill.network;

/**
 * A {@link Rule} that counts, from {@link Network#rule} on, until it is closed.
 *
 * <p>Tasks of the loop may call, and the thread that drives it.
 */
public final class InstalledRule implements AutoCloseable {

  private final Network network;
  private final Rule rule;
  private boolean over;

  InstalledRule(Network network, Rule rule) {
    this.network = network;
    this.rule = rule;
  }

  /** Takes the rule back; does nothing if it has been taken back. */
  @Override
  public void close() {
    if (!over) {
      over = true;
      network.ends(rule);
    }
  }
}
