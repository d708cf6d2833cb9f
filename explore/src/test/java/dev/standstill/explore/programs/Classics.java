package dev.standstill.explore.programs;

/** Small programs, each with one of the classic mistakes. */
public final class Classics {

  private Classics() {}

  private static final class Counter {
    private volatile int count;

    void increment() {
      count = count + 1;
    }
  }

  /** Two threads increment a volatile counter. */
  public static void lostUpdate() throws InterruptedException {
    Counter counter = new Counter();
    Thread one = new Thread(counter::increment);
    Thread other = new Thread(counter::increment);
    one.start();
    other.start();
    one.join();
    other.join();
    if (counter.count != 2) {
      throw new AssertionError("counted " + counter.count);
    }
  }
}
