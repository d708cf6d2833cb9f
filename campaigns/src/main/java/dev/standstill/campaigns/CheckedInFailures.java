package dev.standstill.campaigns;

import dev.standstill.explore.kept.FailureFolder;
import dev.standstill.test.ReplayToken;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Failures that were merged, in the form in which explorations keep and repeat them. */
public final class CheckedInFailures {

  private CheckedInFailures() {}

  /**
   * Keeps all failures, a file for each, as {@link
   * dev.standstill.explore.Exploration#keepFailures(String, Path)} does.
   *
   * @param results of a campaign
   * @param folder where failures of all programs are kept; it need not exist
   * @throws UnusableResultsException if one cannot be written
   */
  public static void keep(CampaignResults results, Path folder) throws UnusableResultsException {
    List<String> problems = new ArrayList<>();
    results
        .programs()
        .forEach((subject, result) -> {
          FailureFolder kept =
              new FailureFolder(folder, subject.test(), subject.options(), problems::add);
          result
              .failures()
              .values()
              .forEach(
                  failure -> kept.keep(failure.kind().text(), ReplayToken.parse(failure.token())));
        });
    if (!problems.isEmpty()) {
      throw new UnusableResultsException(problems.getFirst());
    }
  }
}
