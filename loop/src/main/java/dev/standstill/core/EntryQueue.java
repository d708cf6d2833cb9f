package dev.standstill.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import java.util.function.Predicate;
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
   * One thing handed over: a slice to run (with the record of its task, if that starts with it), a
   * callback, or an action for the carrier.
   */
  static sealed class Entry permits Callback {
    final Runnable work;
    final @Nullable TaskRecord starting;
    final boolean isSlice;
    private @Nullable Entry next;

    Entry(Runnable work, @Nullable TaskRecord starting, boolean isSlice) {
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

  /** On top of a queue that is closed. */
  private static final Entry CLOSED = Entry.action(() -> {});

  private static final VarHandle TOP;

  static {
    try {
      TOP = MethodHandles.lookup().findVarHandle(EntryQueue.class, "top", Entry.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile @Nullable Entry top;

  /** False if the queue is closed, and nobody would take the entry. */
  boolean add(Entry entry) {
    Entry below;
    do {
      below = top;
      if (below == CLOSED) {
        return false;
      }
      entry.next = below;
    } while (!TOP.compareAndSet(this, below, entry));
    return true;
  }

  boolean isEmpty() {
    return top == null || isClosed();
  }

  boolean isClosed() {
    return top == CLOSED;
  }

  /**
   * How many entries wait of which {@code counted} is true. Any thread may call; while the carrier
   * drains, those that it takes may be counted or not.
   */
  int count(Predicate<Entry> counted) {
    int count = 0;
    for (Entry entry = top; entry != null && entry != CLOSED; entry = entry.next) {
      count += counted.test(entry) ? 1 : 0;
    }
    return count;
  }

  /** Refuses all that comes from now on, unless something is there that has to be taken first. */
  boolean closeIfEmpty() {
    return TOP.compareAndSet(this, null, CLOSED) || isClosed();
  }

  /** Refuses all that comes from now on, and drops what is there. */
  void close() {
    top = CLOSED;
  }

  /** Gives each entry to {@code taker}, oldest first. */
  void drainTo(Consumer<Entry> taker) {
    Entry entry = reverse(takeAll());
    while (entry != null) {
      Entry following = entry.next;
      entry.next = null;
      taker.accept(entry);
      entry = following;
    }
  }

  private @Nullable Entry takeAll() {
    Entry newest;
    do {
      newest = top;
      if (newest == null || newest == CLOSED) {
        return null;
      }
    } while (!TOP.compareAndSet(this, newest, null));
    return newest;
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
