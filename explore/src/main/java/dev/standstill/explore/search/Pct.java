package dev.standstill.explore.search;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Probabilistic concurrency testing (S. Burckhardt, P. Kothari, M. Musuvathi, S. Nagarakatte,
 * ASPLOS 2010): each task gets a priority by chance, the highest runs, and at {@code d - 1} points,
 * drawn among all, the running one falls below all others. A bug that needs {@code d} constraints
 * of order is found in one of {@code n * k^(d-1)} runs at the most, of {@code n} tasks and {@code
 * k} points.
 *
 * <p>Nobody knows the {@code d} of a bug beforehand, so it is drawn for each run.
 */
final class Pct extends Search {

  private static final int DEEPEST = 5;

  /**
   * How many runs tell how many points there are; from then on runs depend on their seeds alone.
   */
  private static final int LEARNING_RUNS = 100;

  /** So small a part is added to the points of the longest run: later ones may be longer. */
  private static final int MARGIN = 4;

  private int[] changes = new int[0];
  private int points;
  private int mostPoints;
  private int runs;
  private int lowest;

  Pct() {}

  private Pct(Pct learnt) {
    mostPoints = learnt.mostPoints;
    runs = learnt.runs;
  }

  @Override
  void begin(long seed) {
    super.begin(seed);
    points = 0;
    lowest = 0;
    changes = new int[mostPoints == 0 ? 0 : random.nextInt(DEEPEST)];
    Arrays.setAll(changes, change -> 1 + random.nextInt(mostPoints + mostPoints / MARGIN));
  }

  @Override
  void end() {
    if (runs < LEARNING_RUNS) {
      runs++;
      mostPoints = Math.max(mostPoints, points);
    }
  }

  @Override
  void born(ExploredTask task) {
    task.priority = 1 + random.nextDouble();
  }

  @Override
  void yields(ExploredTask task) {
    task.priority = --lowest;
  }

  @Override
  int pick(Candidates candidates) {
    if (candidates.goesOn()) {
      points++;
      for (int change : changes) {
        if (change == points) {
          yields(candidates.get(0));
        }
      }
    }
    return highest(candidates);
  }

  /** The candidate with the highest priority. */
  static int highest(Candidates candidates) {
    int best = 0;
    for (int index = 1; index < candidates.size(); index++) {
      if (candidates.get(index).priority > candidates.get(best).priority) {
        best = index;
      }
    }
    return best;
  }

  @Override
  public @Nullable Search fork() {
    return runs < LEARNING_RUNS ? null : new Pct(this);
  }
}
