package dev.standstill.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.explore.FailureKind;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is said of a campaign. */
class CampaignReportTest {

  private static final FailureKind OVERDRAWN =
      new FailureKind("java.lang.IllegalStateException at Account.take(Account.java:12)");
  private static final FailureKind OVERDRAWN_FURTHER_DOWN =
      new FailureKind("java.lang.IllegalStateException at Account.take(Account.java:15)");
  private static final FailureKind LOST =
      new FailureKind("java.lang.AssertionError at Account.give(Account.java:20)");

  @Test
  void newKnownAndFixedFailuresAreToldApart() {
    String text =
        CampaignReport.of(
                results("now", OVERDRAWN_FURTHER_DOWN, LOST), results("before", OVERDRAWN))
            .text();

    assertThat(text)
        .startsWith("1,000 schedules, 500 a second in a shard: 1 new way to fail, 1 known.\n")
        .contains("\n  known: message of " + OVERDRAWN_FURTHER_DOWN.text())
        .contains("\n  new: message of " + LOST.text());
    assertThat(CampaignReport.of(results("now", LOST), results("before", OVERDRAWN, LOST)).text())
        .contains(": 1 known, 1 fixed.\n")
        .contains("\n  fixed: message of " + OVERDRAWN.text());
  }

  @Test
  void linesCountWhereTheProgramIsTheSame() {
    assertThat(
            CampaignReport.of(results("now", OVERDRAWN_FURTHER_DOWN), results("now", OVERDRAWN))
                .text())
        .contains(": 1 new way to fail, 1 fixed.\n");
  }

  @Test
  void withoutAnEarlierCampaignNothingIsNew() {
    String text = CampaignReport.of(results("now", OVERDRAWN, LOST), null).text();

    assertThat(text)
        .contains(": 2 ways to fail.\n")
        .contains("1 in 100 schedules; 1 switch; the shortest in round 0, schedule 8.")
        .contains("To repeat it: repeat " + LOST.digest())
        .doesNotContain("new:");
  }

  @Test
  void programsOfOtherDigestsAreListedApart() {
    CampaignResults both = results("now", LOST).merge(results("before", OVERDRAWN));

    assertThat(CampaignReport.of(both, null).text())
        .contains("a test (program now, auto)")
        .contains("a test (program before, auto)");
  }

  @Test
  void aCampaignInWhichNothingFailsSaysSo() {
    CampaignReport report = CampaignReport.of(results("now"), null);

    assertThat(report.text()).contains(": no schedule failed.\n");
    assertThat(report.isBad()).isFalse();
    assertThat(report.html()).contains("What has survived").doesNotContain("<h2>Failures");
  }

  @Test
  void thePageNeedsNothingElseAndIsNotFooledByMarkup() {
    FailureKind kind = new FailureKind("Bad<script>alert(1)</script>");

    String page = CampaignReport.of(results("now", kind, LOST), null).html();

    assertThat(page)
        .contains("message of Bad&lt;script&gt;")
        .contains("The hardest to find")
        .contains("<polyline points=")
        .doesNotContain("<script", "<link", "src=\"", "http://", "https://");
  }

  private static CampaignResults results(String program, FailureKind... kinds) {
    SortedMap<Long, Round> rounds = new TreeMap<>();
    SortedMap<String, FoundFailure> failures = new TreeMap<>();
    Map<String, Long> failed = new TreeMap<>();
    for (FailureKind kind : kinds) {
      failed.put(kind.digest(), 10L);
      failures.put(
          kind.digest(),
          new FoundFailure(
              kind,
              "message of " + kind.text(),
              "2-fifo.AA.Bg-6-30655d57",
              1,
              0,
              8,
              "repeat " + kind.digest(),
              "",
              "",
              ""));
    }
    rounds.put(0L, new Round(0, 1, 1_000, 900, 2_000_000_000L, failed));
    return CampaignResults.of(
        new CampaignSubject(program, "a test", "AUTO", "", "", 1_000),
        new SubjectResult(
            new TreeSet<>(Set.of("25")),
            new TreeSet<>(Set.of("1/1")),
            rounds,
            new TreeMap<>(),
            failures));
  }
}
