package dev.standstill.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The flag is added to what is there, once. */
class ArgumentLineTest {

  private static final Path AGENT = Path.of("/home/ann lee/agent.jar");
  private static final String FLAG = "\"-javaagent:/home/ann lee/agent.jar\"";

  @Test
  void theFlagIsAloneWhereNothingWas() {
    assertThat(ArgumentLine.with(null, AGENT)).isEqualTo(FLAG);
    assertThat(ArgumentLine.with("", AGENT)).isEqualTo(FLAG);
  }

  @Test
  void theFlagComesBehindOthers() {
    assertThat(ArgumentLine.with("-javaagent:jacoco.jar -Xmx1g", AGENT))
        .isEqualTo("-javaagent:jacoco.jar -Xmx1g " + FLAG);
  }

  @Test
  void aLineThatHasTheFlagStaysAsItIs() {
    String once = ArgumentLine.with("-Xmx1g", AGENT) + " -ea";

    assertThat(ArgumentLine.with(once, AGENT)).isEqualTo(once);
  }

  @Test
  void aPathThatAJvmWouldCutOffCannotBeNamed() {
    assertThat(ArgumentLine.cannotName(Path.of("/home/a=b/agent.jar"))).isTrue();
    assertThat(ArgumentLine.cannotName(Path.of("/home/a\"b/agent.jar"))).isTrue();
    assertThat(ArgumentLine.cannotName(AGENT)).isFalse();
  }
}
