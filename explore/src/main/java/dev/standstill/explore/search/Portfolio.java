package dev.standstill.explore.search;

import dev.standstill.core.Chance;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Several searches that take turns, because no strategy is the best for all programs: first in,
 * first out once; then, for a share of the runs, all schedules with few preemptions; then chance of
 * several kinds, the best on average most often.
 */
final class Portfolio extends Search {

  /** One run in so many is searched depth first, all of them at the start. */
  private static final int DFS_SHARE = 20;

  private static final int LEAST_DFS = 20;
  private static final int MOST_DFS = 2_000;
  private static final int DFS_BOUND = 1;

  private final Search fifo = new Fifo();
  private final Dfs dfs;
  private final List<Search> turns;
  private final long dfsRuns;
  private long runs;
  private Search current = fifo;

  /**
   * @param budget how many runs there will be at the most
   */
  Portfolio(long budget) {
    Search surw = new Surw();
    Search pos = new Pos();
    Search pct = new Pct();
    Search sticky = new Sticky();
    Search random = new RandomWalk();
    turns = List.of(surw, pos, sticky, surw, pct, surw, random, pos, surw, pct);
    dfs = new Dfs(DFS_BOUND);
    dfsRuns = Math.clamp(budget / DFS_SHARE, LEAST_DFS, MOST_DFS);
  }

  private Portfolio(Portfolio learnt, List<Search> turns) {
    this.dfs = learnt.dfs;
    this.dfsRuns = learnt.dfsRuns;
    this.runs = learnt.runs;
    this.turns = turns;
  }

  @Override
  public @Nullable Search fork() {
    if (runs <= dfsRuns && !dfs.isExhausted()) {
      return null;
    }
    Map<Search, Search> forks = new IdentityHashMap<>();
    List<Search> forked = new ArrayList<>();
    for (Search search : turns) {
      Search known = forks.get(search);
      Search fork = known == null ? search.fork() : known;
      if (fork == null) {
        return null;
      }
      forks.put(search, fork);
      forked.add(fork);
    }
    return new Portfolio(this, forked);
  }

  @Override
  public void skipTo(long run) {
    runs = run;
  }

  private Search next() {
    if (runs == 0) {
      return fifo;
    }
    if (runs <= dfsRuns && !dfs.isExhausted()) {
      return dfs;
    }
    return turns.get((int) (runs % turns.size()));
  }

  @Override
  void begin(long seed) {
    current = next();
    runs++;
    random = new SplittableRandom(seed);
    current.begin(seed);
  }

  @Override
  void end() {
    current.end();
  }

  @Override
  int pick(Candidates candidates) {
    return current.pick(candidates);
  }

  @Override
  int pickAfterYield(Candidates candidates) {
    return current.pickAfterYield(candidates);
  }

  @Override
  int draw(Chance chance, @Nullable ExploredTask running) {
    return current.draw(chance, running);
  }

  @Override
  void born(ExploredTask task) {
    current.born(task);
  }

  @Override
  void executes(ExploredTask task, Supplier<Candidates> others) {
    current.executes(task, others);
  }

  @Override
  void yields(ExploredTask task) {
    current.yields(task);
  }

  @Override
  public boolean isExhausted() {
    return dfs.isComplete();
  }

  @Override
  public String proved() {
    return dfs.proved();
  }

  @Override
  public String toString() {
    return current.toString();
  }
}
