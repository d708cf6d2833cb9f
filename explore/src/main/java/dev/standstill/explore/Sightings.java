package dev.standstill.explore;

import dev.standstill.test.TestLoop;
import dev.standstill.test.spi.Sometimes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/** What is to be seen in some schedules, and whether it was in any. Any thread may call. */
final class Sightings {

  private final Map<String, Boolean> seen = new ConcurrentSkipListMap<>();

  /** A run is over, whose loop is not closed yet. */
  void note(TestLoop loop) {
    Sometimes.seenIn(loop).forEach((name, was) -> seen.merge(name, was, Boolean::logicalOr));
  }

  /** What was seen in none, as a sentence; empty if there is nothing. */
  Optional<String> missing() {
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
}
