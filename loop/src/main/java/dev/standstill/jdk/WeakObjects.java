package dev.standstill.jdk;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Objects with a number each, in the order in which they were added, as long as somebody else knows
 * them. For few objects. It asks for no identity hash code: on a loop that would be drawn from what
 * its tasks draw from. Not for several threads.
 */
final class WeakObjects {

  private record Entry(WeakReference<Object> object, long number) {}

  /** So many are kept before those are looked for that are gone. */
  private static final int FEW = 16;

  private final List<Entry> entries = new ArrayList<>();
  private int cleanAt = FEW;

  /** Adds an object that is not there yet. */
  void add(Object object, long number) {
    if (find(object) == null) {
      if (entries.size() >= cleanAt) {
        entries.removeIf(entry -> entry.object().refersTo(null));
        cleanAt = 2 * entries.size() + FEW;
      }
      entries.add(new Entry(new WeakReference<>(object), number));
    }
  }

  /** Takes an object out and returns its number; null if it is not there. */
  @Nullable Long remove(Object object) {
    Entry entry = find(object);
    entries.remove(entry);
    return entry == null ? null : entry.number();
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  List<Object> list() {
    if (entries.isEmpty()) {
      return List.of();
    }
    List<Object> objects = new ArrayList<>();
    for (Entry entry : entries) {
      Object object = entry.object().get();
      if (object != null) {
        objects.add(object);
      }
    }
    return objects;
  }

  /** Most often it is one of the last. */
  private @Nullable Entry find(Object object) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (entries.get(i).object().refersTo(object)) {
        return entries.get(i);
      }
    }
    return null;
  }
}
