package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.children.Child;
import dev.standstill.children.Jvm;
import org.junit.jupiter.api.Test;

/** The JDK's own structured concurrency. It is a preview API, so a JVM of its own runs it. */
class StructuredTaskScopeTest {

  @Test
  void worksOnBothKindsOfLoop() throws Exception {
    String release = Integer.toString(Runtime.version().feature());
    ProcessBuilder scopes =
        new ProcessBuilder(
            Jvm.tool("java"),
            Jvm.agent(),
            "--enable-preview",
            "--source",
            release,
            "-cp",
            System.getProperty("java.class.path"),
            "src/test/preview/Scopes.java");
    Child.Result result = Child.run(scopes);

    assertThat(result.out()).as(result.err()).endsWith("real time: ok\nvirtual time: ok\n");
    assertThat(result.status()).isZero();
  }
}
