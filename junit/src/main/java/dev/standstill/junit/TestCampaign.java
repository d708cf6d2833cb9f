package dev.standstill.junit;

import dev.standstill.campaigns.CampaignResults;
import dev.standstill.campaigns.CampaignSubject;
import dev.standstill.campaigns.ProgramDigest;
import dev.standstill.campaigns.ResultFolder;
import dev.standstill.campaigns.Shard;
import dev.standstill.campaigns.ShardRun;
import dev.standstill.campaigns.UnusableResultsException;
import dev.standstill.explore.Exploration;
import dev.standstill.explore.ExplorationResult;
import dev.standstill.explore.SearchStrategy;
import dev.standstill.test.ReplayToken;
import dev.standstill.test.stage.ParameterNames;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The campaign that the configuration asks for: each explored test does one round, goes on after
 * failures, and leaves a file with what was seen. Immutable.
 *
 * @param digest of all classes of the class path
 * @param canary whether the planted bug was found in this JVM
 */
record TestCampaign(ResultFolder folder, Shard shard, String digest, CampaignResults canary) {

  /** The configuration parameter that names the folder in which results are left. */
  private static final String RESULTS = "standstill.results";

  /** The configuration parameter that says which shard of a campaign this is. */
  private static final String SHARD = "standstill.shard";

  private static final Namespace NAMESPACE = Namespace.create(TestCampaign.class);
  private static final SearchStrategy STRATEGY = SearchStrategy.AUTO;

  /** The campaign to which an explored test belongs; empty if none is asked for. */
  @SuppressWarnings("deprecation") // What replaces it in JUnit 6 is not there in JUnit 5.
  static Optional<TestCampaign> of(ExtensionContext context) {
    Optional<String> results = Configuration.text(context, RESULTS);
    Optional<String> shard = Configuration.text(context, SHARD);
    if (results.isEmpty() && shard.isPresent()) {
      throw new ExtensionConfigurationException(
          "%s says which part of a campaign is run: say with %s where its results are to go."
              .formatted(Configuration.place(SHARD, shard.get()), RESULTS));
    }
    return results.map(folder ->
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(
                RESULTS, key -> begin(folder, shard.orElse("1/1")), TestCampaign.class));
  }

  private static TestCampaign begin(String results, String shard) {
    ResultFolder folder = new ResultFolder(Path.of(results));
    Shard part = shard(shard);
    try {
      folder.requireWritable();
      return new TestCampaign(folder, part, digestOfJvm(), ShardRun.canary(STRATEGY, part));
    } catch (UnusableResultsException e) {
      throw unusable(e);
    }
  }

  private static Shard shard(String text) {
    try {
      return Shard.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ExtensionConfigurationException(
          "%s cannot be read: %s".formatted(Configuration.place(SHARD, text), e.getMessage()), e);
    }
  }

  private static String digestOfJvm() {
    try {
      return new ProgramDigest()
          .add(
              Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator))
                  .filter(Predicate.not(String::isEmpty))
                  .map(Path::of)
                  .toList())
          .toString();
    } catch (IOException e) {
      throw new ExtensionConfigurationException(
          "The classes of the tests cannot be read for %s: %s.".formatted(RESULTS, e), e);
    }
  }

  private static ExtensionConfigurationException unusable(UnusableResultsException e) {
    return new ExtensionConfigurationException(String.valueOf(e.getMessage()), e);
  }

  /** What a test explores in it. */
  CampaignSubject subject(String test, Exploration exploration, long schedules) {
    return new CampaignSubject(digest, test, STRATEGY.name(), exploration.options(), "", schedules);
  }

  /** Explores the round of this shard. */
  ExplorationResult explore(CampaignSubject subject, Exploration exploration, TestName name) {
    long number = shard.numberOf(0);
    ExplorationResult result =
        exploration.seed(subject.seed(number)).goOnAfterFailures(kind -> false).coverage().run();
    CampaignResults round =
        ShardRun.of(subject, shard, number, result, token -> repetition(token, name));
    try {
      folder.add(subject, shard, canary.merge(round));
      return result;
    } catch (UnusableResultsException e) {
      throw unusable(e);
    }
  }

  private static String repetition(String token, TestName name) {
    return "-D%s=%s"
        .formatted(ParameterNames.REPLAY, Repetition.write(ReplayToken.parse(token), name));
  }
}
