package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.children.Child;
import dev.standstill.children.Jvm;
import dev.standstill.probe.FailedInitializer;
import dev.standstill.probe.FirstLoop;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The first test loop of a JVM that was started without the agent loads it, or says what to do. */
class FirstLoopTest {

  @Test
  void loadsTheAgentWhereTheJvmAllowsIt() throws Exception {
    Child.Result result = Jvm.run(List.of("-XX:+EnableDynamicAgentLoading"), FirstLoop.class);

    assertThat(result.out().strip()).isEqualTo("now 2000-01-02T00:00:00Z");
    assertThat(result.err()).isEmpty();
    assertThat(result.status()).isZero();
  }

  @Test
  void loadsTheAgentWhereTheJvmOnlyWarns() throws Exception {
    assertThat(Jvm.run(List.of(), FirstLoop.class).out()).contains("now 2000-01-02T00:00:00Z");
  }

  @Test
  void namesTheFlagWhereTheJvmDoesNotAllowIt() throws Exception {
    for (String flag : List.of("-XX:-EnableDynamicAgentLoading", "-XX:+DisableAttachMechanism")) {
      assertThat(Jvm.run(List.of(flag), FirstLoop.class).out().lines().toList().getLast())
          .startsWith("refused: Standstill's agent could not be loaded into the running JVM (")
          .containsPattern("Add -javaagent:\\S+standstill-agent\\S*\\.jar to its flags\\.$");
    }
  }

  @Test
  void opensThoughAClassCouldNotBeInitialized() throws Exception {
    String expected = "failed: For input string: \"not a number\"\nsame: true\n";

    assertThat(Jvm.runWithAgent(FailedInitializer.class)).isEqualToNormalizingNewlines(expected);
    assertThat(Jvm.run(List.of("-XX:+EnableDynamicAgentLoading"), FailedInitializer.class).out())
        .isEqualToNormalizingNewlines(expected);
  }
}
