package dev.standstill.junit;

import dev.standstill.junit.flakes.FlakeFinder;
import dev.standstill.junit.flakes.FlakeFinder.Plan;
import dev.standstill.junit.flakes.Round;
import dev.standstill.junit.flakes.Way;
import dev.standstill.test.RunDetails;
import dev.standstill.test.spi.BuildFolder;
import dev.standstill.test.stage.ParameterNames;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/**
 * The search for flaky tests that the configuration asks for. It lies in JUnit's store for all
 * tests, which closes it when they have run; what it throws fails the run as a whole. Any thread
 * may call.
 */
@SuppressWarnings("deprecation") // Stores of JUnit 5.12 close nothing else.
final class FlakeSearch implements AutoCloseable, CloseableResource {

  private static final Namespace NAMESPACE = Namespace.create(FlakeSearch.class);

  /** Instead of a folder: results are not kept. */
  private static final String NOWHERE = "none";

  private final FlakeFinder finder;

  private FlakeSearch(FlakeFinder finder) {
    this.finder = finder;
  }

  /** The search to which the run of {@code context} belongs; empty if none is asked for. */
  static Optional<FlakeSearch> of(ExtensionContext context) {
    if (!isAskedFor(context) || roundOf(context).isPresent()) {
      return Optional.empty();
    }
    return Optional.ofNullable(
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(
                FlakeSearch.class, key -> open(context.getRoot()), FlakeSearch.class));
  }

  private static boolean isAskedFor(ExtensionContext context) {
    return Configuration.number(context, Settings.FLAKES).orElse(0) > 0
        && Configuration.text(context, ParameterNames.REPLAY).isEmpty();
  }

  /** The run of a search to which {@code context} belongs; empty if it is none. */
  static Optional<Round> roundOf(ExtensionContext context) {
    return Round.of(context.getConfigurationParameter(Round.PARAMETER));
  }

  /** Whether tests have one schedule here, whatever they ask for. */
  static boolean choosesSchedule(ExtensionContext context) {
    return roundOf(context).isPresent() || isAskedFor(context);
  }

  private static FlakeSearch open(ExtensionContext root) {
    Plan plan =
        new Plan(
            Configuration.oneOf(root, Settings.FLAKES_BY, "explore", "seeds")
                ? Way.EXPLORE
                : Way.SEEDS,
            Configuration.number(root, Settings.FLAKES).orElseThrow(),
            Durations.of(root, Settings.FLAKES_FOR),
            folder(root));
    return new FlakeSearch(
        new FlakeFinder(
            plan,
            root::getConfigurationParameter,
            failure ->
                RunDetails.of(failure)
                    .flatMap(RunDetails::repetition)
                    .or(() -> ExploredTest.repetitionOf(failure))));
  }

  private static @Nullable Path folder(ExtensionContext root) {
    Optional<String> asked = Configuration.text(root, Settings.FLAKES_FOLDER);
    if (asked.isPresent()) {
      return asked.get().equals(NOWHERE) ? null : Path.of(asked.get());
    }
    return BuildFolder.find().orElse(null);
  }

  /** Notes that the test of {@code context} runs on a loop whose schedule can be chosen. */
  static void ranOnLoop(ExtensionContext context) {
    of(context)
        .ifPresent(search ->
            search.finder.ranOnLoop(
                context.getUniqueId(), TestName.of(context).withoutNumber().toString()));
  }

  static void passed(ExtensionContext context) {
    of(context).ifPresent(search -> search.finder.passed(context.getUniqueId()));
  }

  static void failed(ExtensionContext context, Throwable failure) {
    of(context)
        .ifPresent(search ->
            search.finder.failed(context.getUniqueId(), context.getDisplayName(), failure));
  }

  @Override
  public void close() {
    finder.search();
  }
}
