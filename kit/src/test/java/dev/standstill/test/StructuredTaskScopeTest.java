package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The JDK's own structured concurrency. It is a preview API, so a JVM of its own runs it. */
class StructuredTaskScopeTest {

  @Test
  void worksOnBothKindsOfLoop() throws Exception {
    Jvm.Result result = Jvm.runPreviewWithAgent(Path.of("src/test/preview/Scopes.java"));

    assertThat(result.output()).endsWith("real time: ok\nvirtual time: ok\n");
    assertThat(result.status()).isZero();
  }
}
