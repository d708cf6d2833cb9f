package dev.standstill.explore.shrink;

import dev.standstill.explore.search.Switch;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Schedules that are like a failing one: one or two switches are taken out, as two may only undo
 * each other, or one leads to another task, which passes by who ran in between; or both. Immutable.
 */
final class Neighbours {

  private final List<Switch> switches;

  Neighbours(List<Switch> switches) {
    this.switches = switches;
  }

  /** All of them, those with the fewest changes first; made one by one, as they are asked for. */
  Stream<List<Switch>> all() {
    Stream<List<Switch>> pairs = withoutTwo();
    Stream<List<Switch>> others =
        Stream.of(Stream.of(switches), withoutOne(), withoutTwo()).flatMap(lists -> lists);
    return Stream.concat(pairs, others.flatMap(this::withOneChanged));
  }

  private Stream<List<Switch>> withoutOne() {
    return indices().mapToObj(index -> DeltaDebugging.without(switches, index, index + 1));
  }

  private Stream<List<Switch>> withoutTwo() {
    return indices()
        .boxed()
        .flatMap(first ->
            IntStream.range(first + 1, switches.size())
                .mapToObj(second -> {
                  List<Switch> rest = DeltaDebugging.without(switches, second, second + 1);
                  return DeltaDebugging.without(rest, first, first + 1);
                }));
  }

  private Stream<List<Switch>> withOneChanged(List<Switch> some) {
    return IntStream.range(0, some.size())
        .boxed()
        .flatMap(index ->
            tasks()
                .filter(task -> task != some.get(index).to())
                .mapToObj(task -> {
                  List<Switch> changed = new ArrayList<>(some);
                  changed.set(index, new Switch(some.get(index).when(), task));
                  return changed;
                }));
  }

  private IntStream indices() {
    return IntStream.range(0, switches.size());
  }

  private LongStream tasks() {
    return switches.stream()
        .flatMapToLong(one -> LongStream.of(one.when().task(), one.to()))
        .distinct();
  }
}
