package dev.standstill.core;

import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The slices that can run now, and the {@link Callback}s that have no slice yet, in the order in
 * which they became ready. Loop-confined.
 *
 * <p>A ring whose capacity is a power of two.
 */
final class ReadyQueue {

  private @Nullable Runnable[] ring = new Runnable[16];
  private int head;
  private int size;

  int size() {
    return size;
  }

  void add(Runnable slice) {
    if (size == ring.length) {
      grow();
    }
    ring[index(size++)] = slice;
  }

  /** The slice at {@code position}, which is one that there is. */
  Runnable get(int position) {
    return Objects.requireNonNull(ring[index(position)]);
  }

  /** Puts a slice in the place of the one at {@code position}, which is one that there is. */
  void replace(int position, Runnable slice) {
    ring[index(position)] = slice;
  }

  /**
   * Takes the slice at {@code position}. The head moves into the gap, so that it costs the same at
   * every position; position 0 is first in, first out.
   */
  Runnable take(int position) {
    if (position < 0 || position >= size) {
      throw new IndexOutOfBoundsException(
          "The strategy chose ready task %d of %d.".formatted(position, size));
    }
    int at = index(position);
    Runnable taken = Objects.requireNonNull(ring[at]);
    ring[at] = ring[head];
    ring[head] = null;
    head = index(1);
    size--;
    return taken;
  }

  /** Takes out those for which that holds; the others keep their order. */
  void removeIf(Predicate<Runnable> condition) {
    for (int left = size; left > 0; left--) {
      Runnable slice = take(0);
      if (!condition.test(slice)) {
        add(slice);
      }
    }
  }

  private int index(int position) {
    return (head + position) & (ring.length - 1);
  }

  private void grow() {
    @Nullable Runnable[] larger = new Runnable[ring.length * 2];
    System.arraycopy(ring, head, larger, 0, ring.length - head);
    System.arraycopy(ring, 0, larger, ring.length - head, head);
    ring = larger;
    head = 0;
  }
}
