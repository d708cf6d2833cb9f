package dev.standstill.network;

import dev.standstill.core.VirtualScheduler;
import dev.standstill.network.kernel.Link;
import dev.standstill.network.kernel.World;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** How the network is now: one host, whose packets all go through one link. Loop-confined. */
final class Conditions implements World {

  private final VirtualScheduler loop;
  private final String name;
  private final Wire wire = new Wire(this);

  Conditions(VirtualScheduler loop, String name) {
    this.loop = loop;
    this.name = name;
  }

  Wire wire() {
    return wire;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long now() {
    return loop.nanoTime();
  }

  @Override
  public boolean happens(int oneIn) {
    return oneIn == 1 || loop.happens(oneIn);
  }

  @Override
  public String caller() {
    return loop.caller();
  }

  @Override
  public void onCarrier(Runnable action) {
    try {
      loop.onCarrier(action);
    } catch (RejectedExecutionException e) {
      // The network has ended with the loop.
    }
  }

  @Override
  public Link link(@Nullable SocketAddress from, @Nullable SocketAddress to) {
    return from instanceof UnixDomainSocketAddress || to instanceof UnixDomainSocketAddress
        ? Link.LOCAL
        : wire;
  }
}
