package dev.standstill.test;

import java.util.List;
import java.util.Optional;

/** Runs a program twice with one schedule and looks for the first slice that differs. */
final class DeterminismCheck {

  private DeterminismCheck() {}

  static void run(Schedule schedule, TestLoop.Body body) throws Exception {
    List<Trace.Slice> first = trace(schedule, body);
    List<Trace.Slice> second = trace(schedule, body);
    for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
      if (i >= first.size() || i >= second.size() || !first.get(i).equals(second.get(i))) {
        throw new NondeterminismException(
            "Two runs with one schedule (%s) differ from slice %d on: the program depends on something that the loop does not control.%nFirst run:  %s%nSecond run: %s"
                .formatted(schedule, i + 1, describe(first, i), describe(second, i)));
      }
    }
  }

  private static List<Trace.Slice> trace(Schedule schedule, TestLoop.Body body) throws Exception {
    TestLoop loop = TestLoop.builder().schedule(schedule).traceWithStacks(Integer.MAX_VALUE).open();
    try (loop) {
      body.run(loop);
    }
    return loop.trace().slices().stream().map(DeterminismCheck::ran).toList();
  }

  /** What ran; why it could, and what it waits for, follows from that. */
  private static Trace.Slice ran(Trace.Slice slice) {
    return new Trace.Slice(
        slice.number(),
        slice.time(),
        slice.task(),
        slice.name(),
        slice.choice(),
        slice.ready(),
        slice.ended(),
        null,
        null,
        slice.stack());
  }

  private static String describe(List<Trace.Slice> slices, int index) {
    if (index >= slices.size()) {
      return "has ended";
    }
    Trace.Slice slice = slices.get(index);
    StringBuilder text = new StringBuilder(slice.toString());
    appendStack(slice, text);
    lastOf(slice.task(), slices.subList(0, index))
        .ifPresent(before -> {
          text.append(System.lineSeparator()).append("    after it had stopped in slice ");
          text.append(before.number()).append(" at +").append(before.time());
          appendStack(before, text);
        });
    return text.toString();
  }

  /** What differs in a slice, such as its time, often comes from where its task had stopped. */
  private static Optional<Trace.Slice> lastOf(int task, List<Trace.Slice> slices) {
    return slices.reversed().stream().filter(slice -> slice.task() == task).findFirst();
  }

  private static void appendStack(Trace.Slice slice, StringBuilder text) {
    slice
        .stack()
        .forEach(frame -> text.append(System.lineSeparator()).append("      at ").append(frame));
  }
}
