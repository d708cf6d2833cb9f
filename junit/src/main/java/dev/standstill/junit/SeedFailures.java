package dev.standstill.junit;

import dev.standstill.junit.flakes.FailureLine;
import dev.standstill.test.RunDetails;
import dev.standstill.test.stage.ParameterNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/**
 * The seeds under which a method has failed, and how. JUnit's store closes it when all have run.
 * Any thread may add.
 */
@SuppressWarnings("deprecation") // Stores of JUnit 5.12 close nothing else.
final class SeedFailures implements AutoCloseable, CloseableResource {

  /** So many kinds of failures are shown, and so many seeds of each. */
  private static final int SHOWN = 10;

  private final int count;

  /** By the seed. */
  private final Map<Long, Throwable> failures = new ConcurrentSkipListMap<>();

  /**
   * @param count how many seeds there are
   */
  SeedFailures(int count) {
    this.count = count;
  }

  void add(long seed, Throwable failure) {
    failures.put(seed, failure);
  }

  /** Fails the method if one of its runs has failed. */
  @Override
  public void close() {
    if (failures.isEmpty()) {
      return;
    }
    AssertionError summary = new AssertionError(describe());
    summary.setStackTrace(new StackTraceElement[0]);
    throw summary;
  }

  private String describe() {
    List<String> lines = new ArrayList<>();
    lines.add(String.format(Locale.ROOT, "%,d of %,d schedules failed:", failures.size(), count));
    List<List<Long>> kinds =
        byMessage().values().stream().sorted(Comparator.comparing(seeds -> -seeds.size())).toList();
    kinds.stream().limit(SHOWN).forEach(seeds -> addKind(seeds, lines));
    if (kinds.size() > SHOWN) {
      lines.add("and %,d more kinds of failures".formatted(kinds.size() - SHOWN));
    }
    return String.join(System.lineSeparator(), lines);
  }

  private Map<String, List<Long>> byMessage() {
    return failures.entrySet().stream()
        .collect(
            Collectors.groupingBy(
                entry -> FailureLine.of(entry.getValue()),
                TreeMap::new,
                Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
  }

  private void addKind(List<Long> seeds, List<String> lines) {
    Throwable first = Objects.requireNonNull(failures.get(seeds.getFirst()));
    lines.add(String.format(Locale.ROOT, "%,6d × %s", seeds.size(), FailureLine.of(first)));
    String some =
        seeds.stream().limit(SHOWN).map(String::valueOf).collect(Collectors.joining(", "));
    int more = seeds.size() - SHOWN;
    lines.add(
        "         %s %s%s"
            .formatted(
                seeds.size() == 1 ? "seed" : "seeds",
                some,
                more > 0 ? " and " + more + " more" : ""));
    RunDetails.of(first)
        .flatMap(RunDetails::repetition)
        .ifPresent(repetition ->
            lines.add(
                "         to repeat the first: -D%s=%s"
                    .formatted(ParameterNames.REPLAY, repetition)));
  }
}
