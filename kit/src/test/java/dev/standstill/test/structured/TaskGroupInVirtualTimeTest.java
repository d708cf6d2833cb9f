package dev.standstill.test.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.EventLoop;
import dev.standstill.TaskGroup;
import dev.standstill.ThrowingRunnable;
import dev.standstill.Timeout;
import dev.standstill.test.TestLoop;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class TaskGroupInVirtualTimeTest extends TaskGroupContract {

  private static final Duration LIMIT = Duration.ofMillis(5);
  private static final Duration LONG = Duration.ofDays(1);

  @Override
  EventLoop open() {
    return TestLoop.open();
  }

  @Test
  void aFailureJustBeforeALimitAroundTheGroupLeavesNoInterrupt() throws Exception {
    assertLeavesNoInterrupt(() ->
        assertThatThrownBy(() ->
                Timeout.after(
                    LONG,
                    limit -> {
                      try (var group = TaskGroup.open()) {
                        group.spawn("fails", TaskGroupInVirtualTimeTest::failAtTheLimit);
                        Thread.yield(); // its sleep begins
                        limit.reschedule(LIMIT);
                        Thread.sleep(LONG);
                        return "nobody waits for so long";
                      }
                    }))
            .isInstanceOf(TimeoutException.class));
  }

  @Test
  void aFailureJustAfterALimitInsideTheGroupLeavesNoInterrupt() throws Exception {
    assertLeavesNoInterrupt(() ->
        assertThatThrownBy(
                () -> {
                  try (var group = TaskGroup.open()) {
                    group.spawn("fails", TaskGroupInVirtualTimeTest::failAtTheLimit);
                    Timeout.moveOnAfter(LIMIT, () -> Thread.sleep(LONG));
                    group.join();
                  }
                })
            .hasMessage("planned"));
  }

  @Test
  void moveOnAfterTellsOfACleanUpThatFailsBesideATaskThatWasInterrupted() throws Exception {
    IOException ofCleanUp = new IOException("planned");
    try (TestLoop loop = TestLoop.open()) {
      loop.run(() ->
          assertThatThrownBy(() ->
                  Timeout.moveOnAfter(
                      LIMIT,
                      () -> {
                        try (var group = TaskGroup.open()) {
                          group.spawn("fails", TaskGroupInVirtualTimeTest::failBeforeTheLimit);
                          group.spawn("cleans up", () -> cleanUpBeyondTheLimit(ofCleanUp));
                          Thread.sleep(LONG);
                        }
                      }))
              .isInstanceOf(TimeoutException.class)
              .satisfies(told ->
                  assertThat(told.getCause().getSuppressed()[0].getCause().getSuppressed())
                      .containsExactly(ofCleanUp)));
    }
  }

  @Test
  void moveOnAfterTellsOfAResourceThatFailsToClose() throws Exception {
    IOException ofClose = new IOException("planned");
    Closeable resource =
        () -> {
          throw ofClose;
        };
    try (TestLoop loop = TestLoop.open()) {
      loop.run(() ->
          assertThatThrownBy(() ->
                  Timeout.moveOnAfter(
                      LIMIT,
                      () -> {
                        try (resource) {
                          Thread.sleep(LONG);
                        }
                      }))
              .isInstanceOf(TimeoutException.class)
              .satisfies(
                  told -> assertThat(told.getCause().getSuppressed()).containsExactly(ofClose)));
    }
  }

  private static void failBeforeTheLimit() throws Exception {
    Thread.sleep(LIMIT.dividedBy(2));
    throw new InterruptedException("of its own");
  }

  private static void cleanUpBeyondTheLimit(IOException failure) throws Exception {
    try {
      Thread.sleep(LONG);
    } catch (InterruptedException e) {
      Thread.sleep(LIMIT);
      throw failure;
    }
  }

  private static void failAtTheLimit() throws Exception {
    Thread.sleep(LIMIT);
    throw new IOException("planned");
  }

  private static void assertLeavesNoInterrupt(ThrowingRunnable body) throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      loop.run(() -> {
        body.run();
        assertThat(Thread.currentThread().isInterrupted()).as("interrupted").isFalse();
      });
    }
  }
}
