package dev.standstill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Programs that wait in all the ways there are: they end as on a JVM, or are told. Their sources
 * are in {@code src/test/programs/waiting}.
 */
class WaitingProgramsTest {

  private static final Path SOURCES = Path.of("src/test/programs/waiting");

  @TempDir static Path classes;

  /**
   * A program and how it ends under every schedule.
   *
   * @param out all that it prints to standard output
   * @param err what the report says, as a regular expression
   */
  private record Expected(String program, String argument, int exitCode, String out, String err) {
    @Override
    public String toString() {
      return program + " " + argument;
    }
  }

  private static Expected ends(String program, String argument, String out) {
    return new Expected(program, argument, 0, out + "\n", "Standstill: ");
  }

  private static Expected isTold(String program, String argument, String... lines) {
    return new Expected(program, argument, 3, "", String.join("[\\s\\S]*", lines));
  }

  static Stream<Expected> programs() {
    return Stream.of(
            Stream.of(
                ends("ExactDeadline", "", "done"),
                ends("YieldFlag", "", "done"),
                ends("SpinUntil", "yield", "after 50 ms"),
                ends("SpinUntil", "onspin", "after 50 ms"),
                ends("SpinUntil", "deadline", "after 20 ms"),
                ends("SpinUntil", "busy", "after 20 ms"),
                ends("Spin", "", "done"),
                ends("AsyncGroup", "", "java.nio.channels.InterruptedByTimeoutException after 3 s"),
                ends("SelectDeadline", "select", "after 2001 ms"),
                ends("SelectDeadline", "accept", "after 5000 ms"),
                ends("SelectDeadline", "idle", "after 5000 ms")),
            Stream.of(
                    "sleep0",
                    "park",
                    "park50us",
                    "backoff",
                    "future",
                    "condition",
                    "two",
                    "date",
                    "heartbeat")
                .map(way -> ends("Polls", way, "in time")),
            Stream.of("latch", "days", "sleep", "park", "poll", "pool")
                .map(way ->
                    isTold("Ever", way, "^Deadlock: ", "\"main\" is blocked on ", "virtual 0 s")),
            Stream.of(
                isTold(
                    "PoolDead",
                    "",
                    "^Deadlock: 2 tasks wait for each other",
                    "at PoolDead.main\\(PoolDead.java:7\\)",
                    "\"pool-1-thread-1\" is blocked on a lock",
                    "\"pool-1-thread-2\" is blocked on a lock",
                    "Cycle: ",
                    "virtual 0.01 s"),
                isTold("Heartbeat", "locks", "^Deadlock: ", "Cycle: ", "virtual 0.01 s"),
                isTold("Heartbeat", "monitors", "^Deadlock: ", "Cycle: ", "virtual 0.01 s"),
                isTold(
                    "StaticJoin",
                    "",
                    "^Deadlock: \"main\" waits in the initialiser of StaticJoin\\$Settings for \"loader\"",
                    "at StaticJoin\\$Settings.<clinit>\\(StaticJoin.java:8\\)"),
                isTold(
                    "PollsForEver",
                    "",
                    "polls without blocking",
                    "at PollsForEver.main\\(PollsForEver.java:6\\)")))
        .flatMap(each -> each);
  }

  @BeforeAll
  static void compile() {
    List<String> arguments = new ArrayList<>(List.of("-d", classes.toString()));
    try (Stream<Path> sources = Files.list(SOURCES)) {
      sources.map(Path::toString).forEach(arguments::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int errors =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(errors).isZero();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void endAsOnAJvmOrAreTold(Expected expected) {
    assertRuns(expected);
    for (int seed = 0; seed < 3; seed++) {
      assertRuns(expected, "--seed=" + seed);
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("programs")
  void doSoUnderTwentySeedsThreeTimesEach(Expected expected) {
    for (int time = 0; time < 3; time++) {
      assertRuns(expected);
      IntStream.range(0, 20).forEach(seed -> assertRuns(expected, "--seed=" + seed));
    }
  }

  @Test
  void aTaskThatComputesForEverIsToldWithItsStack() {
    Outcome outcome = run("Computes", "", "--limit=1s");

    assertThat(outcome.err())
        .startsWith("TestLoop \"run\": task \"worker\" kept the carrier for PT1S of real time")
        .contains("at Computes.compute(Computes.java:")
        .contains("\"main\" is blocked on sleep");
    assertThat(outcome.exitCode()).isEqualTo(3);
  }

  @Test
  void untilEndsAProgramThatRepeatsForEver() {
    Outcome outcome = run("Heartbeat", "alone", "--until=12h");

    assertThat(outcome.err())
        .startsWith("Ended after 12 h of virtual time, as --until says.\n")
        .contains("virtual 12 h");
    assertThat(outcome.exitCode()).isZero();
  }

  private static void assertRuns(Expected expected, String... options) {
    Outcome outcome = run(expected.program(), expected.argument(), options);

    assertThat(outcome.err())
        .as("%s %s", expected, List.of(options))
        .containsPattern(expected.err());
    assertThat(outcome.exitCode()).isEqualTo(expected.exitCode());
    assertThat(outcome.out()).isEqualTo(expected.out());
  }

  private static Outcome run(String program, String argument, String... options) {
    List<Object> arguments = new ArrayList<>(List.of("run", "-cp", classes));
    arguments.addAll(List.of(options));
    arguments.add(program);
    if (!argument.isEmpty()) {
      arguments.addAll(List.of("--", argument));
    }
    return Outcome.of(arguments.toArray());
  }
}
