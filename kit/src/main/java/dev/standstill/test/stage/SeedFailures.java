package dev.standstill.test.stage;

import dev.standstill.test.RunDetails;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The seeds under which a test has failed, and how. Any thread may add. */
public final class SeedFailures {

  /** So many kinds of failures are shown, and so many seeds of each. */
  private static final int SHOWN = 10;

  /** By the seed. */
  private final Map<Long, Throwable> failures = new ConcurrentSkipListMap<>();

  /** None yet. */
  public SeedFailures() {}

  /** The test has failed under a seed. */
  public void add(long seed, Throwable failure) {
    failures.put(seed, failure);
  }

  /**
   * What fails a test when all its seeds have run: how many have failed, and with which messages;
   * null if none has.
   *
   * @param count how many seeds there were
   */
  public @Nullable AssertionError summary(int count) {
    return failures.isEmpty() ? null : new SeedsFailedError(describe(count));
  }

  /** Throws that, with the first failure as its cause, where nobody has told the failures. */
  void throwIfAny(int count) {
    AssertionError summary = summary(count);
    if (summary != null) {
      summary.initCause(failures.values().iterator().next());
      throw summary;
    }
  }

  private String describe(int count) {
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
    Map<String, List<Long>> seeds = new TreeMap<>();
    failures.forEach((seed, failure) ->
        seeds.computeIfAbsent(FailureLine.of(failure), line -> new ArrayList<>()).add(seed));
    return seeds;
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

  /** Some seeds have failed. Where it is thrown says nothing. */
  private static final class SeedsFailedError extends AssertionError {

    private static final long serialVersionUID = 1;

    SeedsFailedError(String summary) {
      super(summary);
      setStackTrace(new StackTraceElement[0]);
    }
  }
}
