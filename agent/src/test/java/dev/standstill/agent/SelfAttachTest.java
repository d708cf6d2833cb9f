package dev.standstill.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.standstill.probe.HandOvers;
import dev.standstill.probe.LateAttach;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program sees that loads the agent itself, or tries to. */
class SelfAttachTest {

  @Test
  void rewritesWhatIsLoadedAlready() throws Exception {
    Map<String, String> values = AgentJvm.run(List.of(), LateAttach.class).values();
    assertThat(values)
        .containsEntry("problem", "null")
        .containsEntry("defined once", "true")
        .containsEntry("call", "42")
        .containsEntry("method reference", "42");
  }

  @Test
  void keepsMonitorsMovingThatAreHandedOverMeanwhile() throws Exception {
    assertThat(AgentJvm.run(List.of(), HandOvers.class, "attach").values())
        .containsEntry("turns", "20000");
  }

  @Test
  void printsNothingWhereTheJvmAllowsAgentsToBeLoaded() throws Exception {
    assertThat(AgentJvm.run(List.of("-XX:+EnableDynamicAgentLoading"), LateAttach.class).err())
        .isEmpty();
  }

  @Test
  void doesNothingWhereTheAgentIsThere() throws Exception {
    AgentJvm.Result result =
        AgentJvm.run(List.of("-javaagent:" + AgentJvm.agent()), LateAttach.class);
    assertThat(result.err()).isEmpty();
    assertThat(result.values()).containsEntry("problem", "null");
  }

  @Test
  void namesTheFlagToAddWhereTheJvmCannotBeAttachedTo() throws Exception {
    assertThat(refusal("-XX:+DisableAttachMechanism"))
        .contains("does not support the attach mechanism")
        .endsWith("Add -javaagent:" + AgentJvm.agent() + " to its flags.");
  }

  @Test
  void namesTheFlagToAddWhereTheJvmRefusesAgents() throws Exception {
    assertThat(refusal("-XX:-EnableDynamicAgentLoading"))
        .contains("Dynamic agent loading is not enabled")
        .endsWith("Add -javaagent:" + AgentJvm.agent() + " to its flags.");
  }

  @Test
  void namesTheFlagToAddWhereTheJdkHasNoModuleToAttachWith(@TempDir Path directory)
      throws Exception {
    Path image = directory.resolve("image");
    ToolProvider jlink = ToolProvider.findFirst("jlink").orElseThrow();
    String modules = "java.base,java.instrument";
    assertThat(
            jlink.run(
                System.out, System.err, "--add-modules", modules, "--output", image.toString()))
        .isZero();
    assertThat(AgentJvm.run(image, List.of(), LateAttach.class).values().get("refused"))
        .contains("the JDK in " + image.toRealPath() + " lacks jdk.attach")
        .endsWith("Add -javaagent:" + AgentJvm.agent() + " to its flags.");
  }

  private static String refusal(String flag) throws Exception {
    return AgentJvm.run(List.of(flag), LateAttach.class).values().get("refused");
  }

  @Test
  void findsTheJarBesideADirectoryOfClasses(@TempDir Path target) throws Exception {
    Path classes = Files.createDirectory(target.resolve("classes"));
    Files.createFile(target.resolve("standstill-agent-1.0-sources.jar"));
    Path jar = Files.createFile(target.resolve("standstill-agent-1.0.jar"));
    assertThat(AgentJar.beside(classes)).isEqualTo(jar);
  }

  @Test
  void saysThatTheJarIsMissing(@TempDir Path target) throws Exception {
    Path classes = Files.createDirectory(target.resolve("classes"));
    assertThatIllegalStateException()
        .isThrownBy(() -> AgentJar.beside(classes))
        .withMessageContaining(classes.toString())
        .withMessageContaining("-javaagent:");
  }
}
