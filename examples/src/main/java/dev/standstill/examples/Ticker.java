package dev.standstill.examples;

/** Ticks until it is told to stop, by a flag that is not volatile: it may never see that. */
public final class Ticker {

  private static final long INTERVAL_MS = 10;

  private boolean stopped;

  private Ticker() {}

  void run() {
    while (!stopped) {
      pause(INTERVAL_MS);
    }
  }

  void stop() {
    stopped = true;
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Lets one tick for a while. */
  public static void main(String[] args) {
    Ticker ticker = new Ticker();
    Thread.ofPlatform().name("ticker").start(ticker::run);
    pause(2 * INTERVAL_MS + 1);
    ticker.stop();
  }
}
