package dev.standstill.test.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.Event;
import dev.standstill.core.Strategy;
import dev.standstill.test.TestLoop;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class StrategyLoopsTest {

  @Test
  void aRunOfItsOwnShowsWhereTasksWereStarted() {
    try (TestLoop loop = StrategyLoops.open(TestLoop.builder(), Strategy.FIFO)) {
      assertThat(reportOfBlocked(loop)).contains("started at dev.standstill.test.spi");
    }
  }

  @Test
  void oneRunOfManyDoesNotShowWhereTasksWereStarted() {
    try (TestLoop loop = StrategyLoops.openOneOfMany(TestLoop.builder(), Strategy.FIFO)) {
      assertThat(reportOfBlocked(loop)).contains("\"waiter\"").doesNotContain("started at");
    }
  }

  @Test
  void oneRunOfManyStillSaysThatItIsClosed() {
    TestLoop loop = StrategyLoops.openOneOfMany(TestLoop.builder(), Strategy.FIFO);
    loop.close();
    assertThatThrownBy(() -> loop.spawn("late", () -> {}))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("closed by thread \"%s\"", Thread.currentThread().getName());
  }

  private static String reportOfBlocked(TestLoop loop) {
    Event event = new Event();
    loop.background().spawn("waiter", () -> event.await());
    loop.runUntilBlocked();
    return loop.report();
  }
}
