package dev.standstill.test;

import dev.standstill.core.Clock;
import dev.standstill.core.SliceObserver;
import dev.standstill.core.TaskRecord;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a run did: its choices, a fingerprint, and the trace where one is wanted. For the driver
 * only.
 */
final class Recording implements SliceObserver {

  /** How many of the last tasks are known, to tell which alternate in a live-lock. */
  private static final int RECENT = 64;

  private final Schedule schedule;
  private final Clock clock;
  private final boolean isExplored;
  private final IntSupplier decisions;
  private final @Nullable TraceRecorder trace;
  private final @Nullable ReplayToken expected;

  /** Grows up to {@link #RECENT}, then is a ring. */
  private TaskRecord[] recent = new TaskRecord[4];

  private int made;

  /** Those after the first that are {@link #fifo}, of which a run may make very many. */
  private int[] choices = new int[0];

  /** So many choices come first that are 0. */
  private int fifo;

  private int[] preemptions = new int[0];
  private int preempted;
  private long slices;
  private int fingerprint;
  private @Nullable Integer fingerprintWhenExpected;
  private int choice;
  private int ready;

  /** Those who are told which tasks run; mostly nobody. */
  private Quiet[] watching = {};

  /**
   * @param isExplored whether the choices are a strategy's that {@code builder} knows nothing of,
   *     so that only they repeat the run
   * @param decisions how many decisions there have been about who waits; where a program that is
   *     explored has more of them or fewer, its recorded ones mean something else
   */
  Recording(Clock clock, TestLoop.Builder builder, boolean isExplored, IntSupplier decisions) {
    this.decisions = decisions;
    this.clock = clock;
    this.isExplored = isExplored;
    this.schedule = builder.schedule;
    this.trace =
        builder.trace
            ? new TraceRecorder(builder.name, builder.start, clock, builder.stacks)
            : null;
    this.expected = builder.expected;
    this.fingerprintWhenExpected = expected != null && expected.slices() == 0 ? fingerprint : null;
  }

  @Override
  public @Nullable Closely closely() {
    return trace;
  }

  @Override
  public void sliceStarts(TaskRecord task, int choice, int ready) {
    int at = (int) (slices % RECENT);
    if (at == recent.length) {
      recent = Arrays.copyOf(recent, at * 2);
    }
    recent[at] = task;
    for (Quiet quiet : watching) {
      quiet.sliceStarts(task);
    }
    if (trace != null) {
      trace.sliceStarts(task);
    }
    this.choice = choice;
    this.ready = ready;
    if (ready > 1) {
      record(choice);
    }
  }

  /** Lets {@code quiet} see which tasks run until what is returned is closed. */
  Watched watch(Quiet quiet) {
    quiet.begin();
    watching = Stream.concat(Stream.of(watching), Stream.of(quiet)).toArray(Quiet[]::new);
    return () ->
        watching = Stream.of(watching).filter(other -> other != quiet).toArray(Quiet[]::new);
  }

  /** Somebody sees which tasks run. */
  interface Watched extends AutoCloseable {
    @Override
    void close();
  }

  private void record(int choice) {
    if (choice == 0 && made == fifo) {
      fifo++;
    } else {
      int at = made - fifo;
      if (at == choices.length) {
        choices = Arrays.copyOf(choices, Math.max(16, at * 2));
      }
      choices[at] = choice;
    }
    made++;
  }

  private int[] made() {
    int[] all = new int[made];
    System.arraycopy(choices, 0, all, fifo, made - fifo);
    return all;
  }

  @Override
  public void preempted(int handOver) {
    if (preempted == preemptions.length) {
      preemptions = Arrays.copyOf(preemptions, Math.max(64, preempted * 2));
    }
    preemptions[preempted++] = handOver;
  }

  @Override
  public void sliceEnded(TaskRecord task, boolean ended) {
    slices++;
    int mixed = fingerprint * 31 + task.id();
    mixed = mixed * 31 + ready * 31 + choice;
    if (isExplored) {
      mixed = mixed * 31 + decisions.getAsInt();
    }
    fingerprint = (mixed * 31 + Long.hashCode(clock.nanos())) * 0x9E3779B1;
    if (expected != null && slices == expected.slices()) {
      fingerprintWhenExpected = fingerprint;
    }
    if (trace != null) {
      trace.sliceEnded(task, ended, choice, ready);
    }
  }

  long slices() {
    return slices;
  }

  Schedule schedule() {
    return schedule.startingWith(made()).preempting(Arrays.copyOf(preemptions, preempted));
  }

  ReplayToken token() {
    return new ReplayToken(isExplored ? schedule().shortened() : schedule, slices, fingerprint);
  }

  /** What notes all there is to see; null if the run is not traced. */
  @Nullable TraceRecorder tracing() {
    return trace;
  }

  /** What a replayed run did otherwise than the recorded one, as a sentence; null if nothing. */
  @Nullable String divergence() {
    if (expected == null) {
      return null;
    }
    if (fingerprintWhenExpected == null) {
      return "The replay of %s ended after %d slices, before the recorded run did."
          .formatted(expected, slices);
    }
    return fingerprintWhenExpected == expected.fingerprint()
        ? null
        : "The replay of %s went another way than the recorded run: the program depends on something that the loop does not control, or has been changed."
            .formatted(expected);
  }

  /** The task that ran last; there has been one. */
  TaskRecord latest() {
    return recent[(int) ((slices - 1) % RECENT)];
  }

  /** The tasks that ran last, each once, in the order in which they were started. */
  List<TaskRecord> recent() {
    return LongStream.range(Math.max(0, slices - RECENT), slices)
        .mapToObj(slice -> recent[(int) (slice % RECENT)])
        .distinct()
        .sorted(Comparator.comparingInt(TaskRecord::id))
        .toList();
  }
}
