package dev.standstill.explore.race;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of objects, or of the elements of arrays: the last few that were asked for, and no
 * others. Confined to the loop of a run.
 *
 * <p>They are looked for one by one. Hash codes by identity must not be asked for: each that is
 * made changes the next that the program is given, and so what a repeated run does.
 */
final class Recent<V> {

  private static final int MOST = 64;

  private final Supplier<V> fresh;
  private final @Nullable Object[] objects = new Object[MOST];
  private final int[] indices = new int[MOST];
  private final Object[] values = new Object[MOST];
  private int size;
  private int next;
  private int last;

  Recent(Supplier<V> fresh) {
    this.fresh = fresh;
  }

  @SuppressWarnings("unchecked")
  V of(@Nullable Object object, int index) {
    if (last < size && objects[last] == object && indices[last] == index) {
      return (V) values[last];
    }
    for (int i = 0; i < size; i++) {
      if (objects[i] == object && indices[i] == index) {
        last = i;
        return (V) values[i];
      }
    }
    return add(object, index);
  }

  private V add(@Nullable Object object, int index) {
    V value = fresh.get();
    objects[next] = object;
    indices[next] = index;
    values[next] = value;
    last = next;
    next = (next + 1) % MOST;
    size = Math.max(size, last + 1);
    return value;
  }
}
