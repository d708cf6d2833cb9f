package dev.standstill.campaigns;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is known of a campaign: the results of a shard, or of several that were merged. Immutable.
 *
 * <p>{@link #merge} is commutative, associative and idempotent: results may be put together in any
 * order, in part, and more than once.
 */
public final class CampaignResults {

  private static final CampaignResults NONE = new CampaignResults(new TreeMap<>());

  private final SortedMap<CampaignSubject, SubjectResult> subjects;

  CampaignResults(SortedMap<CampaignSubject, SubjectResult> subjects) {
    this.subjects = subjects;
  }

  /**
   * Returns the results of nothing.
   *
   * @return what changes nothing when it is merged
   */
  public static CampaignResults none() {
    return NONE;
  }

  static CampaignResults of(CampaignSubject subject, SubjectResult result) {
    SortedMap<CampaignSubject, SubjectResult> one = new TreeMap<>();
    one.put(subject, result);
    return new CampaignResults(one);
  }

  /**
   * Puts two results together.
   *
   * @param other of the same campaign, or of another, which is listed apart then
   * @return what both know
   */
  public CampaignResults merge(CampaignResults other) {
    SortedMap<CampaignSubject, SubjectResult> union = new TreeMap<>(subjects);
    other.subjects.forEach((subject, result) -> union.merge(subject, result, SubjectResult::merge));
    return new CampaignResults(union);
  }

  SortedMap<CampaignSubject, SubjectResult> subjects() {
    return subjects;
  }

  /** Without what was planted. */
  SortedMap<CampaignSubject, SubjectResult> programs() {
    SortedMap<CampaignSubject, SubjectResult> programs = new TreeMap<>(subjects);
    programs.keySet().removeIf(CampaignSubject::isCanary);
    return programs;
  }

  /**
   * Returns how a subject fails.
   *
   * @param subject what was explored
   * @return the shortest schedule for each way to fail; none if nothing is known of the subject
   */
  public List<FoundFailure> failures(CampaignSubject subject) {
    SubjectResult result = subjects.get(subject);
    return result == null ? List.of() : List.copyOf(result.failures().values());
  }

  /**
   * Tells whether anything has failed.
   *
   * @return whether a schedule of a program failed
   */
  public boolean hasFailures() {
    return programs().values().stream().anyMatch(result -> !result.failures().isEmpty());
  }

  /**
   * Returns the shards in which the planted bug was looked for and not found.
   *
   * @return their names; none if all is well
   */
  public SortedSet<String> shardsWithoutCanary() {
    SortedSet<String> missed = new TreeSet<>();
    subjects.forEach((subject, result) -> {
      if (subject.isCanary()) {
        result.rounds().values().stream()
            .filter(round -> round.failed().isEmpty())
            .forEach(round -> missed.add(Long.toString(round.number() + 1)));
      }
    });
    return missed;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CampaignResults that && subjects.equals(that.subjects);
  }

  @Override
  public int hashCode() {
    return subjects.hashCode();
  }

  /** Returns the results as their file has them. */
  @Override
  public String toString() {
    return ResultJson.write(this);
  }
}
