package dev.standstill.test;

import dev.standstill.core.OutsideWait;
import dev.standstill.test.spi.RunFacts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a loop has met and does not throw: for how long it has waited for what is outside, and what
 * was left when it closed. Any thread may call.
 */
final class OutsideLog {

  /** Names of threads can be many. */
  private static final int MOST_REASONS = 8;

  private final Set<String> reasons = new LinkedHashSet<>();
  private final List<String> left = new ArrayList<>();
  private long nanos;

  /**
   * The loop has waited for so long.
   *
   * @param waits what for, as far as it is known
   * @param held why time was held meanwhile
   */
  synchronized void waited(long waited, List<OutsideWait> waits, List<String> held) {
    nanos += waited;
    waits.stream().filter(wait -> !wait.isOver()).map(OutsideWait::what).forEach(this::add);
    held.forEach(reason -> add("a hold of time: " + reason));
  }

  private void add(String reason) {
    if (reasons.size() < MOST_REASONS) {
      reasons.add(reason);
    }
  }

  synchronized void left(List<String> lines) {
    left.addAll(lines);
  }

  synchronized RunFacts take() {
    RunFacts taken = new RunFacts(nanos, List.copyOf(reasons), List.copyOf(left));
    nanos = 0;
    reasons.clear();
    left.clear();
    return taken;
  }
}
