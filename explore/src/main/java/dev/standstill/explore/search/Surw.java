package dev.standstill.explore.search;

import dev.standstill.explore.program.Places;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Selectively uniform random walk (H. Zhao, D. Wolff, U. Mathur, A. Roychoudhury, ASPLOS 2025): for
 * each run one or two places in memory are drawn, and each order of the accesses to them is as
 * likely as any other, however many other accesses a task makes.
 *
 * <p>For that it has to know how often each task accesses a place. It learns that in the first
 * runs, which are random walks. Of the tasks one is <em>intended</em> to make the next access of
 * interest, drawn in proportion to how many it has left; others that come to one are held until it
 * has been made.
 */
final class Surw extends Search {

  private static final int LEARNING_RUNS = 8;

  /** In one run of so many, two places are drawn. */
  private static final int PAIR_ONE_IN = 4;

  /** For so many choices a task is held at the most: the intended one may wait for it in a loop. */
  private static final int LONGEST_HELD = 1_000;

  /** How often each task, by its path, has accessed a place, at most; by the place. */
  private final Map<Integer, Map<Long, Integer>> most;

  private final Map<Integer, Map<Long, Integer>> counts = new HashMap<>();
  private final Map<Long, Long> starters;
  private final List<Integer> shared;

  /** What tasks that have not been seen yet will do in this run, those that they start included. */
  private final Map<Long, Integer> weights = new HashMap<>();

  /** Those of this run, by their paths. */
  private final Map<Long, ExploredTask> tasks = new HashMap<>();

  private final BitSet interesting = new BitSet();
  private final List<ExploredTask> held = new ArrayList<>();
  private @Nullable ExploredTask intended;
  private int heldFor;
  private int runs;

  Surw() {
    most = new TreeMap<>();
    starters = new HashMap<>();
    shared = new ArrayList<>();
  }

  /** Shares what was learnt, which does not change any more. */
  private Surw(Surw learnt) {
    most = learnt.most;
    starters = learnt.starters;
    shared = learnt.shared;
    runs = learnt.runs;
  }

  @Override
  void begin(long seed) {
    super.begin(seed);
    counts.clear();
    weights.clear();
    tasks.clear();
    interesting.clear();
    held.clear();
    intended = null;
    if (!shared.isEmpty()) {
      draw();
      if (random.nextInt(PAIR_ONE_IN) == 0) {
        draw();
      }
    }
  }

  private void draw() {
    int location = shared.get(random.nextInt(shared.size()));
    if (!interesting.get(location)) {
      interesting.set(location);
      most.getOrDefault(location, Map.of()).forEach(this::addToLine);
    }
  }

  /** Before a task is there, those that it comes from stand for it. */
  private void addToLine(long path, int accesses) {
    for (Long task = path; task != null; task = starters.get(task)) {
      weights.merge(task, accesses, Integer::sum);
    }
  }

  @Override
  void end() {
    if (runs < LEARNING_RUNS) {
      runs++;
      counts.forEach((location, ofTasks) ->
          ofTasks.forEach((task, count) ->
              most.computeIfAbsent(location, key -> new TreeMap<>())
                  .merge(task, count, Math::max)));
      shared.clear();
      most.forEach((location, ofTasks) -> {
        if (ofTasks.size() > 1) {
          shared.add(location);
        }
      });
    }
  }

  @Override
  void born(ExploredTask task) {
    if (runs < LEARNING_RUNS && task.pathOfStarter != 0) {
      starters.put(task.path, task.pathOfStarter);
    }
    task.weight = weights.getOrDefault(task.path, 0);
    tasks.put(task.path, task);
    takePartOf(tasks.get(task.pathOfStarter), task);
  }

  /** A task that is there now takes its part of what its starter stood for. */
  private void takePartOf(@Nullable ExploredTask starter, ExploredTask task) {
    if (starter != null && task.weight > 0) {
      if (intended == starter && random.nextInt(Math.max(1, starter.weight)) < task.weight) {
        intended = task;
      }
      starter.weight = Math.max(0, starter.weight - task.weight);
    }
  }

  @Override
  void executes(ExploredTask task, Supplier<Candidates> others) {
    int location = Places.location(task.place);
    if (runs < LEARNING_RUNS) {
      counts.computeIfAbsent(location, key -> new HashMap<>()).merge(task.path, 1, Integer::sum);
    }
    if (interesting.get(location)) {
      task.weight = Math.max(0, task.weight - 1);
      letGo();
    }
  }

  private void letGo() {
    intended = null;
    heldFor = 0;
    held.forEach(task -> task.held = false);
    held.clear();
  }

  private void giveUpIntended() {
    if (intended != null) {
      intended.weight = 0;
    }
    letGo();
  }

  @Override
  int pick(Candidates candidates) {
    if (interesting.isEmpty()) {
      return random.nextInt(candidates.size());
    }
    if (!held.isEmpty() && ++heldFor > LONGEST_HELD) {
      giveUpIntended();
    }
    while (true) {
      int index = anyFree(candidates);
      if (index < 0) {
        letGo();
        continue;
      }
      ExploredTask task = candidates.get(index);
      if (!task.isKnown() || !interesting.get(Places.location(task.place))) {
        return index;
      }
      if (task == intended(task, candidates)) {
        return index;
      }
      task.held = true;
      held.add(task);
    }
  }

  /** Any of those that are not held, or -1. */
  private int anyFree(Candidates candidates) {
    int free = 0;
    int drawn = -1;
    for (int index = 0; index < candidates.size(); index++) {
      if (!candidates.get(index).held && random.nextInt(++free) == 0) {
        drawn = index;
      }
    }
    return drawn;
  }

  private ExploredTask intended(ExploredTask coming, Candidates candidates) {
    ExploredTask chosen = intended;
    if (chosen != null) {
      return chosen;
    }
    // It does more than was learnt.
    coming.weight = Math.max(1, coming.weight);
    int left = 0;
    for (int index = 0; index < candidates.size(); index++) {
      left += candidates.get(index).weight;
    }
    int drawn = random.nextInt(left);
    chosen = coming;
    for (int index = 0; index < candidates.size(); index++) {
      drawn -= candidates.get(index).weight;
      if (drawn < 0) {
        chosen = candidates.get(index);
        break;
      }
    }
    intended = chosen;
    return chosen;
  }

  @Override
  public @Nullable Search fork() {
    return runs < LEARNING_RUNS ? null : new Surw(this);
  }
}
