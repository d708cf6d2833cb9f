package dev.standstill.campaigns;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is said of a campaign, as text and as a page. Immutable. */
public final class CampaignReport {

  private final CampaignResults results;
  private final List<Standing.Judged> failures;

  private CampaignReport(CampaignResults results, List<Standing.Judged> failures) {
    this.results = results;
    this.failures = failures;
  }

  /**
   * Prepares a report.
   *
   * @param results what is known
   * @param earlier what an earlier campaign has found, to tell what is new and what is fixed; null
   *     if there is none
   * @return the report
   */
  public static CampaignReport of(CampaignResults results, @Nullable CampaignResults earlier) {
    return new CampaignReport(results, Standing.judge(results, earlier));
  }

  /**
   * Says it for a terminal.
   *
   * @return several lines, each with an end of line
   */
  public String text() {
    return new CampaignText(results, failures).text();
  }

  /**
   * Shows it in a browser.
   *
   * @return a page that needs nothing else
   */
  public String html() {
    return new CampaignPage(results, failures).html();
  }

  /**
   * Tells whether the campaign counts as failed.
   *
   * @return whether a program fails, or the planted bug was not found
   */
  public boolean isBad() {
    return results.hasFailures() || !results.shardsWithoutCanary().isEmpty();
  }
}
