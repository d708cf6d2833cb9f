package dev.standstill.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How other threads hand work to the loop. Any thread may add; the carrier drains.
 *
 * <p>A stack that is taken whole and reversed (R. K. Treiber, "Systems Programming: Coping with
 * Parallelism", 1986), so that an addition is one compare-and-set and the order of each thread is
 * kept.
 */
final class EntryQueue {

  /**
   * One thing handed over: a slice to run (with the record of its task, if that starts with it), or
   * an action for the carrier.
   */
  static final class Entry {
    final Runnable work;
    final @Nullable TaskRecord starting;
    final boolean isSlice;
    private @Nullable Entry next;

    private Entry(Runnable work, @Nullable TaskRecord starting, boolean isSlice) {
      this.work = work;
      this.starting = starting;
      this.isSlice = isSlice;
    }

    static Entry slice(Runnable slice, @Nullable TaskRecord starting) {
      return new Entry(slice, starting, true);
    }

    static Entry action(Runnable action) {
      return new Entry(action, null, false);
    }
  }

  private static final VarHandle TOP;

  static {
    try {
      TOP = MethodHandles.lookup().findVarHandle(EntryQueue.class, "top", Entry.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile @Nullable Entry top;

  void add(Entry entry) {
    Entry below;
    do {
      below = top;
      entry.next = below;
    } while (!TOP.compareAndSet(this, below, entry));
  }

  boolean isEmpty() {
    return top == null;
  }

  /** Gives each entry to {@code taker}, oldest first. */
  void drainTo(Consumer<Entry> taker) {
    if (top == null) {
      return;
    }
    Entry entry = reverse((Entry) TOP.getAndSet(this, null));
    while (entry != null) {
      Entry following = entry.next;
      entry.next = null;
      taker.accept(entry);
      entry = following;
    }
  }

  private static @Nullable Entry reverse(@Nullable Entry newest) {
    Entry reversed = null;
    Entry entry = newest;
    while (entry != null) {
      Entry older = entry.next;
      entry.next = reversed;
      reversed = entry;
      entry = older;
    }
    return reversed;
  }
}
