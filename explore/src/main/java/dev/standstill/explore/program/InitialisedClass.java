package dev.standstill.explore.program;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A class that was initialised, and that can be so again. For the thread that initialises it, and
 * then for those that do so again, one after the other.
 */
final class InitialisedClass {

  private final StaticState owner;
  private final MethodHandles.Lookup lookup;
  private final int firstStep;
  private final int lastStep;

  /** The classes that were initialised because of a step. */
  private final Map<Integer, List<InitialisedClass>> ledTo = new HashMap<>();

  private int step;
  private boolean hasEnded;
  private @Nullable MethodHandle again;

  /** In which round it was initialised last. */
  long lastRound;

  InitialisedClass(StaticState owner, MethodHandles.Lookup lookup, int firstStep, int lastStep) {
    this.owner = owner;
    this.lookup = lookup;
    this.firstStep = firstStep;
    this.lastStep = lastStep;
  }

  StaticState owner() {
    return owner;
  }

  String name() {
    return lookup.lookupClass().getName();
  }

  boolean hasStep(int number) {
    return firstStep <= number && number <= lastStep;
  }

  /** Returns whether that is the end. */
  boolean comesTo(int number) {
    step = number;
    hasEnded |= number == lastStep;
    return number == lastStep;
  }

  /** Whether its initialiser has ever come to an end; if not, the class cannot be used. */
  boolean hasEnded() {
    return hasEnded;
  }

  /** The step at which it is has led to another class. */
  void leadsTo(InitialisedClass other) {
    ledTo.computeIfAbsent(step, key -> new ArrayList<>()).add(other);
  }

  /** What the step at which it is has led to before. */
  List<InitialisedClass> ledTo() {
    return List.copyOf(ledTo.getOrDefault(step, List.of()));
  }

  /** Runs what its initialiser has run. */
  void initialiseAgain() throws Throwable {
    MethodHandle known = again;
    if (known == null) {
      known =
          lookup.findStatic(
              lookup.lookupClass(), StaticReset.METHOD, MethodType.methodType(void.class));
      again = known;
    }
    known.invokeExact();
  }
}
