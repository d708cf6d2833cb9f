package dev.standstill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A suite of tests is a program, too: that of JUnit's console launcher. */
class WholeSuiteTest {

  private static final String TESTS =
      """
      import static org.junit.jupiter.api.Assertions.*;

      import java.util.concurrent.*;
      import org.junit.jupiter.api.*;

      class SlowTest {
        @Test
        void sleeps() throws Exception {
          Thread.sleep(3_600_000);
        }

        @Test
        void schedules() throws Exception {
          try (ScheduledExecutorService pool = Executors.newScheduledThreadPool(2)) {
            assertEquals(42, pool.schedule(() -> 42, 1, TimeUnit.HOURS).get());
          }
        }

        @Test
        @Timeout(60)
        void hangs() throws Exception {
          new CountDownLatch(1).await();
        }
      }
      """;

  @TempDir Path directory;

  @Test
  void allItsTestsRunInVirtualTime() throws Exception {
    Path classes = Files.createDirectory(directory.resolve("classes"));
    Path source = SourceFile.write(directory, "SlowTest.java", TESTS);
    String libraries = libraries();
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", "" + classes, "-cp", libraries, "" + source))
        .isZero();

    Outcome outcome =
        Launched.run(
            directory,
            "java",
            "-cp",
            classes + File.pathSeparator + libraries,
            "org.junit.platform.console.ConsoleLauncher",
            "execute",
            "--scan-class-path",
            classes,
            "--details=summary",
            "--disable-ansi-colors");

    assertThat(outcome.out())
        .as(outcome.err())
        .contains("2 tests successful", "1 tests failed", "hangs() timed out after 60 seconds");
    assertThat(outcome.err()).contains("virtual 2 h 1 min, real ");
    assertThat(outcome.exitCode()).isEqualTo(1);
  }

  /** Those of JUnit, and nothing of Standstill. */
  private static String libraries() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry ->
            entry.matches(
                ".*(junit|opentest4j|apiguardian|open-test|jspecify|univocity|fastcsv).*\\.jar"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
