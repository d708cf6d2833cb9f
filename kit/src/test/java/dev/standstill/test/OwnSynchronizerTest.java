package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import org.junit.jupiter.api.Test;

/** Programs bring synchronizers of their own, which are top-level classes. */
class OwnSynchronizerTest {

  @Test
  void taskThatWaitsForASynchronizerOfTheProgramIsDurablyBlocked() {
    try (TestLoop loop = TestLoop.open()) {
      var gate = new Gate();
      var task = loop.spawn("waits", () -> gate.acquireShared(1));
      loop.runUntilBlocked();
      assertThat(loop.blocked()).singleElement().returns(true, BlockedTask::isDurablyBlocked);

      gate.releaseShared(1);
      loop.runUntilBlocked();
      assertThat(task.isDone()).isTrue();
    }
  }
}

/** Closed until it is released. */
final class Gate extends AbstractQueuedSynchronizer {

  private static final long serialVersionUID = 1L;

  @Override
  protected int tryAcquireShared(int ignored) {
    return getState() == 1 ? 1 : -1;
  }

  @Override
  protected boolean tryReleaseShared(int ignored) {
    setState(1);
    return true;
  }
}
