package dev.standstill.test;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tasks each of which waits for the next, and the last for the first: for a lock, monitor or only
 * permit that it holds, for its end, or for what it computes.
 */
final class WaitCycle {

  private static final int SHOWN = 20;

  private final List<BlockedTask> tasks;
  private final Set<Integer> shown = new TreeSet<>();

  private WaitCycle(List<BlockedTask> tasks) {
    this.tasks = tasks;
    tasks.stream().limit(SHOWN).forEach(task -> shown.add(task.id()));
  }

  /** The first cycle in the order of {@code tasks}; empty if there is none. */
  static WaitCycle among(List<BlockedTask> tasks) {
    Map<Long, BlockedTask> byThread = new TreeMap<>();
    tasks.forEach(task -> byThread.put(task.thread().threadId(), task));
    Map<Integer, BlockedTask> leadNowhere = new TreeMap<>();
    for (BlockedTask start : tasks) {
      List<BlockedTask> cycle = follow(start, byThread, leadNowhere);
      if (!cycle.isEmpty()) {
        return new WaitCycle(cycle);
      }
    }
    return new WaitCycle(List.of());
  }

  /** Goes from task to task, back where all that one waits for leads nowhere. */
  private static List<BlockedTask> follow(
      BlockedTask start, Map<Long, BlockedTask> byThread, Map<Integer, BlockedTask> leadNowhere) {
    SequencedMap<Integer, BlockedTask> path = new LinkedHashMap<>();
    BlockedTask at = start;
    while (at != null) {
      path.put(at.id(), at);
      BlockedTask next = next(at, byThread, leadNowhere);
      if (next == null) {
        leadNowhere.put(at.id(), at);
        path.remove(at.id());
        at = path.isEmpty() ? null : path.lastEntry().getValue();
      } else if (path.containsKey(next.id())) {
        List<BlockedTask> all = List.copyOf(path.values());
        return all.subList(all.indexOf(next), all.size());
      } else {
        at = next;
      }
    }
    return List.of();
  }

  private static @Nullable BlockedTask next(
      BlockedTask task, Map<Long, BlockedTask> byThread, Map<Integer, BlockedTask> leadNowhere) {
    return waitedFor(task)
        .map(thread -> byThread.get(thread.threadId()))
        .filter(other -> other != null && !leadNowhere.containsKey(other.id()))
        .findFirst()
        .orElse(null);
  }

  private static Stream<Thread> waitedFor(BlockedTask task) {
    return switch (task.on()) {
      case LOCK, MONITOR, JOIN, FUTURE ->
          task.object() == null
              ? Stream.empty()
              : Stream.concat(Stream.ofNullable(task.owner()), task.sharers().stream());
      // Of several permits, each that is given back will do.
      case SEMAPHORE -> task.sharers().size() == 1 ? task.sharers().stream() : Stream.empty();
      default -> Stream.empty();
    };
  }

  /** The numbers of the tasks. */
  List<Integer> tasks() {
    return tasks.stream().map(BlockedTask::id).toList();
  }

  boolean isEmpty() {
    return tasks.isEmpty();
  }

  int size() {
    return tasks.size();
  }

  /** Whether {@link #lines} has one for the task. */
  boolean shows(BlockedTask task) {
    return shown.contains(task.id());
  }

  /** One line for each task: what it holds, and what it waits for. */
  List<String> lines(ObjectNames names) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < Math.min(SHOWN, tasks.size()); i++) {
      BlockedTask task = tasks.get(i);
      BlockedTask before = tasks.get((i + tasks.size() - 1) % tasks.size());
      lines.add(
          "%s \"%s\" %s%s"
              .formatted(
                  i == 0 ? "Cycle:" : "     →",
                  task.name(),
                  held(before, names),
                  wanted(task, i, names)));
    }
    if (tasks.size() > SHOWN) {
      lines.add(
          "     → %d more, the last of which leads to the first".formatted(tasks.size() - SHOWN));
    }
    return lines;
  }

  private static String held(BlockedTask before, ObjectNames names) {
    return switch (before.on()) {
      case LOCK, MONITOR, SEMAPHORE ->
          "holds " + names.of(Objects.requireNonNull(before.object())) + ", ";
      default -> "";
    };
  }

  private String wanted(BlockedTask task, int index, ObjectNames names) {
    String next = names.of(tasks.get((index + 1) % tasks.size()).thread());
    return switch (task.on()) {
      case JOIN -> "waits for the end of \"" + next + "\"";
      case FUTURE -> "waits for a result of \"" + next + "\"";
      default -> "wants " + names.of(Objects.requireNonNull(task.object()));
    };
  }
}
