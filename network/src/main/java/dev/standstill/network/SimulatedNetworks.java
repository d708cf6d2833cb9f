package dev.standstill.network;

import dev.standstill.core.VirtualScheduler;
import dev.standstill.test.TestLoop;
import dev.standstill.test.spi.LoopNetwork;
import dev.standstill.test.spi.NetworkProvider;

/** Gives loops their networks; made by {@code ServiceLoader}. Any thread may call. */
@SuppressWarnings("exports") // its types are for Standstill only
public final class SimulatedNetworks implements NetworkProvider {

  /** Called by {@code ServiceLoader}. */
  public SimulatedNetworks() {}

  @Override
  public LoopNetwork open(TestLoop loop, VirtualScheduler scheduler, Wishes wishes) {
    return Network.open(loop, scheduler, wishes);
  }
}
