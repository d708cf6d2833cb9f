package dev.standstill.test;

import dev.standstill.Task;
import dev.standstill.core.CodeOwner;
import dev.standstill.core.HeldCarrier;
import dev.standstill.core.RanUnseen;
import dev.standstill.core.SuspendedCoroutine;
import dev.standstill.core.SwallowedFailure;
import dev.standstill.core.TaskRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All text about blocked tasks that a user sees: first the fact, then the tasks, those alike as one
 * entry, then the cycle in which they wait for each other, and at last how to repeat the run.
 */
final class FailureReport {

  /** Up to so many tasks that are blocked at one place are shown one by one. */
  private static final int ALIKE = 3;

  /** So many failures that nobody has asked for are shown. */
  private static final int SWALLOWED = 5;

  /** So many coroutines are shown. */
  private static final int COROUTINES = 20;

  /** What tells that two tasks are blocked at one place. */
  private record Place(BlockedOn on, @Nullable String outside, List<String> stack) {
    static Place of(BlockedTask task) {
      return new Place(task.on(), task.outside(), StackLines.of(task.stack()));
    }
  }

  private final Findings findings;
  private final ObjectNames names;
  private final WaitCycle cycle;
  private final List<String> lines = new ArrayList<>();

  private FailureReport(Findings findings) {
    this.findings = findings;
    names = new ObjectNames(findings.blocked());
    cycle = WaitCycle.among(findings.blocked());
  }

  /**
   * The message of a deadlock.
   *
   * @param howToRepeat the last line; none if empty
   */
  static String deadlock(Findings findings, String howToRepeat) {
    FailureReport report = new FailureReport(findings);
    return report.text(report.fact(), howToRepeat);
  }

  /** A report after a first line that says why it is given. */
  static String of(String first, Findings findings) {
    return of(first, findings, "");
  }

  /**
   * A report after a first line that says why it is given.
   *
   * @param howToRepeat the last line; none if empty
   */
  static String of(String first, Findings findings, String howToRepeat) {
    return new FailureReport(findings).text(first, howToRepeat);
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
    List<String> stack = StackLines.of(List.of(thread.getStackTrace()));
    return stack.isEmpty()
        ? ""
        : "%n  \"%s\" is running%n%s".formatted(name, String.join(System.lineSeparator(), stack));
  }

  /**
   * Says of a task that it keeps the carrier, and where it is.
   *
   * @param limit for how long it may do so if it waits for no other task
   * @param end what else is to be said before the place is shown
   */
  static String held(HeldCarrier held, String loop, Duration limit, String end) {
    TaskRecord awaited = held.awaited();
    String initialised = held.initialising();
    String where = initialised == null ? "" : " in the initialiser of " + initialised;
    StringBuilder text = new StringBuilder();
    if (awaited == null) {
      text.append(
          "%s: task \"%s\" kept the carrier%s for %s of real time, the limit, and no other task could run."
              .formatted(loop, held.task().name(), where, limit));
    } else {
      text.append(
          "Deadlock: \"%s\" waits%s for \"%s\", which cannot run before: a task lets go of the carrier of its loop neither in an initialiser nor in native code. On a JVM that hangs, too, if \"%s\" needs what is being initialised; if not, let \"%s\" do it before it is waited for there."
              .formatted(
                  held.task().name(), where, awaited.name(), awaited.name(), held.task().name()));
    }
    text.append(end);
    StackLines.of(held.stack()).forEach(line -> text.append(System.lineSeparator()).append(line));
    return text.toString();
  }

  /**
   * Says of a task that it ran while nothing was expected to.
   *
   * @param after when it did, since nothing was expected
   * @param slices how many slices ran in all
   * @param stack where it had been blocked
   */
  static String happened(
      String task,
      Duration after,
      Duration expected,
      long slices,
      List<StackTraceElement> stack,
      List<StackTraceElement> startedAt) {
    StringBuilder text =
        new StringBuilder(
            "nothing was to happen for %s, and %s \"%s\" ran%s."
                .formatted(
                    expected,
                    after.isZero() ? "at once" : "after " + after,
                    task,
                    slices == 1 ? "" : ", the first of %,d slices".formatted(slices)));
    StackLines.of(stack).forEach(line -> text.append(System.lineSeparator()).append(line));
    CodeOwner.placeIn(startedAt)
        .ifPresent(
            frame -> text.append(System.lineSeparator()).append("      started at ").append(frame));
    return text.toString();
  }

  static String count(int tasks, String one, String many) {
    return tasks == 1 ? "1 task " + one : tasks + " tasks " + many;
  }

  private String fact() {
    int blocked = findings.blocked().size();
    if (!cycle.isEmpty()) {
      return "Deadlock: %s."
          .formatted(count(cycle.size(), "waits for itself", "wait for each other"));
    }
    return "Deadlock: %s, no timer is pending, and nothing outside is known to wake %s. If a thread outside will, hold time meanwhile: loop.holdTime(reason)."
        .formatted(count(blocked, "is blocked", "are blocked"), blocked == 1 ? "it" : "them");
  }

  private String text(String first, String howToRepeat) {
    lines.add(first);
    byPlace().values().forEach(this::addAlike);
    findings.ready().forEach(this::addReady);
    addCoroutines(findings.coroutines());
    lines.addAll(cycle.lines(names));
    addSwallowed(findings.swallowed());
    findings.unseen().forEach(this::addUnseen);
    if (!howToRepeat.isEmpty()) {
      lines.add(howToRepeat);
    }
    return String.join(System.lineSeparator(), lines);
  }

  /** The tasks, by their places, in the order of the first of each. */
  private Map<Object, List<BlockedTask>> byPlace() {
    Map<Object, List<BlockedTask>> places = new LinkedHashMap<>();
    for (BlockedTask task : findings.blocked()) {
      Object place = cycle.shows(task) ? task.id() : Place.of(task);
      places.computeIfAbsent(place, key -> new ArrayList<>()).add(task);
    }
    return places;
  }

  private void addAlike(List<BlockedTask> tasks) {
    if (tasks.size() <= ALIKE) {
      tasks.forEach(this::addTask);
      return;
    }
    addTask(tasks.getFirst());
    String others =
        tasks.subList(1, 1 + ALIKE).stream()
            .map(task -> "\"" + task.name() + "\"")
            .collect(Collectors.joining(", "));
    lines.add(
        String.format(
            Locale.ROOT,
            "  and %,d more like this: %s%s",
            tasks.size() - 1,
            others,
            tasks.size() - 1 > ALIKE ? ", …" : ""));
  }

  private void addTask(BlockedTask task) {
    String how = task.isDurablyBlocked() ? "" : "; externally, waits for " + task.outside();
    lines.add(
        "  \"%s\" is blocked on %s%s since %s%s"
            .formatted(task.name(), what(task), whose(task), task.since(), how));
    if (!isIdle(task)) {
      lines.addAll(StackLines.of(task.stack()));
    }
    addOrigin(task.startedAt());
  }

  /** Where an idle thread of a library's pool waits says nothing. */
  private static boolean isIdle(BlockedTask task) {
    return task.on() == BlockedOn.WORK
        && task.stack().stream().noneMatch(frame -> CodeOwner.of(frame) == CodeOwner.PROGRAM);
  }

  private void addReady(TaskRecord task) {
    lines.add("  \"%s\" can run".formatted(task.name()));
    lines.addAll(StackLines.of(task.stack()));
    addOrigin(Arrays.asList(task.origin()));
  }

  private void addCoroutines(List<SuspendedCoroutine> coroutines) {
    for (SuspendedCoroutine coroutine :
        coroutines.subList(0, Math.min(COROUTINES, coroutines.size()))) {
      lines.add(
          "  coroutine%s (%s) %s"
              .formatted(
                  coroutine.name().isEmpty() ? "" : " \"" + coroutine.name() + "\"",
                  coroutine.builder(),
                  coroutine.since() == null
                      ? "has not run yet"
                      : "is suspended since " + coroutine.since()));
      lines.addAll(StackLines.of(coroutine.stack()));
      addOrigin(coroutine.begunAt());
    }
    if (coroutines.size() > COROUTINES) {
      lines.add("  … and %d more coroutines".formatted(coroutines.size() - COROUTINES));
    }
  }

  private void addSwallowed(List<SwallowedFailure> failures) {
    for (SwallowedFailure failure : failures.subList(0, Math.min(SWALLOWED, failures.size()))) {
      lines.add(
          "Kept by %s of \"%s\" at %s, and nobody has asked for it: %s"
              .formatted(failure.keeper(), failure.task(), failure.at(), failure.cause()));
      lines.addAll(StackLines.of(List.of(failure.cause().getStackTrace())));
    }
    if (failures.size() > SWALLOWED) {
      lines.add("… and %d more failures like that".formatted(failures.size() - SWALLOWED));
    }
  }

  private void addUnseen(RanUnseen unseen) {
    lines.add(
        "Time moved %s while thread \"%s\", woken by this test, was running. To wait for it, hold time meanwhile: loop.holdTime(reason)."
            .formatted(Duration.ofNanos(unseen.nanos()), unseen.thread()));
  }

  private void addOrigin(List<StackTraceElement> startedAt) {
    CodeOwner.placeIn(startedAt).ifPresent(frame -> lines.add("      started at " + frame));
  }

  private String what(BlockedTask task) {
    Object object = task.object();
    boolean saysAll =
        switch (task.on()) {
          case JOIN, SLEEP, WORK -> true;
          default -> false;
        };
    if (task.on() == BlockedOn.WORK && task.detail() != null) {
      return "%s, which has %s,".formatted(task.on(), task.detail());
    }
    if (object == null || saysAll) {
      return task.on().toString();
    }
    String detail = task.detail() == null ? "" : ", " + task.detail();
    return "%s (%s%s)".formatted(task.on(), names.of(object), detail);
  }

  private String whose(BlockedTask task) {
    Thread owner = task.object() instanceof Task<?> ? null : task.owner();
    if (owner != null) {
      return " of " + quoted(task, owner);
    }
    if (task.sharers().isEmpty()) {
      return "";
    }
    List<Thread> sharers = task.sharers();
    String some =
        sharers.stream()
            .limit(ALIKE)
            .map(sharer -> quoted(task, sharer) + (sharer.isAlive() ? "" : " (which has ended)"))
            .collect(Collectors.joining(", "));
    int more = sharers.size() - ALIKE;
    String held = task.on() == BlockedOn.SEMAPHORE ? ", held by " : ", held for reading by ";
    return held + some + (more > 0 ? " and " + more + " more," : "");
  }

  private String quoted(BlockedTask task, Thread thread) {
    String name = "\"" + names.of(thread) + "\"";
    return thread == task.thread() ? name + " itself" : name;
  }
}
