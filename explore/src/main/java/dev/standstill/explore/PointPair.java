package dev.standstill.explore;

import java.util.Comparator;

/**
 * Two points of a program at which two tasks have done something one right after the other. A bug
 * of threads is a few such pairs in a schedule; so how many have been met, and when the last was
 * new, says how much has been tried. Immutable.
 *
 * @param before what one task has done, and where
 * @param after what another did next
 */
public record PointPair(String before, String after) implements Comparable<PointPair> {

  private static final Comparator<PointPair> ORDER =
      Comparator.comparing(PointPair::before).thenComparing(PointPair::after);

  @Override
  public int compareTo(PointPair other) {
    return ORDER.compare(this, other);
  }
}
