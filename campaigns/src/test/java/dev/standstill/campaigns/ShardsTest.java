package dev.standstill.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.standstill.campaigns.programs.Bugs;
import dev.standstill.explore.SearchStrategy;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shards, each of which knows by itself what is its share. */
class ShardsTest {

  private static final int ROUNDS = 4;
  private static final long SCHEDULES = 300;

  private static final CampaignSubject SUBJECT =
      new CampaignSubject("a program", "bugs", "RANDOM", "", "", SCHEDULES);

  @Test
  void moreShardsFindWhatOneDoes() {
    CampaignResults whole = run(Shard.WHOLE);
    assertThat(whole.failures(SUBJECT)).as("there is something to find").hasSize(3);

    for (int count : new int[] {2, 4}) {
      CampaignResults merged = CampaignResults.none();
      for (int index = count; index > 0; index--) {
        merged = merged.merge(run(new Shard(index, count)));
      }

      assertThat(merged.failures(SUBJECT))
          .as("%d shards", count)
          .extracting(FoundFailure::kind)
          .containsExactlyElementsOf(
              whole.failures(SUBJECT).stream().map(FoundFailure::kind).toList());
      assertThat(seen(merged)).as("%d shards", count).isEqualTo(seen(whole));
    }
  }

  @Test
  void aShardThatIsRunAgainSeesTheSame() {
    Shard shard = new Shard(2, 3);

    CampaignResults once = run(shard);

    assertThat(seen(run(shard))).isEqualTo(seen(once));
  }

  @Test
  void roundsOfAllShardsHaveSeedsOfTheirOwn() {
    Set<Long> seeds = new HashSet<>();
    for (int index = 1; index <= 4; index++) {
      for (int round = 0; round < 1_000; round++) {
        assertThat(seeds.add(SUBJECT.seed(new Shard(index, 4).numberOf(round)))).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"5/4", "0/4", "1/0"})
  void aShardThatCannotBeIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shard.parse(text))
        .withMessage(
            "There is no shard %s: the first of 4 is 1/4, and the last is 4/4.".formatted(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1/", "/4", "a/b", "-1/4", "1/4/2", "1/9999999999"})
  void whatIsNoShardIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shard.parse(text))
        .withMessage("\"%s\" is no shard: write it as 1/4, the first of four.".formatted(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"AUTO", "FIFO", "RANDOM", "STICKY", "PCT", "POS", "SURW", "DFS"})
  void theCanaryIsFoundByEachStrategy(String strategy) {
    for (int index = 1; index <= 3; index++) {
      CampaignResults found =
          ShardRun.canary(SearchStrategy.valueOf(strategy), new Shard(index, 3));

      assertThat(found.shardsWithoutCanary()).isEmpty();
      assertThat(found.hasFailures()).as("it is no failure of the program").isFalse();
    }
  }

  @Test
  void aCanaryThatIsNotFoundFailsTheCampaign() {
    CampaignSubject canary = Canary.subject(SearchStrategy.AUTO);
    CampaignResults missed =
        ShardRun.of(
            canary,
            new Shard(2, 2),
            1,
            Bugs.exploration().strategy(SearchStrategy.FIFO).goOnAfterFailures(kind -> true).run(),
            token -> "");

    CampaignReport report = CampaignReport.of(missed, null);

    assertThat(report.isBad()).isTrue();
    assertThat(report.text())
        .contains("The canary, a bug that is planted in each campaign, was not found by shard 2:");
    assertThat(report.html()).contains("was not found by shard 2:");
  }

  private static CampaignResults run(Shard shard) {
    return new ShardRun(SUBJECT, shard, token -> "repeat " + token)
        .rounds(ROUNDS)
        .run(() -> Bugs.exploration().strategy(SearchStrategy.RANDOM), results -> {});
  }

  /** All that does not depend on how fast the machine is, and on which JVM has seen it. */
  private static Map<Object, Object> seen(CampaignResults results) {
    SubjectResult result = results.programs().get(SUBJECT);
    Map<Object, Object> seen = new TreeMap<>();
    result
        .rounds()
        .forEach((number, round) ->
            seen.put(
                "round " + number,
                "%d %d %d %s"
                    .formatted(round.seed(), round.schedules(), round.distinct(), round.failed())));
    seen.put("pairs", result.pairs());
    return seen;
  }
}
