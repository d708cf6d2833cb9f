package dev.standstill.test.structured;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.EventLoop;
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
