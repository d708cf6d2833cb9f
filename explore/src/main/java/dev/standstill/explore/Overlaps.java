package dev.standstill.explore;

import dev.standstill.explore.search.Span;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which tasks never ran between the first and the last step of each other. For one thread, but for
 * {@link #isWanted}.
 */
final class Overlaps {

  /** After so many schedules nothing more is noted if all tasks have overlapped that can. */
  private static final int ENOUGH = 1_000;

  /** Of those after that, one of so many is noted. */
  private static final int SAMPLE = 16;

  private static final int MOST_TASKS = 64;
  private static final int MOST_SHOWN = 3;

  private final Map<Long, Integer> numbers = new HashMap<>();
  private final List<String> names = new ArrayList<>();

  /** Those with several steps: only between them can others run. */
  private final BitSet wide = new BitSet();

  /** For each pair of tasks, at {@code first * MOST_TASKS + second}. */
  private final BitSet met = new BitSet();

  private final BitSet overlapped = new BitSet();
  private long noted;
  private volatile boolean isOver;

  /**
   * Whether it matters when the tasks of a schedule run; any thread may ask, too late does no harm.
   *
   * @param number that of the schedule, from 0
   */
  boolean isWanted(long number) {
    return !isOver && (number < ENOUGH || number % SAMPLE == 0);
  }

  /** Adds a run, those that are wanted in the order of their numbers. */
  void add(List<Span> spans) {
    if (isOver || spans.isEmpty()) {
      return;
    }
    int[] tasks = spans.stream().mapToInt(this::number).toArray();
    for (int i = 0; i < tasks.length; i++) {
      for (int j = i + 1; j < tasks.length && tasks[i] >= 0; j++) {
        if (tasks[j] >= 0) {
          int pair = pair(tasks[i], tasks[j]);
          met.set(pair);
          if (spans.get(i).overlaps(spans.get(j))) {
            overlapped.set(pair);
          }
        }
      }
    }
    noted++;
    if (noted % ENOUGH == 0 && pairs().isEmpty()) {
      isOver = true;
    }
  }

  private static int pair(int one, int other) {
    return Math.min(one, other) * MOST_TASKS + Math.max(one, other);
  }

  /** The number of a task; -1 if there are too many. */
  private int number(Span span) {
    Integer known = numbers.get(span.path());
    if (known == null && names.size() < MOST_TASKS) {
      known = names.size();
      numbers.put(span.path(), known);
      names.add(span.name());
    }
    if (known == null) {
      return -1;
    }
    if (span.last() > span.first()) {
      wide.set(known);
    }
    return known;
  }

  /** The pairs that were in one schedule, could have overlapped, and never have. */
  private List<String> pairs() {
    return met.stream()
        .filter(pair -> !overlapped.get(pair))
        .filter(pair -> wide.get(pair / MOST_TASKS) || wide.get(pair % MOST_TASKS))
        .mapToObj(pair ->
            "%s and %s".formatted(names.get(pair / MOST_TASKS), names.get(pair % MOST_TASKS)))
        .toList();
  }

  /** A sentence with the pairs that never overlapped; empty if all have. */
  Optional<String> missing() {
    List<String> pairs = pairs();
    if (pairs.isEmpty()) {
      return Optional.empty();
    }
    List<String> shown = pairs.subList(0, Math.min(pairs.size(), MOST_SHOWN));
    int more = pairs.size() - shown.size();
    return Optional.of(
        "Never overlapped, as one always ended before the other began: %s%s."
            .formatted(
                String.join(", ", shown), more == 0 ? "" : ", and %,d more pairs".formatted(more)));
  }
}
