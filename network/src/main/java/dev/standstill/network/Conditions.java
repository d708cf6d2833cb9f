package dev.standstill.network;

import dev.standstill.core.Chance;
import dev.standstill.core.LoopProcess;
import dev.standstill.core.VirtualScheduler;
import dev.standstill.network.kernel.Link;
import dev.standstill.network.kernel.Node;
import dev.standstill.network.kernel.Nodes;
import dev.standstill.network.kernel.World;
import java.util.concurrent.RejectedExecutionException;

/** How the network is now: its hosts and what connects them. Loop-confined. */
final class Conditions implements World {

  private final VirtualScheduler loop;
  private final String name;
  private final long opened;
  private final Nodes nodes = new Nodes(this);
  private final Traffic traffic;
  private final Wires wires;

  Conditions(VirtualScheduler loop, String name) {
    this.loop = loop;
    this.name = name;
    this.opened = loop.nanoTime();
    this.traffic = new Traffic(opened);
    this.wires = new Wires(this, nodes.first(), traffic);
  }

  Nodes nodes() {
    return nodes;
  }

  Wires wires() {
    return wires;
  }

  Traffic traffic() {
    return traffic;
  }

  /** For how long the network has been open, in nanoseconds. */
  long age() {
    return now() - opened;
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
  public boolean happens(int oneIn, String what, Object... about) {
    return oneIn == 1 || loop.happens(Chance.of(oneIn, what, about));
  }

  /** Draws from the schedule in which way something happens, from 1; 0 if it does not. */
  int draw(Chance chance) {
    return loop.draw(chance);
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
  public Node here() {
    LoopProcess process = LoopProcess.ofCaller();
    return process != null && process.subject() instanceof Node node ? node : nodes.first();
  }

  @Override
  public Link link(Node from, Node to) {
    return wires.link(from, to);
  }
}
