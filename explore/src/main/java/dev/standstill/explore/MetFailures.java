package dev.standstill.explore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The failures of an exploration that goes on after them. They are looked into when all schedules
 * have run, so that it does not depend on that what these are. For one thread.
 */
final class MetFailures {

  private final Predicate<FailureKind> isKnown;
  private final Map<FailureKind, Met> met = new LinkedHashMap<>();

  MetFailures(Predicate<FailureKind> isKnown) {
    this.isKnown = isKnown;
  }

  /** Those of a kind. */
  private static final class Met {
    private final long schedule;

    /** Finds out why the first has failed; null if nobody is to. */
    private final @Nullable Look look;

    private long times = 1;

    Met(long schedule, @Nullable Look look) {
      this.schedule = schedule;
      this.look = look;
    }
  }

  /** Looks into a failure; null if it turns out to be none. */
  interface Look {
    @Nullable ScheduleFailure look();
  }

  /** A schedule has failed. */
  void add(Throwable failure, long schedule, Look look) {
    FailureKind kind = FailureKind.of(failure);
    Met before = met.get(kind);
    if (before == null) {
      met.put(kind, new Met(schedule, isKnown.test(kind) ? null : look));
    } else {
      before.times++;
    }
  }

  /** Looks into those that nobody knows yet. */
  List<FailureGroup> lookInto() {
    List<FailureGroup> groups = new ArrayList<>();
    met.forEach((kind, same) -> {
      ScheduleFailure found = same.look == null ? null : same.look.look();
      if (found != null || same.look == null) {
        groups.add(new FailureGroup(kind, same.times, same.schedule, Optional.ofNullable(found)));
      }
    });
    return groups;
  }
}
