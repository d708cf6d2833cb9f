package dev.standstill.explore.shrink;

import dev.standstill.explore.search.Departure;
import dev.standstill.test.Trace;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the run that passes and is the nearest to one that fails: one departure is left out, the
 * last that will do, for then both go the same way for the longest; else all are. For one thread.
 */
public final class NearestPassing {

  /** Of a failing run that could not be made small, each run without one departure may fail. */
  private static final int MOST_TRIES = 50;

  private final Function<List<Departure>, @Nullable Trace> run;
  private final BooleanSupplier stop;

  /**
   * @param run runs the program with some departures; returns what it ran, or null if it fails
   * @param stop true when there is no more time
   */
  public NearestPassing(Function<List<Departure>, @Nullable Trace> run, BooleanSupplier stop) {
    this.run = run;
    this.stop = stop;
  }

  /**
   * Looks for it.
   *
   * @param told what was told of the failing run, in which what is alike is one
   * @param made the same, one by one
   * @return null if there is none, or not soon
   */
  public Trace.@Nullable Passing find(List<Trace.Departure> told, List<Departure> made) {
    int end = made.size();
    int least = Math.max(0, told.size() - MOST_TRIES);
    for (int index = told.size() - 1; index >= least && !stop.getAsBoolean(); index--) {
      int begin = end - told.get(index).times();
      Trace trace = run.apply(DeltaDebugging.without(made, begin, end));
      if (trace != null) {
        return new Trace.Passing(List.of(index + 1), trace);
      }
      end = begin;
    }
    Trace usual = told.size() > 1 && !stop.getAsBoolean() ? run.apply(List.of()) : null;
    return usual == null
        ? null
        : new Trace.Passing(IntStream.rangeClosed(1, told.size()).boxed().toList(), usual);
  }
}
