package dev.standstill.explore.search;

import dev.standstill.core.Chance;
import dev.standstill.core.ReadyTasks;
import dev.standstill.core.Strategy;
import dev.standstill.core.TaskRecord;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Follows a recorded schedule, and tells a {@link Story} where it departs from the one that goes on
 * with each task until it waits, and in which nothing happens outside. Confined to the loop of its
 * run.
 */
final class Repetition {

  private final Strategy recorded;
  private final Function<TaskRecord, ExploredTask> view;
  private final Story story = new Story();
  private final Outside outside = new Outside();

  /** Who is about to be made to wait, and who would run then without a switch; else null. */
  private @Nullable ExploredTask interrupted;

  private @Nullable ExploredTask heir;
  private @Nullable Moment moment;

  /**
   * @param view how strategies see a task
   */
  Repetition(Strategy recorded, Function<TaskRecord, ExploredTask> view) {
    this.recorded = recorded;
    this.view = view;
  }

  Story story() {
    return story;
  }

  /**
   * Decides whether the running task lets others run first.
   *
   * @param heir who would run if nothing was recorded: another one, or the task
   */
  boolean preempts(int handOver, ReadyTasks ready, ExploredTask running, ExploredTask heir) {
    if (!recorded.preempts(handOver, running.record, ready)) {
      return false;
    }
    this.interrupted = running;
    this.moment = Moment.of(running);
    this.heir = heir;
    return true;
  }

  /**
   * Decides in which way something happens outside.
   *
   * @param running the task that it happens to; null if none runs
   * @return from 1; 0 if it does not
   */
  int draw(int number, Chance chance, @Nullable ExploredTask running) {
    Happening happening = outside.next(running, chance.what());
    int way = recorded.draw(number, chance);
    if (way > 0) {
      story.happens(happening.inWay(way), chance, running);
    }
    return way;
  }

  /** The task that was to wait goes on, because it could not. */
  void goesOn() {
    interrupted = null;
  }

  /**
   * Chooses who runs next.
   *
   * @param candidates those that do not wait for a monitor, and who ran last
   */
  int choose(ReadyTasks ready, Candidates candidates, boolean isSearched) {
    int position = recorded.choose(ready);
    ExploredTask chosen = view.apply(ready.task(position));
    if (interrupted != null && moment != null && heir != null) {
      tell(isSearched, moment, interrupted, chosen, heir);
    } else if (candidates.before() != null) {
      ExploredTask before = candidates.before();
      tell(isSearched, Moment.of(before), before, chosen, first(candidates, ready));
      before.asks++;
    }
    interrupted = null;
    return position;
  }

  private void tell(
      boolean isSearched,
      Moment when,
      ExploredTask before,
      ExploredTask chosen,
      ExploredTask usual) {
    if (isSearched && chosen != usual) {
      story.switches(when, before, interrupted != null, chosen, usual);
    }
  }

  private ExploredTask first(Candidates candidates, ReadyTasks ready) {
    return candidates.size() == 0 ? view.apply(ready.task(0)) : candidates.get(0);
  }
}
