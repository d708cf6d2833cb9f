package dev.standstill.explore.search;

import java.util.Arrays;
import java.util.function.LongConsumer;

/** A set of numbers that only grows, up to a size; open addressing. For one thread. */
public final class LongSet {

  private static final int LARGEST = 1 << 24;
  private static final long MIXED = 0x9E3779B97F4A7C15L;

  private static final int SMALLEST = 64;

  private long[] table = new long[SMALLEST];
  private long size;
  private boolean hasZero;

  /** An empty one. */
  public LongSet() {}

  /** Adds a number; returns whether it was new, as far as is known. */
  public boolean add(long number) {
    if (number == 0) {
      boolean isNew = !hasZero;
      hasZero = true;
      size += isNew ? 1 : 0;
      return isNew;
    }
    int index = find(table, number);
    if (table[index] == number) {
      return false;
    }
    if (size < LARGEST / 2) {
      table[index] = number;
    }
    size++;
    if (size * 2 > table.length && table.length < LARGEST) {
      grow();
    }
    return true;
  }

  /** How many numbers were new when they were added. */
  public long size() {
    return size;
  }

  /** Gives all numbers that are known, in whatever order. */
  public void forEach(LongConsumer action) {
    if (hasZero) {
      action.accept(0);
    }
    for (long number : table) {
      if (number != 0) {
        action.accept(number);
      }
    }
  }

  private void grow() {
    long[] larger = new long[table.length * 2];
    Arrays.stream(table)
        .filter(number -> number != 0)
        .forEach(number -> larger[find(larger, number)] = number);
    table = larger;
  }

  /** Where the number is, or would be. */
  private static int find(long[] table, long number) {
    int index = (int) (number * MIXED >>> 40) & (table.length - 1);
    while (table[index] != 0 && table[index] != number) {
      index = (index + 1) & (table.length - 1);
    }
    return index;
  }
}
