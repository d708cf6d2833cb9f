package dev.standstill.test;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The end of a process is outside work: time never jumps over it while a task waits for it, however
 * the task does so.
 */
class ProcessesTest {

  /** How a task waits for the end of a process. */
  private interface Wait {
    void on(Process process) throws Exception;
  }

  private static final Duration HOUR = Duration.ofHours(1);
  private static final String SOON = "0.3";
  private static final String NEVER = "1000";

  private final TestLoop loop = TestLoop.open();
  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void close() {
    loop.close();
    processes.forEach(Process::destroyForcibly);
  }

  private Process sleep(String seconds) throws IOException {
    Process process = new ProcessBuilder("sleep", seconds).start();
    processes.add(process);
    return process;
  }

  /** Waits for a process beside a task that sleeps, and sees that the process comes first. */
  private void comesBeforeASleepOfAnHour(Wait wait) {
    List<String> log = new ArrayList<>();
    loop.spawn(
        "sleeper",
        () -> {
          Thread.sleep(HOUR);
          log.add("slept until " + Instant.now());
        });
    loop.spawn(
        "waiter",
        () -> {
          Process process = sleep(SOON);
          wait.on(process);
          assertThat(process.exitValue()).isZero();
          log.add("ended at " + Instant.now());
        });
    loop.runUntilBlocked();
    assertThat(log).containsExactly("ended at 2000-01-01T00:00:00Z");

    loop.runUntilIdle();
    assertThat(log).last().isEqualTo("slept until 2000-01-01T01:00:00Z");
  }

  @Test
  void aTaskThatWaitsForAProcessIsExternallyBlocked() {
    comesBeforeASleepOfAnHour(Process::waitFor);
  }

  @Test
  void soIsOneThatWaitsWithALimit() {
    comesBeforeASleepOfAnHour(
        process -> assertThat(process.waitFor(Duration.ofMinutes(1))).isTrue());
  }

  @Test
  void soIsOneThatWaitsForTheFutureOfTheEnd() {
    comesBeforeASleepOfAnHour(process -> process.onExit().get());
  }

  @Test
  void soIsOneThatWaitsForWhatDependsOnThatFuture() {
    comesBeforeASleepOfAnHour(process ->
        CompletableFuture.allOf(
                CompletableFuture.anyOf(process.onExit(), new CompletableFuture<>()),
                new CompletableFuture<>()
                    .completeAsync(() -> 1)
                    .thenCombineAsync(process.toHandle().onExit(), (one, _) -> one))
            .thenCompose(_ -> CompletableFuture.supplyAsync(() -> 2))
            .join());
  }

  @Test
  void theLimitOfAWaitReallyPassesAndThenOnTheLoop() throws Exception {
    loop.background().spawn("sleeper", () -> Thread.sleep(HOUR));
    long began = System.nanoTime();
    boolean ended = loop.run(() -> sleep(NEVER).waitFor(30, MILLISECONDS));

    assertThat(ended).isFalse();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(30));
    assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plusMillis(30));
  }

  @Test
  void aWaitCanBeCancelled() throws Exception {
    var wait = loop.spawn("waiter", () -> sleep(NEVER).waitFor());
    loop.runReady();
    wait.cancel(true);
    loop.run(() -> Thread.sleep(HOUR));
    assertThat(wait).isCancelled();
  }

  /** One has ended before, so that the JDK's thread that waits for processes is there already. */
  @Test
  void aProcessThatNobodyWaitsForHoldsNothingUp() throws Exception {
    loop.run(() -> sleep("0").waitFor());
    loop.run(() -> {
      Process server = sleep(NEVER);
      server.onExit().thenRun(() -> {});
      var unrelated = new CompletableFuture<String>();
      loop.schedule(() -> unrelated.complete("came"), HOUR);
      assertThat(unrelated.get()).isEqualTo("came");
      assertThat(server.isAlive()).isTrue();
    });
    assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plus(HOUR));
  }

  @Test
  void theReportSaysSo() {
    assertSaysSo(Process::waitFor);
    assertSaysSo(process -> process.onExit().join());
  }

  private void assertSaysSo(Wait wait) {
    try (TestLoop impatient =
        TestLoop.builder().realTimeLimit(Duration.ofMillis(20)).leaks(Leaks.IGNORE).open()) {
      impatient.spawn("waiter", () -> wait.on(sleep(NEVER)));
      assertThatExceptionOfType(OutsideWaitException.class)
          .isThrownBy(impatient::runUntilBlocked)
          .withMessageContaining("its limit: task \"waiter\" waits for the end of a process.");
      processes.forEach(Process::destroyForcibly);
    }
  }
}
