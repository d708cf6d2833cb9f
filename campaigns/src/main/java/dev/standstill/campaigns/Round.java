package dev.standstill.campaigns;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * One exploration of a campaign. Immutable. What it has seen depends on its subject, its number and
 * how many schedules it had time for, and on nothing else.
 *
 * @param number in the campaign, from 0
 * @param seed from which chance was drawn
 * @param schedules how many schedules were run
 * @param distinct how many of them differed
 * @param nanos how long it took, in real time
 * @param failed how many failed, by the digest of how they did
 */
record Round(
    long number, long seed, long schedules, long distinct, long nanos, Map<String, Long> failed) {

  /** The one that has seen most; then any, but always the same. */
  private static final Comparator<Round> BY_WORTH =
      Comparator.comparingLong(Round::schedules)
          .thenComparingLong(Round::distinct)
          .thenComparing(Comparator.comparingLong(Round::nanos).reversed())
          .thenComparingLong(Round::seed)
          .thenComparing(round -> round.failed.toString());

  Round {
    failed = new TreeMap<>(failed);
  }

  /** Of two that are the same round, run twice, the one that was given more time. */
  Round merge(Round again) {
    return BY_WORTH.compare(this, again) >= 0 ? this : again;
  }

  long times(String kind) {
    return failed.getOrDefault(kind, 0L);
  }
}
