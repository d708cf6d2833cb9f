package dev.standstill.explore.search;

import dev.standstill.core.ExploringStrategy;
import dev.standstill.core.ReadyTasks;
import dev.standstill.core.Strategy;
import dev.standstill.core.TaskRecord;
import dev.standstill.core.TaskStoppedError;
import dev.standstill.core.VirtualScheduler;
import dev.standstill.explore.program.Places;
import dev.standstill.explore.program.PlainPlaces;
import dev.standstill.explore.race.RaceRun;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.IntStream;
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

  /** After so many more it is given up. */
  private static final int MOST_POINTS_IN_TURNS = 10_000;

  /** Until then tasks take turns, after so many points each. */
  private static final int TURN = 64;

  /** After so many points when the run is over a task is ended: nothing else may end it. */
  private static final int MOST_POINTS_AFTER = 10_000;

  private static final int NONE = -1;
  private static final long SIGNATURE_FACTOR = 0xD1342543DE82EF95L;

  private final Search search;
  private final @Nullable Strategy recorded;
  private final RaceRun races;
  private final Accesses accesses;
  private ExploredTask[] stepTasks = new ExploredTask[64];
  private int[] stepPlaces = new int[64];
  private int steps;
  private final Candidates candidates = new Candidates(this::of);
  private final Supplier<Candidates> ready = this::ready;
  private final Map<Object, ModelledMonitor> monitors = new IdentityHashMap<>();

  /** Those that wait for a monitor without being ready, because nobody else could run. */
  private final List<ExploredTask> parked = new ArrayList<>();

  private @Nullable VirtualScheduler scheduler;
  private @Nullable ExploredTask last;
  private long slices;
  private int planned = NONE;
  private int points;
  private long movesAtCut;
  private int pointsAfter;
  private long signature;
  private int pinnedPlace = NONE;
  private boolean over;

  private Explorer(Search search, @Nullable Strategy recorded, RaceRun races) {
    this.search = search;
    this.recorded = recorded;
    this.races = races;
    this.accesses = new Accesses(races);
  }

  /** What a task did, by its name. */
  public record Step(String task, int place) {}

  /** A run of a search, whose chance comes from {@code seed}. */
  public static Explorer searching(Search search, long seed, RaceRun races) {
    search.begin(seed);
    return new Explorer(search, null, races);
  }

  /** A run that repeats another one. */
  public static Explorer following(Strategy recorded, RaceRun races) {
    return new Explorer(new Fifo(), recorded, races);
  }

  /** What is seen of races in this run. */
  public RaceRun races() {
    return races;
  }

  @Override
  public void begins(VirtualScheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** What comes now is not searched: the loop is about to be closed. */
  public void ends() {
    if (!over) {
      over = true;
      races.settles();
      search.end();
    }
  }

  /** Whether tasks that are left are just being ended. */
  public boolean isOver() {
    return over;
  }

  /** What tasks did, as far as they told. */
  public List<Step> steps() {
    return IntStream.range(0, steps)
        .mapToObj(step -> new Step(stepTasks[step].record.name(), stepPlaces[step]))
        .toList();
  }

  private void addStep(ExploredTask task, int place) {
    if (steps == stepPlaces.length) {
      stepTasks = Arrays.copyOf(stepTasks, steps * 2);
      stepPlaces = Arrays.copyOf(stepPlaces, steps * 2);
    }
    stepTasks[steps] = task;
    stepPlaces[steps++] = place;
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
  public void beforeSlice() {
    slices++;
    races.settles();
    if (!over
        && points > MOST_POINTS + MOST_POINTS_IN_TURNS
        && Objects.requireNonNull(scheduler).movesToTimers() > movesAtCut) {
      throw new EndlessRunException();
    }
  }

  @Override
  public boolean wakesAny() {
    if (parked.isEmpty()) {
      return false;
    }
    List<ExploredTask> woken = parked.stream().filter(task -> !task.isHeldUp()).toList();
    parked.removeAll(woken); // first, since others may run while one is woken
    woken.forEach(task -> Objects.requireNonNull(scheduler).unparkForMonitor(task.record));
    return !woken.isEmpty();
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
      return chosen(ready, 0);
    }
    ExploredTask before = of(ready.task(ready.size() - 1));
    if (before == last && yieldsByItself(before)) {
      search.yields(before);
    }
    candidates.collect(null, ready);
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
    candidates.collect(task, ready);
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
        throw new TaskStoppedError();
      }
      return;
    }
    if (++points > MOST_POINTS) {
      goOnInTurns(loop);
      return;
    }
    ExploredTask task = of(running);
    races.settles();
    task.target = target;
    task.place = place;
    loop.mayLetOthersRun();
    if (planned != NONE) {
      planned = NONE;
      pinnedPlace = place;
    }
    last = task;
    accesses.makes(task, loop);
    if (recorded == null) {
      search.executes(task, ready);
    }
    addStep(task, place);
    signature = (signature + task.path) * SIGNATURE_FACTOR + place;
    task.leavesPlace();
  }

  @Override
  public void plain(@Nullable Object target, int index, int place) {
    ExploredTask task = running();
    if (task == null || target != null && isOutside(target, index)) {
      return;
    }
    if (!over && !wasCut()) {
      accesses.comesTo(task, target, index, place, Objects.requireNonNull(scheduler));
    }
    if (PlainPlaces.isPoint(place)) {
      task.index = index;
      access(target, place);
    }
  }

  /** Whether there is no such element, so that nothing is accessed. */
  private static boolean isOutside(Object target, int index) {
    return target.getClass().isArray() && (index < 0 || index >= Array.getLength(target));
  }

  @Override
  public void wakes(TaskRecord woken) {
    ExploredTask task = races.watches() ? running() : null;
    if (task != null) {
      accesses.wakes(task, of(woken));
    }
  }

  private void goOnInTurns(VirtualScheduler loop) {
    if (points == MOST_POINTS + 1) {
      movesAtCut = loop.movesToTimers();
    }
    if (points % TURN == 0) {
      loop.letOthersRun();
    }
  }

  @Override
  public void enter(Object monitor, int place) {
    access(monitor, place);
    VirtualScheduler loop = Objects.requireNonNull(scheduler);
    TaskRecord running = loop.running();
    if (running == null) {
      return;
    }
    ExploredTask task = of(running);
    ModelledMonitor modelled = monitors.computeIfAbsent(monitor, key -> new ModelledMonitor());
    boolean interrupted = false;
    while (modelled.isOfOther(task)
        && !Thread.holdsLock(monitor) // through code that does not tell
        && awaits(task, monitor, modelled, loop)) {
      interrupted |= Thread.interrupted();
    }
    task.awaited = null;
    modelled.entered(task);
    accesses.enters(task, monitor);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Returns when somebody has run, and may have exited the monitor; false if the task cannot wait.
   */
  private boolean awaits(
      ExploredTask task, Object monitor, ModelledMonitor modelled, VirtualScheduler loop) {
    task.awaited = modelled;
    if (ready().size() == 0) {
      if (over) {
        throw new TaskStoppedError();
      }
      parked.add(task);
      loop.parkForMonitor(monitor);
      parked.remove(task);
      return true;
    }
    long before = slices;
    loop.letOthersRun();
    last = task;
    return slices > before;
  }

  @Override
  public void exited(Object monitor) {
    ModelledMonitor modelled = monitors.get(monitor);
    ExploredTask task = running();
    accesses.exits(task, monitor);
    if (modelled != null && task != null && modelled.exited(task)) {
      wakesAny();
    }
  }

  @Override
  public void waits(Object monitor, int place) {
    access(monitor, place);
    tellWaitsIn(monitor);
    ModelledMonitor modelled = monitors.get(monitor);
    ExploredTask task = running();
    accesses.exits(task, monitor);
    if (modelled != null && task != null && modelled.waits(task)) {
      wakesAny();
    }
  }

  @Override
  public void waited(Object monitor) {
    tellWaitsIn(null);
    ModelledMonitor modelled = monitors.get(monitor);
    ExploredTask task = running();
    accesses.enters(task, monitor);
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

  /** Those that could run while the running task does not. */
  private Candidates ready() {
    candidates.collect(null, Objects.requireNonNull(scheduler));
    return candidates;
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
    ExploredTask task = new ExploredTask(record);
    record.mark(task);
    search.born(task);
    return task;
  }
}
