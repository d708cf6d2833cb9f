package dev.standstill.probe;

import java.util.concurrent.atomic.AtomicBoolean;

/** A program's code that computes and does not block. */
public final class Computing {

  private Computing() {}

  /** Computes until {@code enough} is true. */
  public static void until(AtomicBoolean enough) {
    while (!enough.get()) {
      Thread.onSpinWait();
    }
  }
}
