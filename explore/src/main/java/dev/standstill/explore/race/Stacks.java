package dev.standstill.explore.race;

import dev.standstill.core.ProgramCode;
import dev.standstill.core.TaskRecord;
import java.util.List;
import java.util.regex.Pattern;

/** Where tasks are in the program that stand before an access. Confined to the loop of a run. */
final class Stacks {

  /** What runs the program: the frames below it. */
  private static final Pattern RUNNER =
      Pattern.compile(
          "(java|jdk|sun)\\..*"
              + "|dev\\.standstill\\.((core|jdk|test|test\\.spi|junit|cli)\\.)?[A-Z].*"
              + "|dev\\.standstill\\.explore\\.(Exploration|ProgramRun).*");

  private Stacks() {}

  /** Where the caller is, which is a task that runs. */
  static List<StackTraceElement> ofCaller() {
    return cut(List.of(new Throwable().getStackTrace()));
  }

  /** Where a task is that does not run. */
  static List<StackTraceElement> of(TaskRecord task) {
    return cut(task.stack());
  }

  /** Leaves out the frames of the hooks above the program, and of what runs it below. */
  private static List<StackTraceElement> cut(List<StackTraceElement> stack) {
    int from = 0;
    for (int frame = 0; frame < stack.size(); frame++) {
      if (stack.get(frame).getClassName().equals(ProgramCode.HOOKS)) {
        from = frame + 1;
      }
    }
    int to = stack.size();
    while (to > from + 1 && RUNNER.matcher(stack.get(to - 1).getClassName()).matches()) {
      to--;
    }
    return List.copyOf(stack.subList(from, to));
  }
}
