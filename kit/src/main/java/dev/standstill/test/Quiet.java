package dev.standstill.test;

import dev.standstill.core.Clock;
import dev.standstill.core.TaskRecord;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A while in which no task but one is to run, and what ran all the same. For the carrier only. */
final class Quiet {

  private final Clock clock;
  private final @Nullable Thread caller;
  private long began = -1;
  private long slices;
  private @Nullable Happening first;

  /** The first slice that should not have been, and where its task was before. */
  private record Happening(
      String task, long nanos, List<StackTraceElement> stack, List<StackTraceElement> startedAt) {}

  /**
   * @param caller whose own slices do not count; null if that is the driver, which has none
   */
  Quiet(Clock clock, @Nullable Thread caller) {
    this.clock = clock;
    this.caller = caller;
  }

  /** The while begins. */
  void begin() {
    began = clock.nanos();
  }

  void sliceStarts(TaskRecord task) {
    if (task.thread() == caller) {
      return;
    }
    slices++;
    if (first == null) {
      first =
          new Happening(
              task.name(), clock.nanos() - began, task.stack(), Arrays.asList(task.origin()));
    }
  }

  /** What has happened in the {@code expected} while, for people; empty if nothing. */
  Optional<String> brokenWithin(Duration expected) {
    Happening happened = first;
    return happened == null
        ? Optional.empty()
        : Optional.of(
            FailureReport.happened(
                happened.task(),
                Duration.ofNanos(happened.nanos()),
                expected,
                slices,
                happened.stack(),
                happened.startedAt()));
  }
}
