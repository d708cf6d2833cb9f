package dev.standstill.junit.flakes;

/** What is known of a test. */
enum Verdict {
  /** It has passed under all schedules so far. */
  PASSES,
  /** It passes under some schedules and fails under others, each time again. */
  FLICKERS,
  /** It fails first in, first out. */
  BROKEN,
  /** It does not do the same again under one schedule, so nothing can be said of others. */
  UNREPEATABLE,
  /** It cannot be explored, though it passes. */
  UNEXPLORED
}
