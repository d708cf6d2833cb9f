package dev.standstill.test;

import dev.standstill.Task;
import dev.standstill.core.CallSite;
import dev.standstill.core.TaskRecord;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/**
 * All text about blocked tasks that a user sees. Objects are numbered in the order in which a
 * report names them ({@code ReentrantLock#1}), so that the same run gives the same text in every
 * JVM.
 */
final class FailureReport {

  private static final int FRAMES = 6;

  private final List<BlockedTask> tasks;
  private final Map<Object, String> names = new IdentityHashMap<>();
  private final Map<String, Integer> counts = new TreeMap<>();
  private final List<String> lines = new ArrayList<>();

  private FailureReport(List<BlockedTask> tasks) {
    this.tasks = tasks;
  }

  /**
   * The message of a deadlock: first the fact, then the tasks, the cycle, and how to repeat it.
   *
   * @param howToRepeat the last line; none if empty
   */
  static String deadlock(List<BlockedTask> tasks, String howToRepeat) {
    FailureReport report = new FailureReport(tasks);
    List<BlockedTask> cycle = report.cycle();
    report.lines.add(
        cycle.isEmpty()
            ? "Deadlock: %s, no timer is pending, and nothing outside is known to wake %s. If a thread outside will, hold time meanwhile: loop.holdTime(reason)."
                .formatted(
                    count(tasks.size(), "is blocked", "are blocked"),
                    tasks.size() == 1 ? "it" : "them")
            : "Deadlock: %d tasks wait for each other, no timer is pending."
                .formatted(cycle.size()));
    report.addTasks();
    report.addCycle(cycle);
    if (!howToRepeat.isEmpty()) {
      report.lines.add(howToRepeat);
    }
    return report.text();
  }

  /** Lines about tasks, after a first line that says why they are shown. */
  static String of(String first, List<BlockedTask> tasks) {
    FailureReport report = new FailureReport(tasks);
    report.lines.add(first);
    report.addTasks();
    return report.text();
  }

  /** The same, and then lines about tasks that can run. */
  static String of(String first, List<BlockedTask> tasks, List<TaskRecord> ready) {
    FailureReport report = new FailureReport(tasks);
    report.lines.add(first);
    report.addTasks();
    ready.forEach(report::addReady);
    return report.text();
  }

  /** A warning of classes whose initialisers need each other: each the next, the last the first. */
  static String initializers(List<String> cycle) {
    List<String> needs = new ArrayList<>();
    for (int i = 0; i < cycle.size(); i++) {
      needs.add(cycle.get(i) + " needs " + cycle.get((i + 1) % cycle.size()));
    }
    return "Class initialisers need each other: %s. On a JVM, threads that are the first to use one each can wait for each other for ever; on a loop nothing else runs while a class is initialised. Move what one needs of the other out of its initialiser."
        .formatted(String.join(", ", needs));
  }

  /** What a task is doing now, to follow a sentence; empty if it has ended meanwhile. */
  static String running(String name, Thread thread) {
    StringBuilder text = new StringBuilder();
    for (StackTraceElement frame : ownFrames(List.of(thread.getStackTrace()))) {
      text.append(System.lineSeparator()).append("      at ").append(frame);
    }
    return text.isEmpty() ? "" : System.lineSeparator() + "  \"" + name + "\" is running" + text;
  }

  static String count(int tasks, String one, String many) {
    return tasks == 1 ? "1 task " + one : tasks + " tasks " + many;
  }

  private String text() {
    return String.join(System.lineSeparator(), lines);
  }

  private void addTasks() {
    tasks.forEach(this::addTask);
  }

  private void addTask(BlockedTask task) {
    Thread owner = task.object() instanceof Task<?> ? null : task.owner();
    String whose = owner == null ? "" : " of \"" + nameOf(owner) + "\"";
    String how = task.isDurablyBlocked() ? "" : "; externally, waits for " + task.outside();
    lines.add(
        "  \"%s\" is blocked on %s%s since %s%s"
            .formatted(task.name(), what(task), whose, task.since(), how));
    ownFrames(task.stack()).forEach(frame -> lines.add("      at " + frame));
    addOrigin(task.startedAt());
  }

  /**
   * Without its stack: JDK 25's Thread.getStackTrace submits a virtual thread that can run anew.
   */
  private void addReady(TaskRecord task) {
    lines.add("  \"%s\" can run".formatted(task.name()));
    addOrigin(List.of(task.origin()));
  }

  private void addOrigin(List<StackTraceElement> startedAt) {
    ownFrames(startedAt).stream()
        .findFirst()
        .ifPresent(frame -> lines.add("      started at " + frame));
  }

  private static List<StackTraceElement> ownFrames(List<StackTraceElement> stack) {
    return stack.stream().filter(CallSite::isOwn).limit(FRAMES).toList();
  }

  private String what(BlockedTask task) {
    Object object = task.object();
    boolean saysAll =
        switch (task.on()) {
          case JOIN, SLEEP, WORK -> true;
          default -> false;
        };
    return object == null || saysAll
        ? task.on().toString()
        : "%s (%s)".formatted(task.on(), nameOf(object));
  }

  private String nameOf(Object object) {
    if (object instanceof Thread thread) {
      return tasks.stream()
          .filter(task -> task.thread() == thread)
          .map(BlockedTask::name)
          .findFirst()
          .orElse(thread.getName());
    }
    if (object instanceof Task<?> task) {
      return "task \"" + task.name() + "\"";
    }
    return names.computeIfAbsent(
        object,
        key -> {
          String type = typeOf(key);
          return type + "#" + counts.merge(type, 1, Integer::sum);
        });
  }

  /** A lock parks its waiters on an object of a nested class; users know the outer one. */
  private static String typeOf(Object object) {
    if (object instanceof Condition) {
      return "Condition";
    }
    Class<?> type = object.getClass();
    while (type.getEnclosingClass() != null && type.getName().startsWith("java.")) {
      type = type.getEnclosingClass();
    }
    return type.getSimpleName().isEmpty() ? type.getName() : type.getSimpleName();
  }

  private void addCycle(List<BlockedTask> cycle) {
    for (int i = 0; i < cycle.size(); i++) {
      BlockedTask task = cycle.get(i);
      BlockedTask before = cycle.get((i + cycle.size() - 1) % cycle.size());
      lines.add(
          "%s \"%s\" holds %s, wants %s"
              .formatted(
                  i == 0 ? "Cycle:" : "     →",
                  task.name(),
                  nameOf(objectOf(before)),
                  nameOf(objectOf(task))));
    }
  }

  private static Object objectOf(BlockedTask task) {
    return Objects.requireNonNull(task.object());
  }

  /**
   * Tasks each of which waits for a lock or monitor that the next one owns; empty if there is none.
   */
  private List<BlockedTask> cycle() {
    for (BlockedTask start : tasks) {
      Map<Integer, BlockedTask> path = new LinkedHashMap<>();
      BlockedTask at = start;
      while (at != null && path.putIfAbsent(at.id(), at) == null) {
        at = waitsForLockOf(at);
      }
      if (at == start) {
        return List.copyOf(path.values());
      }
    }
    return List.of();
  }

  private @Nullable BlockedTask waitsForLockOf(BlockedTask task) {
    boolean lock = task.on() == BlockedOn.LOCK || task.on() == BlockedOn.MONITOR;
    if (!lock || task.owner() == null || task.object() == null) {
      return null;
    }
    return tasks.stream().filter(other -> other.thread() == task.owner()).findFirst().orElse(null);
  }
}
