package dev.standstill.jdk;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers for what has to differ from all that is on the machine, such as temporary files: those of
 * a seed are drawn by other JVMs, too, and {@link java.io.File#createTempFile} fails if two look
 * for a free name at once. Any thread may ask.
 */
final class UniqueNumbers {

  private static final AtomicLong LATEST =
      new AtomicLong(RandomStream.mix(System.nanoTime()) ^ ProcessHandle.current().pid());

  private UniqueNumbers() {}

  static long next() {
    return RandomStream.mix(LATEST.incrementAndGet());
  }
}
