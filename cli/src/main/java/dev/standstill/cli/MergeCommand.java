package dev.standstill.cli;

import dev.standstill.campaigns.CampaignReport;
import dev.standstill.campaigns.CampaignResults;
import dev.standstill.campaigns.CheckedInFailures;
import dev.standstill.campaigns.ResultFolder;
import dev.standstill.campaigns.UnusableResultsException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code standstill merge}. */
@Command(
    name = "merge",
    header = "Puts the results of the shards of a campaign together, and reports them.",
    customSynopsis = {"standstill merge [--since=EARLIER] [--out=DIR] [--failures=FOLDER] DIR..."},
    description = {
      "",
      "Each DIR is one that explore --out or standstill.results has filled; folders in it count,"
          + " too. Results may be merged in any order, in part, and more than once. What is known is"
          + " printed, and left as merged.campaign.json and campaign.html.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:no schedule failed",
      "1:some did, which are listed; or a shard has not found the bug that is planted in each"
          + " campaign",
      "2:there are no results, or they cannot be read or written; nothing was changed"
    })
final class MergeCommand implements Callable<Integer> {

  @Option(
      names = "--since",
      paramLabel = "EARLIER",
      description =
          "A folder with results of an earlier campaign: tells failures that are new from known and"
              + " fixed ones.")
  private @Nullable Path since;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where what is known is left, beside what was merged there before. Without it: the first"
              + " DIR.")
  private @Nullable Path out;

  @Option(
      names = "--failures",
      paramLabel = "FOLDER",
      description =
          "Keep all failures in this folder, too, which is meant to be checked in: explore"
              + " --failures and standstill.failures run those in it first.")
  private @Nullable Path failures;

  @Parameters(
      index = "0..*",
      arity = "1..*",
      paramLabel = "DIR",
      description = "Folders with results.")
  private List<Path> folders = List.of();

  MergeCommand() {}

  @Override
  public Integer call() throws UsageException {
    try {
      return merge();
    } catch (UnusableResultsException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private int merge() throws UnusableResultsException {
    CampaignResults results = CampaignResults.none();
    for (Path folder : folders) {
      results = results.merge(new ResultFolder(folder).readAll());
    }
    CampaignReport report =
        CampaignReport.of(results, since == null ? null : new ResultFolder(since).readAll());
    ResultFolder to = new ResultFolder(out == null ? folders.getFirst() : out);
    Path merged = to.addMerged(results);
    Path page = to.writePage(report.html());
    if (failures != null) {
      CheckedInFailures.keep(results, failures);
    }
    System.out.print(report.text());
    System.out.printf("%nMerged: %s%nPage: %s%n", merged, page);
    return report.isBad() ? 1 : 0;
  }
}
