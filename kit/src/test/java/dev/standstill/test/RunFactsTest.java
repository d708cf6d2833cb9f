package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.core.OutsideWait;
import dev.standstill.test.spi.RunFacts;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a loop has met and does not throw. */
class RunFactsTest {

  @Test
  void namesWhatIsLeftThoughNothingIsThrown() {
    TestLoop loop = TestLoop.builder().leaks(Leaks.WARN).open();
    loop.spawn("poller", () -> Thread.sleep(Duration.ofDays(1)));
    loop.spawn(
        "delayer", () -> CompletableFuture.delayedExecutor(1, TimeUnit.DAYS).execute(() -> {}));
    loop.runUntilBlocked();
    loop.close();

    assertThat(RunFacts.take(loop).left())
        .satisfiesExactly(
            first -> assertThat(first).startsWith("\"poller\", started at ").contains("RunFacts"),
            second -> assertThat(second).startsWith("a delayed job, given at "));
    assertThat(RunFacts.take(loop).left()).isEmpty();
  }

  @Test
  void nothingIsLeftOfALoopWithoutTasks() {
    TestLoop loop = TestLoop.open();
    loop.close();

    assertThat(RunFacts.take(loop)).isEqualTo(new RunFacts(0, List.of(), List.of()));
  }

  @Test
  void addsUpWaitsForTheOutsideAndNamesSome() {
    OutsideLog log = new OutsideLog();

    log.waited(5, List.of(new OutsideWait(null, "a socket")), List.of());
    log.waited(7, List.of(new OutsideWait(null, "a socket")), List.of("for a broker"));
    for (int i = 0; i < 20; i++) {
      log.waited(1, List.of(new OutsideWait(null, "thread " + i)), List.of());
    }

    RunFacts facts = log.take();
    assertThat(facts.outsideNanos()).isEqualTo(5 + 7 + 20);
    assertThat(facts.outside())
        .hasSize(8)
        .startsWith("a socket", "a hold of time: for a broker", "thread 0");
    assertThat(log.take().outsideNanos()).isZero();
  }
}
