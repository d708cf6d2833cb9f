package dev.standstill.explore.report;

import dev.standstill.explore.program.Places;
import dev.standstill.explore.search.Story;
import dev.standstill.explore.search.Story.Step;
import dev.standstill.explore.search.Story.Turn;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which steps of a story matter: those on what more than one task uses, and those at a switch. For
 * one thread.
 */
final class Involved {

  /** What is used; two keys are equal if it is the same. */
  private record Used(int target, int location) {}

  private static final int ALL_OF_IT = -1;
  private static final int SEVERAL = -1;

  private final List<Step> steps;
  private final BitSet involved = new BitSet();
  private final Set<Object> targets = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<Object, Integer> numbers = new IdentityHashMap<>();

  Involved(Story story) {
    steps = story.steps();
    addShared();
    story.turns().forEach(this::addAround);
  }

  /** The numbers of the steps, in the order of time. */
  IntStream steps() {
    return involved.stream();
  }

  /** The objects that they use, each once, in no order. */
  Collection<Object> targets() {
    return targets;
  }

  /** The last step of a task before a number; -1 if there is none. */
  static int before(List<Step> steps, Turn turn) {
    return find(steps, turn, turn.step() - 1, index -> index - 1);
  }

  /** The first step of a task from a number on; -1 if there is none. */
  static int after(List<Step> steps, Turn turn) {
    return find(steps, turn, turn.step(), index -> index + 1);
  }

  private static int find(List<Step> steps, Turn turn, int from, IntUnaryOperator next) {
    int index = from;
    while (index >= 0 && index < steps.size()) {
      if (steps.get(index).task() == turn.before()) {
        return index;
      }
      index = next.applyAsInt(index);
    }
    return -1;
  }

  private void addShared() {
    Map<Used, Integer> tasks = new HashMap<>();
    List<@Nullable Used> used = new ArrayList<>();
    for (Step step : steps) {
      Used what = used(step);
      used.add(what);
      if (what != null) {
        tasks.merge(what, step.task(), (one, other) -> one.equals(other) ? one : SEVERAL);
      }
    }
    for (int index = 0; index < used.size(); index++) {
      Used what = used.get(index);
      if (what != null && tasks.getOrDefault(what, 0) == SEVERAL) {
        add(index);
      }
    }
  }

  private void addAround(Turn turn) {
    if (turn.interrupted()) {
      IntStream.of(before(steps, turn), after(steps, turn))
          .filter(index -> index >= 0)
          .forEach(this::add);
    }
  }

  private void add(int index) {
    involved.set(index);
    Object target = steps.get(index).target();
    if (target != null) {
      targets.add(target);
    }
  }

  /** Null if nothing can be shared there. */
  private @Nullable Used used(Step step) {
    boolean isField = step.site().isField();
    Object target = step.target();
    if (target == null && !isField) {
      return null;
    }
    int number = target == null ? 0 : numbers.computeIfAbsent(target, key -> numbers.size() + 1);
    return new Used(number, isField ? Places.location(step.place()) : ALL_OF_IT);
  }
}
