package dev.standstill.explore.search;

/**
 * Something happens outside that need not happen, such as that a packet is lost.
 *
 * @param when at which of the decisions about this
 * @param what tells it from what else may happen then
 * @param way in which way it happens, from 1
 */
public record Happening(Moment when, String what, int way) implements Departure {

  /** The same in such a way. */
  Happening inWay(int other) {
    return new Happening(when, what, other);
  }
}
