package dev.standstill.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A property that nobody would read is warned of. */
class TestRunsTest {

  @Test
  void withoutAnArgLineOfItsOwnSurefireReadsTheProperty() {
    assertThat(warnings(surefire(null), null)).isEmpty();
    assertThat(warnings(surefire("<configuration><skip>false</skip></configuration>"), null))
        .isEmpty();
  }

  @Test
  void anArgLineMayNameTheProperty() {
    assertThat(warnings(surefire(argLine("@{argLine} -Xmx1g")), null)).isEmpty();
    assertThat(warnings(surefire(argLine("${argLine} -Xmx1g")), null)).isEmpty();
  }

  @Test
  void anArgLineThatLeavesThePropertyOutIsWarnedOf() {
    assertThat(warnings(surefire(argLine("-Xmx1g")), null))
        .singleElement()
        .asString()
        .endsWith("says <argLine>-Xmx1g</argLine>: write <argLine>@{argLine} -Xmx1g</argLine>.");
  }

  @Test
  void soIsThatOfAnExecution() {
    PluginExecution execution = new PluginExecution();
    execution.setConfiguration(argLine("-Xmx1g"));
    Plugin failsafe = new Plugin();
    failsafe.setArtifactId("maven-failsafe-plugin");
    failsafe.addExecution(execution);

    assertThat(warnings(failsafe, null)).hasSize(1);
  }

  @Test
  void argLinesOfOtherPluginsAreTheirs() {
    Plugin other = surefire(argLine("-Xmx1g"));
    other.setArtifactId("pitest-maven");

    assertThat(warnings(other, null)).isEmpty();
  }

  @Test
  void theCommandLineHidesTheProperty() {
    assertThat(warnings(surefire(null), "-Xmx2g"))
        .singleElement()
        .asString()
        .startsWith("-DargLine on the command line hides the property argLine");
    assertThat(warnings(surefire(argLine("@{argLine} -Xmx1g")), "-Xmx2g")).isEmpty();
  }

  private static List<String> warnings(Plugin plugin, @Nullable String given) {
    return new TestRuns(List.of(plugin), "argLine").warnings(given);
  }

  private static Plugin surefire(@Nullable Object configuration) {
    Plugin plugin = new Plugin();
    plugin.setArtifactId("maven-surefire-plugin");
    plugin.setConfiguration(configuration);
    return plugin;
  }

  private static String argLine(String value) {
    return "<configuration>\n  <argLine>" + value + "</argLine>\n</configuration>";
  }
}
