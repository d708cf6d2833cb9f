package dev.standstill.test.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.EventLoop;
import dev.standstill.TaskGroup;
import dev.standstill.test.TestLoop;
import java.io.UncheckedIOException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

class CancellationInVirtualTimeTest extends CancellationContract {
  @Override
  EventLoop open() {
    return TestLoop.open();
  }

  @Test
  void whatTheCleanUpOfACancelledTaskThrowsIsToldWhenTheLoopCloses() {
    Exception failure = new IllegalArgumentException("clean-up");
    TestLoop cancelling = TestLoop.open();
    cancel(cancelling, failure);

    assertThatThrownBy(cancelling::close).hasCause(failure);
  }

  @Test
  void whatTheInterruptOfACancelExplainsIsNotTold() {
    try (TestLoop cancelling = TestLoop.open()) {
      cancel(cancelling, new IllegalStateException(new InterruptedException()));
      cancel(cancelling, new UncheckedIOException(new SocketException("Closed by interrupt")));
    }
  }

  @Test
  void whatIsThrownBesideTheInterruptOfACancelIsToldWhenTheLoopCloses() {
    Exception ofResource = new IllegalArgumentException("close");
    InterruptedException interrupt = new InterruptedException();
    interrupt.addSuppressed(ofResource);
    TestLoop cancelling = TestLoop.open();
    cancel(cancelling, new IllegalStateException(interrupt));

    assertThatThrownBy(cancelling::close)
        .hasRootCause(interrupt)
        .satisfies(told -> assertThat(interrupt.getSuppressed()).containsExactly(ofResource));
  }

  @Test
  void aGroupThatACancelLeavesWithoutJoinIsNotTold() {
    try (TestLoop cancelling = TestLoop.open()) {
      var task =
          cancelling.spawn(
              "cancelled",
              () -> {
                try (var group = TaskGroup.open()) {
                  group.spawn("member", () -> Thread.sleep(Long.MAX_VALUE));
                  Thread.sleep(Long.MAX_VALUE);
                }
              });
      cancelling.runUntilBlocked();
      task.cancel(true);
      cancelling.runUntilBlocked();
    }
  }

  private static void cancel(TestLoop loop, Exception failure) {
    var task =
        loop.spawn(
            "cancelled",
            () -> {
              try {
                Thread.sleep(Long.MAX_VALUE);
              } catch (InterruptedException e) {
                throw failure;
              }
            });
    loop.runUntilBlocked();
    task.cancel(true);
    loop.runUntilBlocked();
  }
}
