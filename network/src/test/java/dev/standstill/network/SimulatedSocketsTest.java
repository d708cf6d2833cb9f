package dev.standstill.network;

import dev.standstill.ThrowingRunnable;
import dev.standstill.test.TestLoop;

/** The sockets of a loop whose packets arrive at once. */
class SimulatedSocketsTest
    implements ConnectionContract,
        TransferContract,
        WakingContract,
        SelectorContract,
        AsynchronousContract,
        DatagramContract,
        OptionContract,
        LocalContract {

  @Override
  public void run(ThrowingRunnable body) throws Exception {
    try (TestLoop loop = TestLoop.builder().network().open()) {
      loop.run(() -> {
        body.run();
        return null;
      });
    }
  }
}
