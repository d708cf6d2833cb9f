package dev.standstill.cli;

import dev.standstill.campaigns.CampaignReport;
import dev.standstill.campaigns.CampaignResults;
import dev.standstill.campaigns.CampaignSubject;
import dev.standstill.campaigns.ResultFolder;
import dev.standstill.campaigns.ShardRun;
import dev.standstill.campaigns.UnusableResultsException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Explores the share of a shard, and keeps what is known in its file after each round. */
final class ShardExploration {

  private final ShardOptions options;
  private final CampaignSubject subject;
  private final ShardRun run;
  private volatile @Nullable Path file;

  ShardExploration(ShardOptions options, CampaignSubject subject, ShardRun run) {
    this.options = options;
    this.subject = subject;
    this.run = run;
  }

  /**
   * Explores, and says what was seen.
   *
   * @return the exit code
   */
  int explore(ShardRun.Explorations<UsageException> explorations, PrintStream out)
      throws UsageException {
    ResultFolder folder = options.folder();
    try {
      folder.requireWritable();
      try (var _ = new Interruption(() -> tellInterrupted(out), () -> {})) {
        CampaignResults results;
        try (var _ = Silence.begin()) {
          results =
              run.<UsageException, UnusableResultsException>run(
                  explorations, known -> file = folder.add(subject, options.shard(), known));
        }
        CampaignReport report = CampaignReport.of(results, null);
        out.print(report.text());
        out.println();
        out.printf("Results of shard %s: %s%n", options.shard(), file);
        return report.isBad() ? 1 : 0;
      }
    } catch (UnusableResultsException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private void tellInterrupted(PrintStream out) {
    out.println(
        file == null
            ? "Interrupted: no round has ended yet."
            : "Interrupted: the rounds that had ended are in " + file + ".");
  }
}
