package dev.standstill.explore.search;

import dev.standstill.core.Chance;
import dev.standstill.core.CodeOwner;
import dev.standstill.core.TaskRecord;
import dev.standstill.explore.program.Places;
import dev.standstill.explore.program.Site;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is noted of one run for its trace: what its tasks did, and where it mattered who did.
 * Confined to the loop of the run. People are shown the trace, and nothing of this but what is
 * written into it.
 */
public final class Story {

  /** The number of no task, in place of one's where none runs. */
  public static final int NOBODY = 0;

  private final List<Step> steps = new ArrayList<>();
  private final List<Turn> turns = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final Map<Integer, String> names = new LinkedHashMap<>();

  /** What the last step has written is known when it has been made. */
  private boolean isWriting;

  private boolean cut;

  /** How many slices of the run have ended. */
  private LongSupplier slices = () -> 0;

  Story() {}

  /**
   * A task did what others can race with.
   *
   * @param slice the number of the slice of the run
   * @param task its number
   * @param target to what object; null if that is static
   * @param value what was read or written; null if nobody knows
   */
  public record Step(
      long slice, int task, int place, @Nullable Object target, @Nullable Value value) {

    /** Where that was, and what. */
    public Site site() {
      return Places.site(place);
    }
  }

  /**
   * What was in a field or an atomic.
   *
   * @param object boxed if it is primitive
   */
  public record Value(@Nullable Object object) {}

  /** The run has departed from what is usual. */
  public sealed interface Event permits Turn, Incident {

    /** What repeats it. */
    Departure made();

    /** The number of the slice that runs instead, or in which it has happened. */
    long slice();

    /** How many steps had been made. */
    int step();

    /** The number of the task that ran until then, or {@link #NOBODY}. */
    int task();
  }

  /**
   * Another task went on than the one that would have without a switch.
   *
   * @param slice the number of the slice that runs instead
   * @param step how many steps had been made
   * @param place what the task was about to do that ran until then; -1 if that is not known
   * @param interrupted whether it could have gone on
   * @param before the number of that task
   * @param after the number of the one that went on
   * @param usual the number of the one that would have
   */
  public record Turn(
      Switch made,
      long slice,
      int step,
      int place,
      boolean interrupted,
      int before,
      int after,
      int usual)
      implements Event {

    @Override
    public int task() {
      return before;
    }
  }

  /**
   * Something has happened outside.
   *
   * @param slice the number of the slice that runs, or else of the next
   * @param step how many steps had been made
   * @param task the number of the task that ran, or {@link #NOBODY}
   * @param caller where that was in the program; empty if nobody knows
   */
  public record Incident(
      Happening made,
      long slice,
      int step,
      int task,
      Chance chance,
      Optional<StackTraceElement> caller)
      implements Event {

    /** What has happened, as a part of a sentence. */
    public String words() {
      return chance.words(made.way());
    }

    /** The file and the line; empty if nobody knows. */
    public String place() {
      return caller
          .filter(frame -> frame.getFileName() != null)
          .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
          .orElse("");
    }
  }

  void countsBy(LongSupplier slicesOfRun) {
    slices = slicesOfRun;
  }

  /** All steps, in the order of time. */
  public List<Step> steps() {
    return steps;
  }

  /** All switches, in the order of time. */
  public List<Turn> turns() {
    return turns;
  }

  /** All switches, and all that has happened outside, in the order of time. */
  public List<Event> events() {
    return events;
  }

  /** How the task of a number is called. */
  public String name(int task) {
    return names.getOrDefault(task, "unnamed-" + task);
  }

  /** Whether the run went on for so long that it was not followed to its end. */
  public boolean wasCut() {
    return cut;
  }

  void step(ExploredTask task, @Nullable Object target, int place) {
    settle();
    note(task.record);
    boolean writes = !Places.isRead(place);
    steps.add(
        new Step(
            slices.getAsLong() + 1,
            task.record.id(),
            place,
            target,
            writes ? null : Values.read(target, place)));
    isWriting = writes;
  }

  void switches(
      Moment when,
      ExploredTask before,
      boolean interrupted,
      ExploredTask after,
      ExploredTask usual) {
    settle();
    note(before.record);
    note(after.record);
    note(usual.record);
    Turn turn =
        new Turn(
            new Switch(when, after.path),
            slices.getAsLong() + 1,
            steps.size(),
            before.place,
            interrupted,
            before.record.id(),
            after.record.id(),
            usual.record.id());
    turns.add(turn);
    events.add(turn);
  }

  void happens(Happening happening, Chance chance, @Nullable ExploredTask running) {
    if (running != null) {
      note(running.record);
    }
    int task = running == null ? NOBODY : running.record.id();
    List<StackTraceElement> stack = List.of(new Throwable().getStackTrace());
    events.add(
        new Incident(
            happening,
            slices.getAsLong() + 1,
            steps.size(),
            task,
            chance,
            CodeOwner.placeIn(stack)));
  }

  /** The run is over. */
  void ends(boolean wasCut) {
    cut = wasCut;
    settle();
  }

  private void settle() {
    if (isWriting) {
      Step last = steps.removeLast();
      steps.add(
          new Step(
              last.slice,
              last.task,
              last.place,
              last.target,
              Values.read(last.target, last.place)));
      isWriting = false;
    }
  }

  private void note(TaskRecord task) {
    names.put(task.id(), task.name());
  }
}
