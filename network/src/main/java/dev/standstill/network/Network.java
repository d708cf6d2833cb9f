package dev.standstill.network;

import dev.standstill.core.VirtualScheduler;
import dev.standstill.jdk.sockets.Kernels;
import dev.standstill.network.kernel.Kernel;
import dev.standstill.network.kernel.RealServers;
import dev.standstill.network.kernel.Reopening;
import dev.standstill.test.TestLoop;
import dev.standstill.test.spi.LoopNetwork;
import dev.standstill.test.spi.LoopNetworks;
import dev.standstill.test.spi.NetworkProvider;
import java.time.Duration;
import java.util.List;

/**
 * The network of one loop: all its tasks are on one host, and whatever they send is on its way for
 * as long as the network says, in the time of the loop.
 *
 * <p>What is said of the network counts from then on, and can be changed while the loop runs. What
 * is drawn, is drawn from the schedule: another seed draws other things, a replay token the same;
 * where tasks run first in, first out, nothing happens that happens now and then only.
 *
 * <p>A Unix domain socket is no part of it: what is sent to one has arrived. As on Linux, binding
 * one makes a file, which stays when the socket is closed, and whose path can be bound again when
 * somebody has deleted it.
 *
 * <p>Tasks of the loop may call, and the thread that drives it.
 */
public final class Network {

  private final Conditions conditions;
  private final Kernel kernel;
  private final RealServers real;
  private final long opened;

  private Network(Conditions conditions, Kernel kernel, RealServers real) {
    this.conditions = conditions;
    this.kernel = kernel;
    this.real = real;
    this.opened = conditions.now();
  }

  /**
   * The network of a loop.
   *
   * @param loop any loop that was made with one
   * @return always the same one for a loop
   * @throws IllegalStateException if the loop has none of its own
   */
  public static Network of(TestLoop loop) {
    return LoopNetworks.of(loop)
        .map(network -> ((Opened) network).network())
        .orElseThrow(() ->
            new IllegalStateException(
                "Loop \"%s\" has the machine's network: make it with TestLoop.builder().network(), or @LoopTest(network = true)."
                    .formatted(loop)));
  }

  /**
   * Sets how long what is sent from now on is on its way.
   *
   * @param latency 0 or more
   * @throws IllegalArgumentException if it is negative
   */
  public void latency(Duration latency) {
    latency(latency, latency);
  }

  /**
   * The same, drawn from the schedule between two times for each packet. The bytes of a connection
   * arrive in order all the same.
   *
   * @param least 0 or more
   * @param most not less than {@code least}
   * @throws IllegalArgumentException if they are not so
   */
  public void latency(Duration least, Duration most) {
    conditions.wire().latency(new NetworkProvider.Wishes(least, most, List.of()));
  }

  /**
   * Keeps all that is on its way, or will be sent, until what is returned is closed: then it
   * arrives, at once and in order.
   *
   * <p>Those who sent do not know: a connection ends if it lasts too long, see {@link #cut}.
   *
   * @return to end it
   */
  public Outage hold() {
    return begin("hold", false);
  }

  /**
   * Loses all that is on its way, or will be sent, until what is returned is closed, which heals
   * the network. As on Linux,
   *
   * <ul>
   *   <li>what was sent through a connection is sent again, 0.2 s after the first time, then 0.4 s,
   *       0.8 s and so on after that, up to 2 min; so it arrives some time after the network has
   *       healed. After 15 min 24.6 s in vain the connection has timed out for who sent;
   *   <li>a connection is asked for again after 1 s, then 2 s, 4 s and so on after that; after 127
   *       s in vain that has timed out;
   *   <li>who waits to read waits on;
   *   <li>datagrams are lost.
   * </ul>
   *
   * @return to end it
   */
  public Outage cut() {
    return begin("cut", true);
  }

  private Outage begin(String kind, boolean loses) {
    kernel.settle();
    Outage outage = new Outage(this, kind, Duration.ofNanos(conditions.now() - opened));
    conditions.wire().block(outage, loses);
    return outage;
  }

  void ends(Outage outage) {
    kernel.settle();
    Wire wire = conditions.wire();
    if (wire.unblock(outage)) {
      Reopening reopening =
          new Reopening(wire, wire.blockedSince(), conditions.now(), wire.isLossy());
      wire.open();
      kernel.reopens(reopening);
    }
  }

  /**
   * Resets all connections: both ends get an RST, at once. Who reads or writes then fails with
   * "Connection reset".
   */
  public void reset() {
    kernel.reset(port -> true);
  }

  /**
   * The same of those connections that have an end at a port.
   *
   * @param port the server's, as a rule
   */
  public void reset(int port) {
    kernel.reset(each -> each == port);
  }

  /**
   * Loses datagrams from now on.
   *
   * @param oneIn one in so many; 1 for each, 0 for none
   * @throws IllegalArgumentException if it is negative
   */
  public void loseDatagrams(int oneIn) {
    conditions.wire().losesDatagrams(oneIn);
  }

  /**
   * Lets datagrams arrive twice from now on.
   *
   * @param oneIn one in so many; 1 for each, 0 for none
   * @throws IllegalArgumentException if it is negative
   */
  public void duplicateDatagrams(int oneIn) {
    conditions.wire().duplicatesDatagrams(oneIn);
  }

  /**
   * Lets datagrams be late from now on, so that others overtake them: by the longest latency up to
   * four times as long, or by 1 ms up to 4 ms if that is more.
   *
   * @param oneIn one in so many; 1 for each, 0 for none
   * @throws IllegalArgumentException if it is negative
   */
  public void reorderDatagrams(int oneIn) {
    conditions.wire().reordersDatagrams(oneIn);
  }

  /** How it is, as reports show it. */
  @Override
  public String toString() {
    List<Outage> outages = conditions.wire().current();
    return outages.isEmpty()
        ? "network of loop \"%s\"".formatted(conditions.name())
        : "network of loop \"%s\": %s".formatted(conditions.name(), outages);
  }

  /**
   * Lets tasks reach a server of the machine from now on. While a task waits for it, time stands
   * still.
   *
   * @param server host and port, such as {@code localhost:5432}
   * @throws IllegalArgumentException if it is nothing of that kind
   */
  public void allowReal(String server) {
    NetworkProvider.Wishes.NONE.allowing(server).real().forEach(real::allow);
  }

  static LoopNetwork open(VirtualScheduler loop, String name, NetworkProvider.Wishes wishes) {
    Conditions conditions = new Conditions(loop, name);
    conditions.wire().latency(wishes);
    RealServers real = new RealServers(wishes.real());
    Kernel kernel =
        Kernels.open(loop, name, first -> new Kernel(conditions, real, first, Kernels.RANGE));
    return new Opened(loop, kernel, new Network(conditions, kernel, real));
  }

  /** What the kit has of it. */
  private record Opened(VirtualScheduler loop, Kernel kernel, Network network)
      implements LoopNetwork {

    @Override
    public List<String> leaks(boolean all) {
      return kernel.unclosed(all);
    }

    @Override
    public void close() {
      Kernels.close(loop);
    }
  }
}
