package dev.standstill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@code standstill run} ends when the program does not end well. */
class ExitCodeTest {

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"--seed=1", "--real-time"})
  void exceptionOfMainIsShownFromTheProgramsOwnFrames(String option) {
    Path program =
        write(
            """
            public class Program {
              public static void main(String[] args) {
                fail();
              }
              static void fail() {
                throw new IllegalStateException("boom");
              }
            }
            """);

    Outcome outcome = Outcome.of("run", option, program);

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .startsWith(
            """
            Exception in thread "main" java.lang.IllegalStateException: boom
            \tat Program.fail(Program.java:6)
            \tat Program.main(Program.java:3)
            Standstill:\
            """);
  }

  @Test
  void exceptionOfAnotherThreadIsFailureToo() {
    Outcome outcome =
        run(
            """
            void main() throws Exception {
              Thread.ofVirtual().name("worker").start(() -> { throw new RuntimeException("lost"); }).join();
              IO.println("main goes on");
            }
            """);

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).isEqualTo("main goes on\n");
    assertThat(outcome.err())
        .startsWith(
            "Exception in thread \"worker\" java.lang.RuntimeException: lost\n\tat Program.");
  }

  @Test
  void handlerOfTheProgramGetsItsExceptions() {
    Outcome outcome =
        run(
            """
            void main() {
              Thread.setDefaultUncaughtExceptionHandler((t, e) -> IO.println("handled " + e.getMessage()));
              throw new IllegalStateException("boom");
            }
            """);
    Thread.setDefaultUncaughtExceptionHandler(null);

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).isEqualTo("handled boom\n");
  }

  @Test
  void deadlockIsReportedWithItsCycle() {
    Outcome outcome =
        run(
            """
            void main() throws Exception {
              var a = new Object();
              var b = new Object();
              Thread left = Thread.ofVirtual().name("left").start(() -> lock(a, b));
              Thread right = Thread.ofVirtual().name("right").start(() -> lock(b, a));
              left.join();
              right.join();
            }

            void lock(Object first, Object second) {
              synchronized (first) {
                Thread.yield();
                synchronized (second) { IO.println("never"); }
              }
            }
            """);

    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .startsWith("Deadlock: 2 tasks wait for each other.\n")
        .contains(
            """
              "main" is blocked on join of "left" since 2000-01-01T00:00:00Z
                  at Program.main(Program.java:6)
              "left" is blocked on a monitor (Object#1) of "right" since 2000-01-01T00:00:00Z
                  at Program.lock(Program.java:13)
            """,
            """
            Cycle: "left" holds Object#2, wants Object#1
                 → "right" holds Object#1, wants Object#2
            """,
            "Standstill: 3 tasks")
        .containsOnlyOnce("o repeat the run: ");
  }

  @Test
  void threadThatIsBlockedForEverAfterMainIsDeadlockToo() {
    Outcome outcome =
        run(
            """
            void main() {
              var latch = new java.util.concurrent.CountDownLatch(1);
              Thread.ofPlatform().name("left over").start(() -> {
                try { latch.await(); } catch (InterruptedException e) { IO.println("interrupted"); }
              });
            }
            """);

    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.err()).contains("\"left over\" is blocked on a latch");
    assertThat(outcome.out()).as("the program is not run any further").isEmpty();
  }

  @Test
  void liveLockIsReported() {
    Outcome outcome =
        run(
            """
            void main() {
              Thread.ofVirtual().name("polite").start(() -> { while (true) Thread.yield(); });
              while (true) Thread.yield();
            }
            """);

    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.err())
        .contains("all that runs polls without blocking. Running last: \"main\", \"polite\".");
  }

  @Test
  void exitOfTheProgramEndsTheRunWithItsStatus() {
    Outcome outcome =
        run(
            """
            void main() {
              Thread.startVirtualThread(() -> IO.println("never runs"));
              try {
                System.exit(42);
              } finally {
                IO.println("never reached");
              }
            }
            """);

    assertThat(outcome.exitCode()).isEqualTo(42);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).startsWith("Standstill: 2 tasks, 2 slices, virtual 0 s");
  }

  private Outcome run(String source) {
    return Outcome.of("run", write(source));
  }

  private Path write(String source) {
    return SourceFile.write(directory, "Program.java", source);
  }
}
