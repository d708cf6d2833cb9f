package dev.standstill.test.stage;

import dev.standstill.TaskSnapshot;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Shows stack traces without what runs a test, so that they show the test. Any thread may call. */
public final class StackTraces {

  /** Class names of ours that start with one of these are no part of a test. */
  private static final List<String> OURS =
      List.of(
          "dev.standstill.core.",
          "dev.standstill.jdk.",
          "dev.standstill.hooks.",
          "dev.standstill.EventLoop",
          "dev.standstill.RealTimeLoop",
          "dev.standstill.test.Closing",
          "dev.standstill.test.Driver",
          "dev.standstill.test.TestLoop",
          "dev.standstill.test.VirtualTimeLoop");

  /** What calls tests on loops; class names start with one of these. */
  private static final List<String> RUNNING_PHASES =
      List.of(
          "dev.standstill.test.stage.",
          "dev.standstill.junit.ExtensionOnLoop",
          "dev.standstill.junit.LoopExtension",
          "dev.standstill.junit.Stages",
          "dev.standstill.junit.StoredStage",
          "dev.standstill.junit4.Loop",
          "dev.standstill.testng.Loop");

  /** How frameworks that do not trim stack traces themselves get from there to the test. */
  private static final List<String> RUNNERS =
      List.of("org.junit.internal.runners.", "org.junit.runners.", "org.testng.internal.");

  private StackTraces() {}

  /** Trims the stack trace of a failure, of its causes and of what is suppressed in it. */
  public static void trim(Throwable failure) {
    trim(failure, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static void trim(Throwable failure, Set<Throwable> seen) {
    if (!seen.add(failure)) {
      return;
    }
    failure.setStackTrace(trimmed(failure.getStackTrace()));
    for (Throwable suppressed : failure.getSuppressed()) {
      trim(suppressed, seen);
    }
    if (failure.getCause() != null) {
      trim(failure.getCause(), seen);
    }
  }

  /** Lines that name tasks and show where each is. */
  public static String describe(List<TaskSnapshot> tasks) {
    return tasks.stream().map(StackTraces::describe).collect(Collectors.joining());
  }

  private static String describe(TaskSnapshot task) {
    return Arrays.stream(trimmed(task.stack().toArray(StackTraceElement[]::new)))
        .map(frame -> "%n      at %s".formatted(frame))
        .collect(Collectors.joining("", "%n  \"%s\"".formatted(task.name()), ""));
  }

  /** Without our frames, and without those that call them to run a test or a task. */
  private static StackTraceElement[] trimmed(StackTraceElement[] stack) {
    if (Arrays.stream(stack).noneMatch(StackTraces::isOurs)) {
      return stack;
    }
    int end = 0;
    while (end < stack.length && !runsPhases(stack[end])) {
      end++;
    }
    while (end > 0 && !isOfTest(stack[end - 1])) {
      end--;
    }
    return Arrays.stream(stack, 0, end)
        .filter(frame -> !isOurs(frame))
        .toArray(StackTraceElement[]::new);
  }

  private static boolean runsPhases(StackTraceElement frame) {
    return RUNNING_PHASES.stream().anyMatch(frame.getClassName()::startsWith);
  }

  private static boolean isOurs(StackTraceElement frame) {
    return runsPhases(frame) || OURS.stream().anyMatch(frame.getClassName()::startsWith);
  }

  private static boolean isOfTest(StackTraceElement frame) {
    return !isJdk(frame)
        && !isOurs(frame)
        && RUNNERS.stream().noneMatch(frame.getClassName()::startsWith);
  }

  private static boolean isJdk(StackTraceElement frame) {
    String module = frame.getModuleName();
    return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
  }
}
