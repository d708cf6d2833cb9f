package dev.standstill.test.spi;

import dev.standstill.test.TestLoop;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/** What is to be seen in some schedules, and whether it was in any. Any thread may call. */
public final class Sightings {

  private static final System.Logger LOG = System.getLogger("dev.standstill");

  private final Map<String, Boolean> seen = new ConcurrentSkipListMap<>();

  /** Of no run yet. */
  public Sightings() {}

  /** A run is over. */
  public void note(TestLoop loop) {
    Sometimes.seenIn(loop).forEach((name, was) -> seen.merge(name, was, Boolean::logicalOr));
  }

  /** What was seen in none, as a sentence; empty if there is nothing. */
  public Optional<String> missing() {
    String missing =
        seen.entrySet().stream()
            .filter(one -> !one.getValue())
            .map(one -> '"' + one.getKey() + '"')
            .collect(Collectors.joining(", "));
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Never seen in these schedules, though it is to be seen sometimes: %s."
                .formatted(missing));
  }

  /** Logs a warning of that, if there is something, where nobody else tells it. */
  public void warn(String test) {
    missing()
        .ifPresent(
            sentence -> LOG.log(System.Logger.Level.WARNING, "%s: %s".formatted(test, sentence)));
  }
}
