package dev.standstill.explore.search;

import dev.standstill.core.Chance;
import dev.standstill.core.ExploringStrategy;
import dev.standstill.core.ReadyTasks;
import dev.standstill.core.Strategy;
import dev.standstill.core.TaskRecord;
import dev.standstill.core.TaskStoppedError;
import dev.standstill.core.VirtualScheduler;
import dev.standstill.explore.program.Places;
import dev.standstill.explore.program.StaticState;
import dev.standstill.explore.race.RaceRun;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of a program whose classes tell what they are about to do: asks a {@link Search}, or
 * follows a recorded schedule, at each such point. Confined to the loop of the run.
 */
public final class Explorer implements ExploringStrategy, StaticState.Owner {

  /** After so many points the run is no longer searched: it may have no end. */
  private static final int MOST_POINTS = 200_000;

  /** Or after so many if time has moved often until then, as in a server. */
  private static final int MOST_POINTS_AS_TIME_MOVES = 50_000;

  private static final int OFTEN = 1_000;

  /** After so many more it is given up. */
  private static final int MOST_POINTS_IN_TURNS = 10_000;

  /** Until then tasks take turns, after so many points each. */
  private static final int TURN = 64;

  /** After so many points when the run is over a task is ended: nothing else may end it. */
  private static final int MOST_POINTS_AFTER = 10_000;

  /** Of so many tasks it is noted when they run. */
  private static final int MOST_SPANS = 64;

  /** Where waits may end without a cause, one of so many does. */
  private static final Chance WAKES_WITHOUT_CAUSE = Chance.of(4, "a wait ends without a cause");

  private static final int NONE = -1;
  private static final long SIGNATURE_FACTOR = 0xD1342543DE82EF95L;

  private final Search search;
  private final RaceRun races;
  private final Accesses accesses;
  private final @Nullable Repetition repetition;
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
  private int mostPoints = MOST_POINTS;
  private int executed;
  private long movesAtCut;
  private int pointsAfter;
  private long signature;
  private int pinnedPlace = NONE;
  private boolean over;
  private boolean unseen;
  private boolean spuriousWakeUps;
  private StaticState statics = StaticState.ofJvm();
  private boolean hadChoice;
  private boolean notesSpans;

  /** Two places after each other of two tasks, in the halves of a number; null if not wanted. */
  private @Nullable LongSet pairs;

  private @Nullable ExploredTask lastToAct;
  private int placeOfLast;
  private final List<ExploredTask> tasks = new ArrayList<>();

  private Explorer(Search search, @Nullable Strategy recorded, RaceRun races) {
    this.search = search;
    this.races = races;
    this.accesses = new Accesses(races);
    this.repetition = recorded == null ? null : new Repetition(recorded, this::of);
  }

  /** A run of a search, whose chance comes from {@code seed}. */
  public static Explorer searching(Search search, long seed, RaceRun races) {
    search.begin(seed);
    return new Explorer(search, null, races);
  }

  /** A run that repeats another one. */
  public static Explorer following(Strategy recorded, RaceRun races) {
    return new Explorer(new Scripted(List.of()), recorded, races);
  }

  /** What is seen of races in this run. */
  public RaceRun races() {
    return races;
  }

  /** Lets waits end without a cause, or not; before the run. */
  public Explorer spuriousWakeUps(boolean allowed) {
    spuriousWakeUps = allowed;
    return this;
  }

  /** Notes when each task runs, or not; before the run. */
  public Explorer overlaps(boolean wanted) {
    notesSpans = wanted;
    return this;
  }

  /** Notes which places of two tasks come after each other, or not; before the run. */
  public Explorer coverage(boolean wanted) {
    pairs = wanted ? new LongSet() : null;
    return this;
  }

  /**
   * Which places of two tasks came after each other, one in each half of a number; null if that was
   * not asked for.
   */
  public @Nullable LongSet pairs() {
    return pairs;
  }

  /** Sets what tells how many slices of the run have ended; before the run. */
  public Explorer countsBy(LongSupplier slicesOfRun) {
    if (repetition != null) {
      repetition.story().countsBy(slicesOfRun);
    }
    return this;
  }

  /** Sets where the classes count that the run initialises; before the run. */
  public void statics(StaticState own) {
    statics = own;
  }

  @Override
  public StaticState statics() {
    return statics;
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
      if (repetition != null) {
        repetition.story().ends(wasCut());
      }
    }
  }

  /** Lets the running task do what is no part of the program. */
  public void unseen(Runnable action) {
    unseen = true;
    try {
      action.run();
    } finally {
      unseen = false;
    }
  }

  /** Whether tasks that are left are just being ended. */
  public boolean isOver() {
    return over;
  }

  /** What tasks did, as far as they told; of a run that repeats another one. */
  public Story story() {
    return Objects.requireNonNull(repetition, "a repetition").story();
  }

  /** Differs between runs in which tasks made their accesses in another order. */
  public long signature() {
    return signature;
  }

  /** Whether the run went on for so long that it was not searched to its end. */
  public boolean wasCut() {
    return points > mostPoints;
  }

  /** At how many points tasks have told what they were about to do. */
  public long points() {
    return points;
  }

  /** Whether more than one task could run at any time. */
  public boolean hadChoice() {
    return hadChoice;
  }

  /** When each task ran, of the first ones; empty if that was not asked for. */
  public List<Span> spans() {
    List<Span> spans = new ArrayList<>(tasks.size());
    for (ExploredTask task : tasks) {
      if (task.lastPoint > 0) {
        spans.add(Span.of(task));
      }
    }
    return spans;
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
        && points > mostPoints + MOST_POINTS_IN_TURNS
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
  public @Nullable HeldUp heldUp(TaskRecord record) {
    if (!(record.mark() instanceof ExploredTask task) || !task.isHeldUp()) {
      return null;
    }
    ExploredTask owner = Objects.requireNonNull(task.awaited).owner();
    return task.awaitedObject == null || owner == null
        ? null
        : new HeldUp(task.awaitedObject, owner.record);
  }

  @Override
  public int choose(ReadyTasks ready) {
    if (planned != NONE) {
      int position = planned;
      planned = NONE;
      return chosen(ready, position);
    }
    if (repetition != null) {
      candidates.collectAfter(last, ready);
      return chosen(ready, repetition.choose(ready, candidates, isSearched()));
    }
    if (!isSearched()) {
      return chosen(ready, 0);
    }
    ExploredTask before = of(ready.task(ready.size() - 1));
    if (before == last && yieldsByItself(before)) {
      search.yields(before);
    }
    candidates.collectAfter(last, ready);
    int position =
        switch (candidates.size()) {
          case 0 -> 0; // it waits for its monitor in earnest
          case 1 -> candidates.position(0);
          default -> {
            hadChoice = true;
            yield candidates.position(search.pick(candidates));
          }
        };
    if (last != null) {
      last.asks++;
    }
    return chosen(ready, position);
  }

  private boolean isSearched() {
    return !over && !wasCut();
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
    ExploredTask task = of(running);
    candidates.collect(task, ready);
    // What starts a program is none of its tasks, and tells nothing.
    hadChoice |= candidates.size() > 1 && (task.isKnown() || task.points > 0);
    boolean yields =
        isSearched()
            && candidates.size() > 1
            && (++task.solo > search.patience() || Places.isPause(task.place));
    boolean preempts =
        repetition == null
            ? isSearched() && candidates.size() > 1 && preempts(task, yields)
            : repetition.preempts(handOver, ready, task, yields ? candidates.get(1) : task);
    task.asks++;
    if (preempts) {
      task.solo = 0;
    }
    return preempts;
  }

  private boolean preempts(ExploredTask task, boolean yields) {
    int pick;
    if (yields) {
      search.yields(task);
      pick = 1 + search.pickAfterYield(candidates);
    } else {
      pick = search.pick(candidates);
    }
    if (pick == 0) {
      return false;
    }
    planned = candidates.position(pick);
    return true;
  }

  @Override
  public void access(@Nullable Object target, int place) {
    VirtualScheduler loop = Objects.requireNonNull(scheduler);
    TaskRecord running = loop.running();
    if (running == null || unseen) {
      return;
    }
    if (over) {
      if (++pointsAfter > MOST_POINTS_AFTER) {
        throw new TaskStoppedError();
      }
      return;
    }
    if (++points == MOST_POINTS_AS_TIME_MOVES && loop.movesToTimers() > OFTEN) {
      mostPoints = points;
    }
    if (points > mostPoints) {
      goOnInTurns(loop);
      return;
    }
    ExploredTask task = of(running);
    races.settles();
    task.target = target;
    task.place = place;
    task.points++;
    task.asks = 0;
    loop.mayLetOthersRun();
    task.asks = 1;
    if (planned != NONE) {
      planned = NONE;
      pinnedPlace = place;
    }
    last = task;
    notePair(task, place);
    accesses.makes(task, loop);
    task.lastPoint = ++executed;
    if (task.firstPoint == 0) {
      task.firstPoint = executed;
    }
    if (repetition == null) {
      search.executes(task, ready);
    } else {
      repetition.goesOn();
      repetition.story().step(task, target, place);
    }
    signature = (signature + task.path) * SIGNATURE_FACTOR + place;
    task.leavesPlace();
  }

  private void notePair(ExploredTask task, int place) {
    if (pairs != null) {
      if (lastToAct != null && lastToAct != task) {
        pairs.add((long) placeOfLast << 32 | place);
      }
      lastToAct = task;
      placeOfLast = place;
    }
  }

  @Override
  public void plain(@Nullable Object target, int index, int place) {
    ExploredTask task = running();
    boolean isPoint = races.isPoint(place);
    boolean isOfInterest = !unseen && (isPoint || races.watches());
    if (task == null || !isOfInterest || target != null && isOutside(target, index)) {
      return;
    }
    if (!over && !wasCut()) {
      accesses.comesTo(task, target, index, place, Objects.requireNonNull(scheduler));
    }
    if (isPoint) {
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
    if (points == mostPoints + 1) {
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
    task.awaitedObject = monitor;
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

  @Override
  public boolean wakesWithoutCause() {
    VirtualScheduler loop = Objects.requireNonNull(scheduler);
    TaskRecord running = loop.running();
    if (!spuriousWakeUps || running == null || over || wasCut()) {
      return false;
    }
    boolean wakes = loop.decides(number -> draw(number, WAKES_WITHOUT_CAUSE, of(running)) > 0);
    if (wakes && running.isAboutToWait()) {
      running.waitsBriefly();
    }
    return wakes;
  }

  @Override
  public int draw(int decision, Chance chance) {
    if (!isSearched()) {
      return 0;
    }
    hadChoice = true;
    int way = draw(decision, chance, running());
    signature = signature * SIGNATURE_FACTOR + way;
    return way;
  }

  private int draw(int decision, Chance chance, @Nullable ExploredTask running) {
    return repetition == null
        ? search.draw(chance, running)
        : repetition.draw(decision, chance, running);
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
    if (notesSpans && tasks.size() < MOST_SPANS) {
      tasks.add(task);
    }
    search.born(task);
    return task;
  }
}
