package dev.standstill.explore.report;

import dev.standstill.explore.program.Site;
import dev.standstill.explore.program.Site.Action;
import dev.standstill.explore.search.Story;
import dev.standstill.explore.search.Story.Event;
import dev.standstill.explore.search.Story.Incident;
import dev.standstill.explore.search.Story.Step;
import dev.standstill.explore.search.Story.Turn;
import dev.standstill.test.BlockedTask;
import dev.standstill.test.DeadlockException;
import dev.standstill.test.Trace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes into the trace of a run what its story has noted: where it departs from one that passes,
 * and what tasks did to the things that more than one of them uses. All that people are shown is
 * made of that trace. For one thread.
 */
public final class StoryTrace {

  private final Story story;
  private final Labels labels;
  private final DepartureWords words;
  private final List<Trace.Step> steps = new ArrayList<>();
  private final List<Trace.Departure> departures = new ArrayList<>();

  /** After which tasks wait for ever. */
  private final Set<Step> blocked = Collections.newSetFromMap(new IdentityHashMap<>());

  private StoryTrace(Story story, @Nullable Throwable failure) {
    this.story = story;
    this.words = new DepartureWords(story);
    Involved mattering = new Involved(story);
    this.labels = new Labels(mattering.targets(), story.steps());
    if (failure instanceof DeadlockException deadlock) {
      deadlock.blocked().forEach(this::addBlocked);
    }
    int[] shown = mattering.steps().toArray();
    int next = 0;
    for (EventGroup group : EventGroup.of(story)) {
      while (next < shown.length && shown[next] < group.event().step()) {
        add(story.steps().get(shown[next++]));
      }
      add(group);
    }
    while (next < shown.length) {
      add(story.steps().get(shown[next++]));
    }
  }

  /**
   * Adds what a story has noted to a trace of the same run.
   *
   * @param failure how the run ended; null if it passed
   */
  public static Trace of(Trace run, Story story, @Nullable Throwable failure) {
    StoryTrace told = new StoryTrace(story, failure);
    return run.withDepartures(told.departures, told.steps).withEnd(Trace.End.of(failure));
  }

  /** Tasks wait for what they have used last; its number is to be that of the message. */
  private void addBlocked(BlockedTask task) {
    Optional<Step> last =
        story.steps().reversed().stream().filter(step -> step.task() == task.id()).findFirst();
    Object object = task.object();
    if (last.isPresent() && object != null) {
      Object target = last.get().target();
      if (target != null) {
        labels.number(target, object);
      }
      blocked.add(last.get());
    }
  }

  private void add(Step step) {
    Site site = step.site();
    String text = text(step) + (blocked.contains(step) ? ", waits" : "");
    steps.add(new Trace.Step(step.slice(), step.task(), site.where(), site.inMethod(), text));
  }

  private void add(EventGroup group) {
    Event event = group.event();
    departures.add(
        new Trace.Departure(
            event.slice(),
            event.task(),
            event instanceof Turn turn ? turn.after() : 0,
            steps.size(),
            group.times(),
            event instanceof Incident incident ? incident.place() : "",
            DepartureWords.what(event),
            words.text(event)));
  }

  private String text(Step step) {
    Site site = step.site();
    Object target = step.target();
    String what =
        switch (site.action()) {
          case READS, WRITES -> site.action() + " " + ofTarget(step, site.member());
          case CALLS -> ofTarget(step, site.asWritten()) + "()";
          case ENTERS, WAITS ->
              (site.action() == Action.ENTERS ? "enters monitor of " : "waits in monitor of ")
                  + (target == null ? "?" : labels.target(target));
        };
    return step.value() == null ? what : what + ": " + labels.value(step.value().object());
  }

  /** Says on which object, if there are several. */
  private String ofTarget(Step step, String member) {
    Object target = step.target();
    if (target == null || !labels.isOneOfMany(target)) {
      return member;
    }
    return labels.target(target) + "." + step.site().member();
  }
}
