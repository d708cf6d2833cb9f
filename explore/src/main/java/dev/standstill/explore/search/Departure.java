package dev.standstill.explore.search;

/**
 * One way in which a schedule differs from the one that goes on with each task until it waits, and
 * then with the one that is ready the longest, and in which nothing happens outside.
 */
public sealed interface Departure permits Switch, Happening {

  /** At which decision. */
  Moment when();
}
