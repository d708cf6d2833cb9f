package dev.standstill.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.standstill.children.Child;
import dev.standstill.children.OtherJdk;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** A JVM that is too old for the agent says so in one sentence. */
class BootstrapTest {

  private static final String REFUSAL =
      "Standstill needs JDK 25, and this JVM is Java 17\\.\\S* \\(\\S+\\): start it with JDK 25,"
          + " for example by JAVA_HOME or by the toolchain of the build\\.\n";

  @Test
  void ofTheJarAnOldJvmLoadsOneClassOnly() throws IOException {
    try (JarFile jar = new JarFile(AgentJvm.agent().toFile())) {
      assertThat(majorVersion(jar, "Bootstrap")).isEqualTo(52);
      assertThat(majorVersion(jar, "Agent")).isEqualTo(69);
      for (String way :
          List.of("Premain-Class", "Agent-Class", "Launcher-Agent-Class", "Main-Class")) {
        assertThat(jar.getManifest().getMainAttributes().getValue(way))
            .as(way)
            .isEqualTo(Bootstrap.class.getName());
      }
    }
  }

  private static int majorVersion(JarFile jar, String type) throws IOException {
    String entry = "dev/standstill/agent/" + type + ".class";
    try (DataInputStream file = new DataInputStream(jar.getInputStream(jar.getEntry(entry)))) {
      return file.readInt() == 0xCAFEBABE ? file.readInt() : -1; // minor is 0
    }
  }

  @Test
  void releasesBefore25AreTooOld() {
    assertThat(List.of("1.8", "11", "17", "21", "24")).allMatch(Bootstrap::isTooOld);
    assertThat(List.of("25", "26")).noneMatch(Bootstrap::isTooOld);
  }

  @Test
  void theFlagEndsAnOldJvmWithOneSentence() throws Exception {
    Child.Result result = runOnJava17("-javaagent:" + AgentJvm.agent(), "-version");

    assertThat(result.err()).matches(REFUSAL);
    assertThat(result.out()).isEmpty();
    assertThat(result.status()).isEqualTo(1);
  }

  @Test
  void theJarRefusesToAttachItselfToAnOldJvm() throws Exception {
    Child.Result result =
        runOnJava17("-cp", AgentJvm.agent().toString(), Bootstrap.class.getName());

    assertThat(result.err()).matches(REFUSAL);
    assertThat(result.status()).isEqualTo(1);
  }

  private static Child.Result runOnJava17(String... arguments) throws Exception {
    Optional<Path> home = OtherJdk.home(17);
    assumeThat(home).as("the home of a JDK 17").isPresent();
    List<String> command = new ArrayList<>();
    command.add(home.orElseThrow().resolve("bin/java").toString());
    command.addAll(List.of(arguments));
    return Child.run(new ProcessBuilder(command));
  }
}
