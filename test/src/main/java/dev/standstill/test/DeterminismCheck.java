package dev.standstill.test;

import java.util.List;

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
    TestLoop loop = TestLoop.builder().schedule(schedule).traceWithStacks().open();
    try (loop) {
      body.run(loop);
    }
    return loop.trace().slices();
  }

  private static String describe(List<Trace.Slice> slices, int index) {
    if (index >= slices.size()) {
      return "has ended";
    }
    StringBuilder text = new StringBuilder(slices.get(index).toString());
    slices
        .get(index)
        .stack()
        .forEach(frame -> text.append(System.lineSeparator()).append("      at ").append(frame));
    return text.toString();
  }
}
