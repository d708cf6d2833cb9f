package dev.standstill.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The slices of a run that is traced, as numbers: an object for each would cost more than the slice
 * itself takes. For the driver only; grows in chunks, so nothing is ever copied.
 */
final class SliceColumns {

  private static final int BITS = 12;
  private static final int CHUNK = 1 << BITS;

  /** So many numbers each slice has in {@link Chunk#numbers}. */
  private static final int WIDTH = 8;

  private static final class Chunk {
    final int[] numbers = new int[CHUNK * WIDTH];
    final long[] times = new long[CHUNK];
    final @Nullable Object[] objects = new Object[CHUNK];
    @Nullable List<StackTraceElement> @Nullable [] stacks;
  }

  private final List<Chunk> chunks = new ArrayList<>();
  private Chunk last = new Chunk();
  private int used = CHUNK;

  /** Adds a slice whose task waits for nothing, and makes it the one to set things of. */
  void add(long time, int task, int choice, int ready, boolean ended) {
    if (used == CHUNK) {
      last = new Chunk();
      chunks.add(last);
      used = 0;
    }
    int at = used * WIDTH;
    last.numbers[at] = task;
    last.numbers[at + 1] = choice;
    last.numbers[at + 2] = ready;
    last.numbers[at + 3] = ended ? 1 : 0;
    last.times[used] = time;
    used++;
  }

  /** Sets why the last slice could run. */
  void cause(int by, int task, int slice) {
    int at = (used - 1) * WIDTH;
    last.numbers[at + 3] |= (by + 1) << 1;
    last.numbers[at + 4] = task;
    last.numbers[at + 5] = slice;
  }

  /** Sets what the task of the last slice waits for. */
  void waits(int kind, @Nullable Object object, int holder, boolean outside) {
    int at = (used - 1) * WIDTH;
    last.numbers[at + 6] = (kind + 1) << 1 | (outside ? 1 : 0);
    last.numbers[at + 7] = holder;
    last.objects[used - 1] = object;
  }

  /** Sets where the last slice ended. */
  @SuppressWarnings("unchecked") // there are no arrays of lists
  void stack(List<StackTraceElement> stack) {
    if (last.stacks == null) {
      last.stacks = (List<StackTraceElement>[]) new List<?>[CHUNK];
    }
    last.stacks[used - 1] = stack;
  }

  int size() {
    return chunks.isEmpty() ? 0 : (chunks.size() - 1) * CHUNK + used;
  }

  private int number(int slice, int column) {
    return chunks.get(slice >> BITS).numbers[(slice & CHUNK - 1) * WIDTH + column];
  }

  /** The time of a slice, in nanoseconds; slices have numbers from 0 here. */
  long time(int slice) {
    return chunks.get(slice >> BITS).times[slice & CHUNK - 1];
  }

  int task(int slice) {
    return number(slice, 0);
  }

  int choice(int slice) {
    return number(slice, 1);
  }

  int ready(int slice) {
    return number(slice, 2);
  }

  boolean ended(int slice) {
    return (number(slice, 3) & 1) != 0;
  }

  /** Why it could run, as given to {@link #cause}; -1 if it could go on all the time. */
  int by(int slice) {
    return (number(slice, 3) >> 1) - 1;
  }

  int causeTask(int slice) {
    return number(slice, 4);
  }

  int causeSlice(int slice) {
    return number(slice, 5);
  }

  /** What its task waits for, as given to {@link #waits}; -1 if for nothing. */
  int kind(int slice) {
    return (number(slice, 6) >> 1) - 1;
  }

  boolean outside(int slice) {
    return (number(slice, 6) & 1) != 0;
  }

  int holder(int slice) {
    return number(slice, 7);
  }

  @Nullable Object object(int slice) {
    return chunks.get(slice >> BITS).objects[slice & CHUNK - 1];
  }

  List<StackTraceElement> stack(int slice) {
    @Nullable List<StackTraceElement> @Nullable [] stacks = chunks.get(slice >> BITS).stacks;
    return stacks == null
        ? List.of()
        : Objects.requireNonNullElse(stacks[slice & CHUNK - 1], List.of());
  }
}
