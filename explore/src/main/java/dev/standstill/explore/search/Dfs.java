package dev.standstill.explore.search;

import dev.standstill.core.Chance;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All schedules, depth first, with at most so many preemptions; when they are through, with one
 * more: iterative context bounding (M. Musuvathi, S. Qadeer, PLDI 2007). Most bugs need one or two.
 */
final class Dfs extends Search {

  /**
   * One decision of the last run.
   *
   * @param choice the index among the candidates
   * @param candidates how many there were
   * @param preemptions how many there were before
   * @param goesOn whether any choice but the first is one more
   */
  private record Decision(int choice, int candidates, int preemptions, boolean goesOn) {

    int preemptionsAfter() {
      return preemptions + (goesOn && choice > 0 ? 1 : 0);
    }

    Decision next() {
      return new Decision(choice + 1, candidates, preemptions, goesOn);
    }
  }

  private final int greatestBound;
  private final List<Decision> path = new ArrayList<>();
  private int depth;
  private int bound;
  private int passed;
  private boolean cutOff;
  private boolean exhausted;
  private boolean complete;

  /** How many schedules have passed, and with how many preemptions at most, when it was through. */
  private int passedInBound;

  private int boundThrough = -1;

  Dfs(int greatestBound) {
    this.greatestBound = greatestBound;
  }

  @Override
  void begin(long seed) {
    super.begin(seed);
    depth = 0;
  }

  @Override
  int pick(Candidates candidates) {
    return decide(candidates.size(), candidates.goesOn());
  }

  /**
   * One more preemption, however seldom it is: else there would be no end of waking and waiting
   * again.
   */
  @Override
  int draw(Chance chance, @Nullable ExploredTask running) {
    return decide(1 + chance.ways(), true);
  }

  private int decide(int candidates, boolean goesOn) {
    if (depth == path.size()) {
      int before = path.isEmpty() ? 0 : path.getLast().preemptionsAfter();
      path.add(new Decision(0, candidates, before, goesOn));
    }
    return Math.min(path.get(depth++).choice, candidates - 1);
  }

  /** No decision: whoever looks again and again could be chosen without end. */
  @Override
  int pickAfterYield(Candidates candidates) {
    return 0;
  }

  /** Goes back to the last decision that can be made in another way. */
  @Override
  void end() {
    passed++;
    while (path.size() > depth) {
      path.removeLast();
    }
    while (!path.isEmpty()) {
      Decision last = path.removeLast();
      if (last.choice + 1 < last.candidates) {
        if (last.next().preemptionsAfter() <= bound) {
          path.add(last.next());
          return;
        }
        cutOff = true;
      }
    }
    passedInBound = passed;
    boundThrough = bound;
    complete = !cutOff;
    exhausted = complete || bound == greatestBound;
    bound++;
    passed = 0;
    cutOff = false;
  }

  @Override
  public boolean isExhausted() {
    return exhausted;
  }

  /** Whether there is no other schedule, however many preemptions it has. */
  boolean isComplete() {
    return exhausted && complete;
  }

  /** What has been shown, as a sentence; empty if nothing. */
  @Override
  public String proved() {
    if (boundThrough < 0) {
      return "";
    }
    return complete
        ? "all %,d schedules pass".formatted(passedInBound)
        : "all %,d schedules with up to %d preemption%s pass"
            .formatted(passedInBound, boundThrough, boundThrough == 1 ? "" : "s");
  }
}
