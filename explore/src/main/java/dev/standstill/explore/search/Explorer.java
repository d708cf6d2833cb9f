package dev.standstill.explore.search;

import dev.standstill.core.ExploringStrategy;
import dev.standstill.core.ReadyTasks;
import dev.standstill.core.Strategy;
import dev.standstill.core.TaskRecord;
import dev.standstill.core.VirtualScheduler;
import dev.standstill.explore.program.Places;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One run of a program whose classes tell what they are about to do: asks a {@link Search}, or
 * follows a recorded schedule, at each such point. Confined to the loop of the run.
 */
public final class Explorer implements ExploringStrategy {

  /** After so many points without a switch a task lets others run: it may wait for them. */
  private static final int SOLO = 1_000;

  /** After so many points the run is no longer searched: it may have no end. */
  private static final int MOST_POINTS = 50_000;

  /** Then tasks take turns, after so many points each. */
  private static final int TURN = 64;

  /** After so many points when the run is over a task is ended: nothing else may end it. */
  private static final int MOST_POINTS_AFTER = 10_000;

  private static final int NONE = -1;
  private static final long SIGNATURE_FACTOR = 0xD1342543DE82EF95L;

  private final Search search;
  private final @Nullable Strategy recorded;
  private final List<Step> steps = new ArrayList<>();
  private final Candidates candidates = new Candidates();
  private final Map<Object, ModelledMonitor> monitors = new IdentityHashMap<>();
  private final Map<Long, ExploredTask> tasks = new HashMap<>();
  private @Nullable VirtualScheduler scheduler;
  private @Nullable ExploredTask last;
  private int planned = NONE;
  private int points;
  private int pointsAfter;
  private long signature;
  private int tasksSeen;
  private int pinnedPlace = NONE;
  private boolean over;

  private Explorer(Search search, @Nullable Strategy recorded) {
    this.search = search;
    this.recorded = recorded;
  }

  /** What a task did, by its name. */
  public record Step(String task, int place) {}

  /** A run of a search, whose chance comes from {@code seed}. */
  public static Explorer searching(Search search, long seed) {
    search.begin(seed);
    return new Explorer(search, null);
  }

  /** A run that repeats another one. */
  public static Explorer following(Strategy recorded) {
    return new Explorer(new Fifo(), recorded);
  }

  @Override
  public void begins(VirtualScheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** What comes now is not searched: the loop is about to be closed. */
  public void ends() {
    if (!over) {
      over = true;
      search.end();
    }
  }

  /** Whether tasks that are left are just being ended. */
  public boolean isOver() {
    return over;
  }

  /** What tasks did, as far as they told; only where a run is repeated. */
  public List<Step> steps() {
    return steps;
  }

  /** How many points the program has passed. */
  public int points() {
    return points;
  }

  /** Differs between runs in which tasks made their accesses in another order. */
  public long signature() {
    return signature;
  }

  /** Whether the run went on for so long that it was not searched to its end. */
  public boolean wasCut() {
    return points > MOST_POINTS;
  }

  /** The last place where a task was to wait but could not; -1 if that never happened. */
  public int pinnedPlace() {
    return pinnedPlace;
  }

  @Override
  public int choose(ReadyTasks ready) {
    if (planned != NONE) {
      int position = planned;
      planned = NONE;
      return chosen(ready, position);
    }
    if (recorded != null) {
      return chosen(ready, recorded.choose(ready));
    }
    if (over || wasCut()) {
      return 0;
    }
    ExploredTask before = of(ready.task(ready.size() - 1));
    if (before == last && yieldsByItself(before)) {
      search.yields(before);
    }
    candidates.collect(null, ready, this::of);
    return switch (candidates.size()) {
      case 0 -> chosen(ready, 0); // it waits for its monitor in earnest
      case 1 -> chosen(ready, candidates.position(0));
      default -> chosen(ready, candidates.position(search.pick(candidates)));
    };
  }

  /** Whether a task has let others run, and not because of what it was about to do. */
  private boolean yieldsByItself(ExploredTask task) {
    return Objects.requireNonNull(scheduler).hasYielded() && !task.isKnown() && !task.isHeldUp();
  }

  private int chosen(ReadyTasks ready, int position) {
    last = of(ready.task(position));
    return position;
  }

  @Override
  public boolean preempts(int handOver, TaskRecord running, ReadyTasks ready) {
    if (recorded != null) {
      return recorded.preempts(handOver, running, ready);
    }
    if (over || wasCut()) {
      return false;
    }
    ExploredTask task = of(running);
    candidates.collect(task, ready, this::of);
    int others = candidates.size() - 1;
    if (others == 0) {
      return false;
    }
    int pick;
    if (++task.solo > SOLO || Places.isPause(task.place)) {
      search.yields(task);
      pick = 1 + search.pickAfterYield(others);
    } else {
      pick = search.pick(candidates);
    }
    if (pick == 0) {
      return false;
    }
    task.solo = 0;
    planned = candidates.position(pick);
    return true;
  }

  @Override
  public void access(@Nullable Object target, int place) {
    VirtualScheduler loop = Objects.requireNonNull(scheduler);
    TaskRecord running = loop.running();
    if (running == null) {
      return;
    }
    if (over) {
      if (++pointsAfter > MOST_POINTS_AFTER) {
        throw new RunOverError();
      }
      return;
    }
    points++;
    if (wasCut()) {
      if (points % TURN == 0) {
        loop.letOthersRun();
      }
      return;
    }
    ExploredTask task = of(running);
    task.target = target;
    task.place = place;
    loop.mayLetOthersRun();
    if (planned != NONE) {
      planned = NONE;
      pinnedPlace = place;
    }
    last = task;
    if (recorded == null) {
      candidates.collect(null, loop, this::of);
      search.executes(task, candidates);
    } else {
      steps.add(new Step(running.name(), place));
    }
    signature = (signature + task.path) * SIGNATURE_FACTOR + place;
    task.leavesPlace();
  }

  @Override
  public void enter(Object monitor, int place) {
    access(monitor, place);
    VirtualScheduler loop = Objects.requireNonNull(scheduler);
    TaskRecord running = loop.running();
    if (running == null || over || wasCut()) {
      return;
    }
    ExploredTask task = of(running);
    ModelledMonitor modelled = monitors.computeIfAbsent(monitor, key -> new ModelledMonitor());
    while (modelled.isOfOther(task) && awaits(task, modelled, loop)) {
      // Somebody else has run, and may have exited it.
    }
    task.awaited = null;
    modelled.entered(task);
  }

  /** Lets others run; false if none can, so that the task has to wait in earnest. */
  private boolean awaits(ExploredTask task, ModelledMonitor modelled, VirtualScheduler loop) {
    task.awaited = modelled;
    candidates.collect(null, loop, this::of);
    if (candidates.size() == 0) {
      return false;
    }
    ExploredTask before = last;
    loop.letOthersRun();
    boolean ran = last != before || !modelled.isOfOther(task);
    last = task;
    return ran;
  }

  @Override
  public void exited(Object monitor) {
    ModelledMonitor modelled = monitors.get(monitor);
    ExploredTask task = running();
    if (modelled != null && task != null) {
      modelled.exited(task);
    }
  }

  @Override
  public void waits(Object monitor, int place) {
    access(monitor, place);
    tellWaitsIn(monitor);
    ModelledMonitor modelled = monitors.get(monitor);
    ExploredTask task = running();
    if (modelled != null && task != null) {
      modelled.waits(task);
    }
  }

  @Override
  public void waited(Object monitor) {
    tellWaitsIn(null);
    ModelledMonitor modelled = monitors.get(monitor);
    ExploredTask task = running();
    if (modelled != null && task != null) {
      modelled.waited(task);
    }
  }

  /** So that reports are right: the JVM does not always tell. */
  private void tellWaitsIn(@Nullable Object monitor) {
    TaskRecord running = Objects.requireNonNull(scheduler).running();
    if (running != null) {
      running.waitsIn(monitor);
    }
  }

  private @Nullable ExploredTask running() {
    TaskRecord running = Objects.requireNonNull(scheduler).running();
    return running == null ? null : of(running);
  }

  private ExploredTask of(TaskRecord record) {
    Object mark = record.mark();
    return mark == null ? born(record) : (ExploredTask) mark;
  }

  private ExploredTask born(TaskRecord record) {
    ExploredTask task = new ExploredTask(record, tasksSeen++);
    record.mark(task);
    tasks.put(task.path, task);
    search.born(task);
    ExploredTask starter = tasks.get(task.pathOfStarter);
    if (starter != null) {
      search.starts(starter, task);
    }
    return task;
  }
}
