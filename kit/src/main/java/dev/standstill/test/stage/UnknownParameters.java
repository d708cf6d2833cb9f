package dev.standstill.test.stage;

import dev.standstill.test.spi.EditDistance;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Warns of parameters and system properties of Standstill's that nobody reads: a name that is
 * mistyped would be ignored in silence. Any thread may call.
 */
public final class UnknownParameters {

  /** Those that are read, in whatever framework. */
  public static final List<String> KNOWN =
      List.of(
          "standstill.allowReal",
          "standstill.explore",
          "standstill.failures",
          "standstill.flakes",
          "standstill.flakes.by",
          "standstill.flakes.folder",
          "standstill.flakes.for",
          "standstill.keepGoing",
          "standstill.leaks",
          "standstill.loop",
          "standstill.realTimeLimit",
          "standstill.replay",
          "standstill.report",
          "standstill.results",
          "standstill.seeds",
          "standstill.shard",
          "standstill.stacktraces",
          "standstill.start",
          "standstill.startLimit",
          "standstill.timeline",
          "standstill.timeout",
          "standstill.virtualTime");

  private static final System.Logger LOG = System.getLogger("dev.standstill");

  private static final String PREFIX = "standstill.";

  /** Modules for several frameworks may look at the same run. */
  private static final Set<String> WARNED = Collections.synchronizedSet(new TreeSet<>());

  private UnknownParameters() {}

  /**
   * Warns of system properties and of parameters of a run, once in this JVM of each.
   *
   * @param parameters their names
   */
  public static void warn(Collection<String> parameters) {
    Set<String> names = new TreeSet<>(parameters);
    names.addAll(System.getProperties().stringPropertyNames());
    warnings(names)
        .filter(WARNED::add)
        .forEach(warning -> LOG.log(System.Logger.Level.WARNING, warning));
  }

  /** A sentence for each name that begins as ours do and is none of them. */
  static Stream<String> warnings(Collection<String> names) {
    return names.stream()
        .filter(name -> name.regionMatches(true, 0, PREFIX, 0, PREFIX.length()))
        .filter(name -> !KNOWN.contains(name))
        .map(name ->
            "There is no parameter %s, so it is ignored: is %s meant? The others are %s."
                .formatted(name, nearestTo(name), others(nearestTo(name))));
  }

  private static String others(String name) {
    return String.join(", ", KNOWN.stream().filter(known -> !known.equals(name)).toList());
  }

  private static String nearestTo(String name) {
    return KNOWN.stream()
        .min(Comparator.comparingInt(known -> EditDistance.between(lower(name), lower(known))))
        .orElseThrow();
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
