package dev.standstill.network;

import dev.standstill.ThrowingRunnable;

/** The sockets of the machine, on virtual threads: what the contract says was seen here first. */
class RealSocketsTest
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
    Later.run(body).get();
  }
}
