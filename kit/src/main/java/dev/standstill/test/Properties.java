package dev.standstill.test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What is to hold of the run of one loop, and what has been seen of it. */
final class Properties {

  private final List<Invariant> invariants = new ArrayList<>();

  /** By name; guarded by itself. */
  private final Map<String, Boolean> sometimes = new TreeMap<>();

  /** One thing that holds after each slice. */
  private final class Invariant implements Property.Watch {
    private final String name;
    private final BooleanSupplier holds;

    Invariant(String name, BooleanSupplier holds) {
      this.name = name;
      this.holds = holds;
    }

    @Override
    public void close() {
      invariants.remove(this);
    }
  }

  Property.Watch always(String name, BooleanSupplier holds) {
    Invariant added = new Invariant(name, holds);
    invariants.add(added);
    return added;
  }

  void sometimes(String name, boolean seen) {
    synchronized (sometimes) {
      sometimes.merge(name, seen, Boolean::logicalOr);
    }
  }

  /**
   * Whether each thing was seen that was to be seen sometimes, by its name. Any thread may call.
   */
  Map<String, Boolean> seen() {
    synchronized (sometimes) {
      return sometimes.isEmpty() ? Collections.emptyMap() : new TreeMap<>(sometimes);
    }
  }

  boolean areAny() {
    return !invariants.isEmpty();
  }

  /** The first that does not hold now; null if all do. It is watched no more. */
  @Nullable Broken broken() {
    for (Invariant invariant : invariants) {
      try {
        if (!invariant.holds.getAsBoolean()) {
          invariant.close();
          return new Broken(invariant.name, null);
        }
      } catch (RuntimeException | AssertionError e) {
        invariant.close();
        return new Broken(invariant.name, e);
      }
    }
    return null;
  }

  /**
   * @param failure what the check has thrown; null if it has said no
   */
  record Broken(String name, @Nullable Throwable failure) {}
}
