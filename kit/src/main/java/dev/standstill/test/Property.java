package dev.standstill.test;

import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * What is to hold of a run: always, sometimes, or in the end.
 *
 * <pre>{@code
 * try (var _ = Property.always(loop, "at most one leader", () -> cluster.leaders() <= 1)) {
 *   cluster.live();
 * }
 * Property.sometimes(loop, "a leader was elected again", cluster.elections() > 1);
 * Property.inTheEnd(loop, "all have the same log", Duration.ofMinutes(1), cluster::agrees);
 * }</pre>
 *
 * <p>The three kinds are those of temporal logic that simulation tests get along with; "sometimes"
 * is from FoundationDB's {@code TEST} macro.
 */
public final class Property {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

  private Property() {}

  /** A property that is checked until this is closed. */
  public interface Watch extends AutoCloseable {
    /** Checks it no more; does nothing if it is closed. */
    @Override
    void close();
  }

  /**
   * Checks from now on, after each slice of each task, that something holds. Where it does not, the
   * run ends with a {@link BrokenPropertyException} that names the task that has run.
   *
   * @param loop the loop of the tasks
   * @param name what holds, for messages
   * @param holds called between the slices, on the thread that drives: reads what tasks have
   *     written, waits for nothing and changes nothing
   * @return to end that
   */
  public static Watch always(TestLoop loop, String name, BooleanSupplier holds) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(holds, "holds");
    return ((VirtualTimeLoop) loop).properties().always(name, holds);
  }

  /**
   * Notes whether something that is to happen in some runs, though not in each, has happened in
   * this one. An exploration, and a test that runs under many seeds, tells when it has happened in
   * none of the schedules: such a test shows less than it seems to.
   *
   * @param loop the loop of the run
   * @param name what has happened, for messages
   * @param seen whether it has; true once is enough
   */
  public static void sometimes(TestLoop loop, String name, boolean seen) {
    Objects.requireNonNull(name, "name");
    ((VirtualTimeLoop) loop).properties().sometimes(name, seen);
  }

  /**
   * Returns when something holds, which is looked at each 10 ms of virtual time.
   *
   * @param loop whose task calls
   * @param name what holds, for messages
   * @param within how long that may take, in virtual time
   * @param holds called by the calling task
   * @throws BrokenPropertyException if it does not hold by then
   * @throws InterruptedException if the task is interrupted
   */
  public static void inTheEnd(TestLoop loop, String name, Duration within, BooleanSupplier holds)
      throws InterruptedException {
    Objects.requireNonNull(name, "name");
    var until = loop.now().plus(within);
    while (!holds.getAsBoolean()) {
      if (!loop.now().isBefore(until)) {
        throw new BrokenPropertyException(
            name,
            "%s: \"%s\" does not hold after %s.%s"
                .formatted(loop, name, within, ((VirtualTimeLoop) loop).howToRepeat()),
            null);
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
  }
}
