package dev.standstill.explore.shrink;

import dev.standstill.explore.search.Departure;
import dev.standstill.explore.search.Moment;
import dev.standstill.explore.search.Switch;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Schedules that are like a failing one: one or two departures are taken out, as two may only undo
 * each other, or one switch leads to another task, which passes by who ran in between; or both.
 * Immutable.
 */
final class Neighbours {

  private final List<Departure> departures;

  Neighbours(List<Departure> departures) {
    this.departures = departures;
  }

  /** All of them, those with the fewest changes first; made one by one, as they are asked for. */
  Stream<List<Departure>> all() {
    Stream<List<Departure>> pairs = withoutTwo();
    Stream<List<Departure>> others =
        Stream.of(Stream.of(departures), withoutOne(), withoutTwo()).flatMap(lists -> lists);
    return Stream.concat(pairs, others.flatMap(this::withOneChanged));
  }

  private Stream<List<Departure>> withoutOne() {
    return indices().mapToObj(index -> DeltaDebugging.without(departures, index, index + 1));
  }

  private Stream<List<Departure>> withoutTwo() {
    return indices()
        .boxed()
        .flatMap(first ->
            IntStream.range(first + 1, departures.size())
                .mapToObj(second -> {
                  List<Departure> rest = DeltaDebugging.without(departures, second, second + 1);
                  return DeltaDebugging.without(rest, first, first + 1);
                }));
  }

  private Stream<List<Departure>> withOneChanged(List<Departure> some) {
    return IntStream.range(0, some.size())
        .boxed()
        .flatMap(index ->
            some.get(index) instanceof Switch one ? changed(some, index, one) : Stream.empty());
  }

  private Stream<List<Departure>> changed(List<Departure> some, int index, Switch one) {
    return tasks()
        .filter(task -> task != one.to())
        .mapToObj(task -> {
          List<Departure> changed = new ArrayList<>(some);
          changed.set(index, new Switch(one.when(), task));
          return changed;
        });
  }

  private IntStream indices() {
    return IntStream.range(0, departures.size());
  }

  private LongStream tasks() {
    return departures.stream()
        .flatMapToLong(one ->
            one instanceof Switch(Moment when, long to)
                ? LongStream.of(when.task(), to)
                : LongStream.empty())
        .distinct();
  }
}
