package dev.standstill.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.campaigns.CampaignReport;
import dev.standstill.campaigns.ResultFolder;
import dev.standstill.explore.ScheduleFailure;
import dev.standstill.junit.explored.Bookings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.io.TempDir;

/** Explored tests that are a part of a campaign. */
class TestCampaignTest {

  private static final Pattern TOKEN = Pattern.compile("-Dstandstill\\.replay=(\\S+)");

  @TempDir Path directory;

  @Test
  void shardsLeaveResultsThatAreMergedAndRepeated() throws Exception {
    for (String shard : new String[] {"1/2", "2/2"}) {
      Throwable failure = Runs.failing(Runs.with(campaign(shard), Bookings.Overbooked.class));
      assertThat(failure).as("it fails as ever").isInstanceOf(ScheduleFailure.class);
    }

    CampaignReport report = CampaignReport.of(new ResultFolder(directory).readAll(), null);
    assertThat(report.isBad()).isTrue();
    assertThat(report.text())
        .contains("2 rounds of 2 shards")
        .contains("Overbooked.")
        .contains("expected: <1> but was: <2>");
    Matcher token = TOKEN.matcher(report.text());
    assertThat(token.find()).isTrue();
    Throwable again =
        Runs.failing(
            Runs.with(
                Map.of("standstill.replay", token.group(1), "standstill.explore", "1"),
                Bookings.Overbooked.class));
    assertThat(again).isInstanceOf(ScheduleFailure.class);
  }

  @Test
  void testsThatPassLeaveResultsToo() throws Exception {
    assertThat(Runs.failures(Runs.with(campaign("1/1"), Bookings.Careful.class))).isEmpty();

    CampaignReport report = CampaignReport.of(new ResultFolder(directory).readAll(), null);
    assertThat(report.isBad()).as("the canary was found, too").isFalse();
    assertThat(report.text()).contains("no schedule failed");
  }

  @Test
  void whatCannotBeDoneIsSaidBeforeAnythingRuns() throws Exception {
    refused(
        campaign("5/4"),
        "The configuration parameter standstill.shard = \"5/4\" cannot be read: There is no shard 5/4: the first of 4 is 1/4, and the last is 4/4.");
    refused(
        Map.of("standstill.shard", "1/4"),
        "The configuration parameter standstill.shard = \"1/4\" says which part of a campaign is run: say with standstill.results where its results are to go.");
    Path file = Files.writeString(directory.resolve("file"), "in the way");
    refused(Map.of("standstill.results", file.toString()), "Results cannot be written to " + file);
  }

  private static void refused(Map<String, String> configuration, String sentence) {
    assertThat(Runs.failing(Runs.with(configuration, Bookings.Overbooked.class)))
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessageContaining(sentence);
  }

  private Map<String, String> campaign(String shard) {
    return Map.of("standstill.results", directory.toString(), "standstill.shard", shard);
  }
}
