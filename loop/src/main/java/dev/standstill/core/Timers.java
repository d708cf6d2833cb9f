package dev.standstill.core;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is to happen later, in order of time, and in order of setting for one instant.
 * Loop-confined.
 *
 * <p>A heap in which each node has four children and each timer knows its index, so that adding,
 * firing and cancelling take O(log n) and touch few cache lines (D. B. Johnson, "Priority queues
 * with update and finding minimum spanning trees", 1975).
 */
public final class Timers {

  /** What {@link #next} answers when nothing is pending. */
  public static final long NONE = Long.MAX_VALUE;

  /**
   * From how many nanoseconds on a delay is no delay but "for ever", as programs write it with
   * {@code Long.MAX_VALUE} of some unit: a hundred years. Its timer never fires.
   */
  public static final long FOR_EVER = TimeUnit.DAYS.toNanos(36_525);

  private static final int CHILDREN = 4;

  private final Clock clock;
  private @Nullable Timer[] heap = new Timer[16];
  private int size;
  private long added;

  Timers(Clock clock) {
    this.clock = clock;
  }

  /** Like {@link #addAt}, {@code delayNanos} from now; at once if that is negative. */
  Timer add(long delayNanos, Runnable action, @Nullable Future<?> subject) {
    return addAt(after(delayNanos), action, subject);
  }

  /**
   * Runs {@code action} on the carrier at {@code when} in nanoseconds of the clock.
   *
   * @param subject what the timer is for: once it is done, the timer counts as not there
   */
  Timer addAt(long when, Runnable action, @Nullable Future<?> subject) {
    Timer timer = new Timer(this, when, added++, action, subject);
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
    }
    siftUp(size++, timer);
    return timer;
  }

  boolean remove(Timer timer) {
    int index = timer.index;
    if (index == Timer.NOT_PENDING) {
      return false;
    }
    Timer last = at(--size);
    heap[size] = null;
    timer.index = Timer.NOT_PENDING;
    if (last != timer) {
      siftDown(index, last);
      if (last.index == index) {
        siftUp(index, last);
      }
    }
    return true;
  }

  /** Like {@link #add} for a wait that may last longer: {@link #nextLasting} does not count it. */
  Timer addBrief(long delayNanos, Runnable action) {
    Timer timer = add(delayNanos, action, null);
    timer.brief = true;
    return timer;
  }

  /** When the next timer is due, in nanoseconds of the clock, or {@link #NONE}. */
  public long next() {
    while (size > 0 && at(0).isMoot()) {
      remove(at(0));
    }
    return size == 0 ? NONE : at(0).when;
  }

  /** Like {@link #next}, of the timers that were not added as brief. Looks at all there are. */
  long nextLasting() {
    long next = NONE;
    for (int i = 0; i < size; i++) {
      Timer timer = at(i);
      if (!timer.brief && !timer.isMoot()) {
        next = Math.min(next, timer.when);
      }
    }
    return next;
  }

  /** Fires what is due. A timer set meanwhile for this very instant fires too. */
  void fireDue() {
    if (size == 0) {
      return;
    }
    long now = clock.nanos();
    while (next() <= now) {
      Timer due = at(0);
      remove(due);
      due.fire();
    }
  }

  /** Cancels every future that a timer is for. */
  void cancelSubjects() {
    for (Timer timer : Arrays.copyOf(heap, size)) {
      Objects.requireNonNull(timer).cancelSubject();
    }
  }

  long nanos() {
    return clock.nanos();
  }

  /**
   * The moment {@code delayNanos} from now, now if that is negative, or {@link #NONE} if it is
   * {@link #FOR_EVER}. Any thread may call.
   */
  long after(long delayNanos) {
    return delayNanos >= FOR_EVER ? NONE : later(clock.nanos(), Math.max(0, delayNanos));
  }

  /** The moment {@code nanos} after {@code moment}, or the last there is; both at least 0. */
  public static long later(long moment, long nanos) {
    long sum = moment + nanos;
    return sum < 0 || sum == NONE ? NONE - 1 : sum;
  }

  private void siftUp(int index, Timer timer) {
    int gap = index;
    while (gap > 0) {
      int parent = (gap - 1) / CHILDREN;
      if (!timer.isBefore(at(parent))) {
        break;
      }
      place(gap, at(parent));
      gap = parent;
    }
    place(gap, timer);
  }

  private void siftDown(int index, Timer timer) {
    int gap = index;
    for (int first = gap * CHILDREN + 1; first < size; first = gap * CHILDREN + 1) {
      int child = earliest(first, Math.min(first + CHILDREN, size));
      if (!at(child).isBefore(timer)) {
        break;
      }
      place(gap, at(child));
      gap = child;
    }
    place(gap, timer);
  }

  private int earliest(int from, int to) {
    int earliest = from;
    for (int i = from + 1; i < to; i++) {
      if (at(i).isBefore(at(earliest))) {
        earliest = i;
      }
    }
    return earliest;
  }

  private Timer at(int index) {
    return Objects.requireNonNull(heap[index]);
  }

  private void place(int index, Timer timer) {
    heap[index] = timer;
    timer.index = index;
  }
}
