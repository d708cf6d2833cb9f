package dev.standstill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The option {@code --timeline}, and the command that shows what it wrote. */
class TimelineCommandTest {

  private static final String DEADLOCK =
      """
      import java.util.concurrent.locks.ReentrantLock;

      static void take(ReentrantLock one, ReentrantLock other) {
        one.lock();
        Thread.yield();
        other.lock();
      }

      void main() throws Exception {
        var a = new ReentrantLock();
        var b = new ReentrantLock();
        Thread left = Thread.ofVirtual().name("left").start(() -> take(a, b));
        Thread right = Thread.ofVirtual().name("right").start(() -> take(b, a));
        left.join();
        right.join();
      }
      """;

  private static final String OVERDRAWN =
      """
      import java.util.concurrent.atomic.AtomicInteger;

      static final AtomicInteger balance = new AtomicInteger(100);

      static void withdraw(int amount) {
        if (balance.get() >= amount) {
          balance.addAndGet(-amount);
        }
      }

      void main() throws Exception {
        Thread one = new Thread(() -> withdraw(80), "one");
        Thread other = new Thread(() -> withdraw(80), "other");
        one.start();
        other.start();
        one.join();
        other.join();
        if (balance.get() < 0) throw new IllegalStateException("overdrawn");
      }
      """;

  @TempDir Path directory;
  private Path trace;

  @BeforeEach
  void nameTrace() {
    trace = directory.resolve("run.jsonl");
  }

  private Path program(String source) {
    return SourceFile.write(directory, "Program.java", source);
  }

  @Test
  void aRunThatStandsStillIsShownAsText() {
    Outcome run = Outcome.of("run", "--timeline", trace, program(DEADLOCK));
    Outcome shown = Outcome.of("timeline", trace);

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("Timeline: " + trace + "\n");
    assertThat(shown.exitCode()).isZero();
    assertThat(shown.out())
        .contains("it stands still for good.", "L it waits for a lock, condition or semaphore")
        .containsPattern("(?m)^Program.java:6 +waits for a lock, ReentrantLock#1")
        .doesNotContain("\u001b");
  }

  @Test
  void aSavedTraceBecomesAPageWithTheSourceInIt() throws Exception {
    Outcome.of("run", "--timeline", trace, program(DEADLOCK));
    Path page = directory.resolve("page.html");

    Outcome written = Outcome.of("timeline", "--out", page, trace);

    assertThat(written.exitCode()).isZero();
    assertThat(written.err()).isEqualTo("Timeline: " + page + "\n");
    assertThat(Files.readString(page)).startsWith("<!doctype html>");
    assertThat(Files.readString(trace))
        .contains(
            "{\"is\":\"source\",\"file\":\"Program.java\",\"line\":6,\"text\":\"  other.lock();\"}");
  }

  @Test
  void exploringMarksTheSwitchThatDecides() throws Exception {
    Path program = program(OVERDRAWN);
    Outcome explored = Outcome.of("explore", "--timeline", trace, program);
    Outcome shown = Outcome.of("timeline", trace);

    assertThat(explored.exitCode()).isEqualTo(1);
    assertThat(explored.out()).contains("Timeline: " + trace);
    assertThat(shown.out())
        .contains("Switch 1 decides: one is preempted between Program.java:6")
        .contains("-- switch 1 --")
        .contains("balance.addAndGet(): -60");

    String token = explored.out().replaceAll("(?s).*replay (\\S+) .*", "$1");
    Path again = directory.resolve("again.jsonl");
    Outcome.of("replay", "--timeline", again, token, program);
    assertThat(Files.readAllLines(again)).isEqualTo(withoutTheRunThatPasses());
  }

  /** Replaying looks for none: the program would print twice. */
  private List<String> withoutTheRunThatPasses() throws IOException {
    return Files.readAllLines(trace).stream()
        .takeWhile(line -> !line.startsWith("{\"is\":\"passing\""))
        .toList();
  }

  @Test
  void whereNothingFailsItIsSaid() {
    Outcome explored =
        Outcome.of(
            "explore",
            "--schedules=5",
            "--timeline",
            trace,
            program(OVERDRAWN.replace("withdraw(80), \"other\"", "withdraw(10), \"other\"")));

    assertThat(explored.exitCode()).isZero();
    assertThat(explored.out()).contains("No timeline was written: no run has failed.");
    assertThat(trace).doesNotExist();
  }

  @Test
  void aNameThatSaysNoFormIsRefused() {
    Outcome run = Outcome.of("run", "--timeline", "run.pdf", program(DEADLOCK));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("\"run.pdf\" is no name for a timeline: it ends with .html");
  }

  @Test
  void whatIsNoTraceIsRefused() {
    Outcome missing = Outcome.of("timeline", directory.resolve("none.jsonl"));
    Outcome wrong = Outcome.of("timeline", program(DEADLOCK));

    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.err()).contains("There is no file " + directory.resolve("none.jsonl"));
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("cannot be shown: its line 1 is no JSON from letter 1 on");
  }

  @Test
  void inRealTimeThereIsNone() {
    Outcome run = Outcome.of("run", "--real-time", "--timeline", trace, program(DEADLOCK));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--timeline");
  }
}
