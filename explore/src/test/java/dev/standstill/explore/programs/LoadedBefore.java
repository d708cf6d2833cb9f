package dev.standstill.explore.programs;

import java.util.concurrent.atomic.AtomicInteger;

/** A program whose class is loaded before it is explored, as that of a test is. */
public final class LoadedBefore {

  private LoadedBefore() {}

  /** Does nothing else. */
  public static void load() {}

  /** An update is lost if the other thread runs between two steps. */
  public static void loseAnUpdate() throws InterruptedException {
    AtomicInteger count = new AtomicInteger();
    Thread other = Thread.startVirtualThread(() -> count.set(count.get() + 1));
    count.set(count.get() + 1);
    other.join();
    Races.check(count.get() == 2, "lost an update");
  }
}
