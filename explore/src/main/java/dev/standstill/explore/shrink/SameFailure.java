package dev.standstill.explore.shrink;

import dev.standstill.core.CodeOwner;
import dev.standstill.test.BlockedTask;
import dev.standstill.test.BrokenPropertyException;
import dev.standstill.test.DeadlockException;
import dev.standstill.test.ExitException;
import dev.standstill.test.OutsideWaitException;
import dev.standstill.test.StuckTaskException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What two failures have in common that come of one mistake: the classes of the exceptions, each
 * with the first place of the program in its stack, or the property that does not hold; of a
 * deadlock, the places at which tasks are blocked. Immutable.
 */
public final class SameFailure {

  private static final int MOST_CAUSES = 20;

  private final List<String> exceptions;
  private final Set<String> places;
  private final boolean takesRealTime;

  private SameFailure(List<String> exceptions, Set<String> places, boolean takesRealTime) {
    this.exceptions = exceptions;
    this.places = places;
    this.takesRealTime = takesRealTime;
  }

  /** What tells that another failure is the same as this one. */
  public static SameFailure as(Throwable failure) {
    List<String> exceptions = new ArrayList<>();
    for (Throwable at = failure;
        at != null && exceptions.size() < MOST_CAUSES;
        at = at.getCause()) {
      exceptions.add(at.getClass().getName() + place(at));
    }
    Set<String> places = new TreeSet<>();
    if (failure instanceof DeadlockException deadlock) {
      deadlock.blocked().forEach(task -> places.add(place(task)));
    }
    return new SameFailure(
        exceptions,
        places,
        failure instanceof StuckTaskException || failure instanceof OutsideWaitException);
  }

  /** Whether another failure comes of the same mistake. */
  public boolean is(Throwable other) {
    SameFailure that = as(other);
    return exceptions.equals(that.exceptions) && places.equals(that.places);
  }

  /** Whether each run with this failure waits for real time to pass, so that many take too long. */
  public boolean takesRealTime() {
    return takesRealTime;
  }

  /** All that counts, in one line. */
  public String whole() {
    return String.join(", because of ", exceptions) + blocked();
  }

  /** In one line: the exception, and the first place of the program in it or its causes. */
  @Override
  public String toString() {
    String first = exceptions.getFirst();
    return exceptions.stream().filter(text -> text.contains(" at ")).findFirst().orElse(first)
        + blocked();
  }

  private String blocked() {
    return places.isEmpty() ? "" : ", blocked on " + String.join(", on ", places);
  }

  /** What ends a run from outside has no place in it. */
  private static String place(Throwable failure) {
    if (failure instanceof DeadlockException) {
      return "";
    }
    if (failure instanceof BrokenPropertyException broken) {
      return " of \"" + broken.property() + "\"";
    }
    if (failure instanceof ExitException) {
      return " " + failure.getMessage();
    }
    return CodeOwner.placeIn(List.of(failure.getStackTrace()))
        .map(frame -> " at " + frame)
        .orElse("");
  }

  private static String place(BlockedTask task) {
    return task.on() + " at " + task.ownFrame().map(Object::toString).orElse("");
  }
}
