package dev.standstill.test;

import dev.standstill.core.CodeOwner;
import dev.standstill.core.PendingJob;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is left when a loop closes.
 *
 * @param ofTest tasks that the test has left
 * @param jobs jobs that delayed executors hold for later
 * @param ofOthers threads that libraries or class initialisers keep
 */
record Leftovers(List<BlockedTask> ofTest, List<PendingJob> jobs, List<BlockedTask> ofOthers) {

  static final Leftovers NONE = new Leftovers(List.of(), List.of(), List.of());

  /**
   * Sorts tasks by whose they are.
   *
   * @param all whether those of others count as the test's
   */
  static Leftovers of(List<BlockedTask> left, List<PendingJob> jobs, boolean all) {
    List<BlockedTask> ofTest = new ArrayList<>();
    List<BlockedTask> others = new ArrayList<>();
    left.forEach(task -> (!all && isOfOthers(task) ? others : ofTest).add(task));
    return new Leftovers(ofTest, jobs, others);
  }

  /**
   * Whether a class initialiser has started the task, or a library has and the task runs nothing of
   * the program's.
   */
  private static boolean isOfOthers(BlockedTask task) {
    boolean initialiser =
        task.startedAt().stream()
            .anyMatch(frame ->
                frame.getMethodName().equals("<clinit>") && CodeOwner.of(frame) != CodeOwner.JDK);
    return initialiser
        || starter(task) == CodeOwner.LIBRARY
            && task.stack().stream().noneMatch(frame -> CodeOwner.of(frame) == CodeOwner.PROGRAM);
  }

  /** Whose code has started the task, the JDK's and that of loops left out. */
  private static CodeOwner starter(BlockedTask task) {
    return task.startedAt().stream()
        .map(CodeOwner::of)
        .filter(owner -> owner == CodeOwner.PROGRAM || owner == CodeOwner.LIBRARY)
        .findFirst()
        .orElse(CodeOwner.STANDSTILL);
  }

  /** Whether nothing is left that the test has to answer for. */
  boolean isEmpty() {
    return ofTest.isEmpty() && jobs.isEmpty();
  }

  /** Whether something is left to which no time helps: it repeats. */
  boolean repeats() {
    return ofTest.stream()
        .anyMatch(task ->
            task.on() == BlockedOn.WORK
                && task.detail() instanceof String jobs
                && jobs.contains("periodic"));
  }

  /** Pools and timers of others that hold work for later, which does not run any more. */
  List<BlockedTask> stranded() {
    return ofOthers.isEmpty()
        ? List.of()
        : ofOthers.stream().filter(task -> task.on() == BlockedOn.WORK).toList();
  }

  /** Says what is left of {@code loop}, and where it comes from. */
  String describe(TestLoop loop) {
    List<String> parts = new ArrayList<>();
    parts.add(FailureReport.of(sentence(loop), Findings.of(ofTest)));
    jobs.forEach(job -> parts.add(describe(job)));
    if (!ofOthers.isEmpty()) {
      parts.add(
          FailureReport.of(
              "Not the test's, because libraries or class initialisers have started them (Leaks.FAIL_ALL counts them):",
              Findings.of(ofOthers)));
    }
    return String.join(System.lineSeparator(), parts);
  }

  /** Names what the test has left, a line each. */
  List<String> lines() {
    return Stream.concat(
            ofTest.stream()
                .map(task -> "\"%s\"".formatted(task.name()) + at("started", task.startedAt())),
            jobs.stream().map(job -> "a delayed job" + at("given", job.givenAt())))
        .toList();
  }

  private static String at(String how, List<StackTraceElement> stack) {
    return CodeOwner.placeIn(stack).map(frame -> ", %s at %s".formatted(how, frame)).orElse("");
  }

  private String sentence(TestLoop loop) {
    String what =
        Stream.of(count(ofTest.size(), "task"), count(jobs.size(), "delayed job"))
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" and "));
    return "%s was closed with %s left:".formatted(loop, what);
  }

  private static String count(int number, String what) {
    return switch (number) {
      case 0 -> "";
      case 1 -> "1 " + what;
      default -> number + " " + what + "s";
    };
  }

  private static String describe(PendingJob job) {
    String first = "  A delayed executor holds a job that is due at " + job.dueAt();
    return CodeOwner.placeIn(job.givenAt())
        .map(frame -> "%s%n      given at %s".formatted(first, frame))
        .orElse(first);
  }
}
