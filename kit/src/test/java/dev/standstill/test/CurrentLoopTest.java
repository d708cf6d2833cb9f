package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.EventLoop;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Test loops are current loops as others are. */
class CurrentLoopTest {

  /** Runs the body in a thread that has no loop. */
  private static void inThread(Runnable body) throws Exception {
    var task = new FutureTask<>(body, null);
    Thread.ofPlatform().start(task);
    task.get();
  }

  @Test
  void firstTestLoopOpenedInAThreadBecomesCurrentUntilItIsClosed() throws Exception {
    inThread(() -> {
      try (TestLoop first = TestLoop.open();
          TestLoop second = TestLoop.open()) {
        assertThat(EventLoop.current()).isSameAs(first).isNotSameAs(second);
        assertThat(TestLoop.currentIfPresent()).as("the driver is no task").isEmpty();
        assertThat(EventLoop.running()).isEmpty();
      }
      assertThat(EventLoop.currentIfPresent()).isEmpty();
    });
  }

  @Test
  void currentLoopOfATaskIsTheTestLoopThatRunsIt() throws Exception {
    inThread(() -> {
      try (EventLoop real = EventLoop.open();
          TestLoop loop = TestLoop.open()) {
        var seen = loop.spawn("asking", EventLoop::current);
        loop.runUntilBlocked();
        assertThat(seen.resultNow()).isSameAs(loop);
        assertThat(EventLoop.current()).isSameAs(real);
      }
    });
  }
}
