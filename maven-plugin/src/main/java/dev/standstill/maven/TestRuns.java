package dev.standstill.maven;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.maven.model.ConfigurationContainer;
import org.apache.maven.model.Plugin;
import org.jspecify.annotations.Nullable;

/** What a POM says of the JVMs of its tests, seen from the one property that others append to. */
final class TestRuns {

  private static final List<String> RUNNERS =
      List.of("maven-surefire-plugin", "maven-failsafe-plugin");

  private static final Pattern ARGUMENT_LINE = Pattern.compile("<argLine>([^<]*)</argLine>");

  private final List<Plugin> plugins;
  private final String property;

  TestRuns(List<Plugin> plugins, String property) {
    this.plugins = plugins;
    this.property = property;
  }

  /**
   * Returns a sentence for each place where the property would be ignored in silence.
   *
   * @param given the value that the command line gives the property, or null
   */
  List<String> warnings(@Nullable String given) {
    List<String> lines = plugins.stream().flatMap(TestRuns::argumentLines).distinct().toList();
    if (lines.isEmpty() && given != null) {
      return List.of(
          "-D%s on the command line hides the property %s, so the agents in it are left out, those of other plugins too. Give the flags in another property, and add <argLine>@{%s} ${thatProperty}</argLine> to the configuration of the plugin that runs the tests."
              .formatted(property, property, property));
    }
    return lines.stream()
        .filter(line -> !line.contains("@{" + property + "}"))
        .filter(line -> !line.contains("${" + property + "}"))
        .map(line ->
            "The agents in the property %s are left out, those of other plugins too, because the configuration of the plugin that runs the tests says <argLine>%s</argLine>: write <argLine>@{%s} %s</argLine>."
                .formatted(property, line, property, line))
        .toList();
  }

  private static Stream<String> argumentLines(Plugin plugin) {
    if (!RUNNERS.contains(plugin.getArtifactId())) {
      return Stream.of();
    }
    Stream<ConfigurationContainer> all =
        Stream.concat(Stream.of(plugin), plugin.getExecutions().stream());
    return all.map(ConfigurationContainer::getConfiguration).flatMap(TestRuns::argumentLine);
  }

  /** Maven prints a configuration as XML. */
  private static Stream<String> argumentLine(@Nullable Object configuration) {
    Matcher line = ARGUMENT_LINE.matcher(String.valueOf(configuration));
    return line.find() ? Stream.of(line.group(1).strip()) : Stream.of();
  }
}
