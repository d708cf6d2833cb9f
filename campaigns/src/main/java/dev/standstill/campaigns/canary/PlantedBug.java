package dev.standstill.campaigns.canary;

/**
 * Fails under one in 28 orders of what its two threads do: where the reader sees the second and
 * then the fourth of six steps of the writer. For one thread.
 */
public final class PlantedBug implements Runnable {

  private static final int STEPS = 6;

  private volatile int step;

  /** Nothing runs yet. */
  public PlantedBug() {}

  @Override
  public void run() {
    Thread writer = Thread.ofVirtual().name("writer").start(this::write);
    int first = step;
    int second = step;
    if (first == 2 && second == 4) {
      throw new IllegalStateException("the planted bug");
    }
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    for (int next = 1; next <= STEPS; next++) {
      step = next;
    }
  }
}
