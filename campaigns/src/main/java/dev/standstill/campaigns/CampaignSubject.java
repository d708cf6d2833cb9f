package dev.standstill.campaigns;

import java.util.Comparator;

/**
 * What is explored in a campaign, and how. Only results of one subject are put together. Immutable.
 *
 * @param program a digest of its classes
 * @param test which of its tests, or how it was started
 * @param strategy how schedules are chosen
 * @param options what tokens depend on beside the program, as {@link
 *     dev.standstill.explore.Exploration#options} gives it
 * @param settings what else the user has set, in one line
 * @param schedules how many schedules a round has
 */
public record CampaignSubject(
    String program, String test, String strategy, String options, String settings, long schedules)
    implements Comparable<CampaignSubject> {

  private static final Comparator<CampaignSubject> ORDER =
      Comparator.comparing(CampaignSubject::test)
          .thenComparing(CampaignSubject::program)
          .thenComparing(CampaignSubject::strategy)
          .thenComparing(CampaignSubject::options)
          .thenComparing(CampaignSubject::settings)
          .thenComparing(CampaignSubject::schedules);

  /**
   * Returns from what number chance is drawn in a round. It depends on the program, the test, how
   * it is explored, and the number of the round, which follows from that of the shard.
   *
   * @param number of the round in the campaign, as {@link Shard#numberOf} gives it
   * @return the seed for {@link dev.standstill.explore.Exploration#seed}
   */
  public long seed(long number) {
    return Hashes.number(program, test, strategy, options, settings, Long.toString(number));
  }

  /**
   * Tells whether this is not the program of the campaign but the bug that is planted in it.
   *
   * @return whether it is
   */
  public boolean isCanary() {
    return test.equals(Canary.NAME);
  }

  /** A short name for files. */
  String shortName() {
    return Hashes.name(program, test, strategy, options, settings, Long.toString(schedules))
        .substring(0, 8);
  }

  @Override
  public int compareTo(CampaignSubject other) {
    return ORDER.compare(this, other);
  }
}
