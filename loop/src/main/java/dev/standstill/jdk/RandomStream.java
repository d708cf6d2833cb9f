package dev.standstill.jdk;

import java.util.random.RandomGenerator;

/**
 * Random numbers that depend on a position only, so that a stream can be left and taken up again:
 * SplitMix64 (G. Steele, D. Lea, C. Flood, "Fast Splittable Pseudorandom Number Generators", 2014).
 * Loop-confined.
 */
final class RandomStream implements RandomGenerator {

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long position;

  /** Where the next number comes from. */
  long position() {
    return position;
  }

  void position(long position) {
    this.position = position;
  }

  @Override
  public long nextLong() {
    position += GOLDEN_GAMMA;
    return mix(position);
  }

  /** A number that tells nothing of those near {@code position}. */
  static long mix(long position) {
    long z = (position ^ (position >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
