package dev.standstill.campaigns;

import dev.standstill.explore.PointPair;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;

/**
 * What has been seen of one subject. Immutable. Each part is merged so that it does not matter in
 * which order, and how often, results are put together.
 *
 * @param jdks on which it was explored
 * @param shards of which there are results
 * @param rounds by their numbers
 * @param pairs of points that came one right after the other, with the number of the first round in
 *     which they did
 * @param failures by the digests of their kinds
 */
record SubjectResult(
    SortedSet<String> jdks,
    SortedSet<String> shards,
    SortedMap<Long, Round> rounds,
    SortedMap<PointPair, Long> pairs,
    SortedMap<String, FoundFailure> failures) {

  static SubjectResult empty() {
    return new SubjectResult(
        new TreeSet<>(), new TreeSet<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
  }

  SubjectResult merge(SubjectResult other) {
    return new SubjectResult(
        union(jdks, other.jdks),
        union(shards, other.shards),
        union(rounds, other.rounds, Round::merge),
        union(pairs, other.pairs, Math::min),
        union(failures, other.failures, FoundFailure::merge));
  }

  private static <T> SortedSet<T> union(SortedSet<T> one, SortedSet<T> other) {
    SortedSet<T> union = new TreeSet<>(one);
    union.addAll(other);
    return union;
  }

  private static <K, V> SortedMap<K, V> union(
      SortedMap<K, V> one, SortedMap<K, V> other, BinaryOperator<V> merge) {
    SortedMap<K, V> union = new TreeMap<>(one);
    other.forEach((key, value) -> union.merge(key, value, merge));
    return union;
  }

  /** How many schedules were run. */
  long schedules() {
    return rounds.values().stream().mapToLong(Round::schedules).sum();
  }

  /** For how long, one shard after the other. */
  long nanos() {
    return rounds.values().stream().mapToLong(Round::nanos).sum();
  }

  /** How many schedules failed in one way. */
  long times(String kind) {
    return rounds.values().stream().mapToLong(round -> round.times(kind)).sum();
  }

  /** After how many schedules the last pair was new; 0 if there is none. */
  long schedulesToLastNewPair() {
    Collection<Long> news = pairs.values();
    long last = news.stream().mapToLong(Long::longValue).max().orElse(-1);
    return rounds.headMap(last + 1).values().stream().mapToLong(Round::schedules).sum();
  }

  /** How many pairs were new in each round. */
  Map<Long, Long> newPairs() {
    Map<Long, Long> counts = new TreeMap<>();
    pairs.values().forEach(round -> counts.merge(round, 1L, Long::sum));
    return counts;
  }
}
