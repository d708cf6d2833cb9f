package dev.standstill.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Results may be put together in any order, in part, and more than once. */
class MergeLawsTest {

  private static final int SEEDS = 10_000;

  @Test
  void theOrderDoesNotMatter() {
    for (long seed = 0; seed < SEEDS; seed++) {
      DrawnResults drawn = new DrawnResults(seed);
      CampaignResults one = drawn.next();
      CampaignResults other = drawn.next();

      assertThat(one.merge(other)).as("seed %d", seed).isEqualTo(other.merge(one));
    }
  }

  @Test
  void whatIsMergedFirstDoesNotMatter() {
    for (long seed = 0; seed < SEEDS; seed++) {
      DrawnResults drawn = new DrawnResults(seed);
      CampaignResults one = drawn.next();
      CampaignResults other = drawn.next();
      CampaignResults third = drawn.next();

      assertThat(one.merge(other).merge(third))
          .as("seed %d", seed)
          .isEqualTo(one.merge(other.merge(third)));
    }
  }

  @Test
  void whatIsKnownAlreadyChangesNothing() {
    for (long seed = 0; seed < SEEDS; seed++) {
      DrawnResults drawn = new DrawnResults(seed);
      CampaignResults one = drawn.next();
      CampaignResults both = one.merge(drawn.next());

      assertThat(both.merge(one)).as("seed %d", seed).isEqualTo(both);
      assertThat(one.merge(CampaignResults.none())).as("seed %d", seed).isEqualTo(one);
    }
  }

  @Test
  void whatIsWrittenIsRead() {
    for (long seed = 0; seed < SEEDS; seed++) {
      CampaignResults results = new DrawnResults(seed).next();

      assertThat(ResultJson.read(ResultJson.write(results))).as("seed %d", seed).isEqualTo(results);
    }
  }

  /** The laws would hold of what forgets everything, too. */
  @Test
  void nothingIsLost() {
    for (long seed = 0; seed < SEEDS; seed++) {
      DrawnResults drawn = new DrawnResults(seed);
      CampaignResults one = drawn.next();
      CampaignResults both = one.merge(drawn.next());

      one.subjects()
          .forEach((subject, result) -> {
            SubjectResult known = both.subjects().get(subject);
            assertThat(known.rounds().keySet()).containsAll(result.rounds().keySet());
            assertThat(known.pairs().keySet()).containsAll(result.pairs().keySet());
            assertThat(known.failures().keySet()).containsAll(result.failures().keySet());
            assertThat(known.schedules()).isGreaterThanOrEqualTo(result.schedules());
          });
    }
  }

  @Test
  void theShortestTokenOfEachFailureIsKept() {
    for (long seed = 0; seed < SEEDS; seed++) {
      DrawnResults drawn = new DrawnResults(seed);
      CampaignResults one = drawn.next();
      CampaignResults both = one.merge(drawn.next());

      one.subjects()
          .forEach((subject, result) ->
              result
                  .failures()
                  .forEach((kind, failure) ->
                      assertThat(both.subjects().get(subject).failures().get(kind).switches())
                          .isLessThanOrEqualTo(failure.switches())));
    }
  }
}
