package dev.standstill.cli;

import static dev.standstill.cli.ProgramsContract.Expected.ends;
import static dev.standstill.cli.ProgramsContract.Expected.isTold;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Programs that wait in all the ways there are: they end as on a JVM, or are told. Their sources
 * are in {@code src/test/programs/waiting}.
 */
class WaitingProgramsTest extends ProgramsContract {

  WaitingProgramsTest() {
    super("waiting");
  }

  @Override
  Stream<Expected> programs() {
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
}
