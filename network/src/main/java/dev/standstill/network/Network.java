package dev.standstill.network;

import dev.standstill.core.Chance;
import dev.standstill.core.LoopProcess;
import dev.standstill.core.LoopProcesses;
import dev.standstill.core.VirtualScheduler;
import dev.standstill.jdk.sockets.Kernels;
import dev.standstill.network.kernel.Kernel;
import dev.standstill.network.kernel.Node;
import dev.standstill.network.kernel.RealServers;
import dev.standstill.test.TestLoop;
import dev.standstill.test.spi.IsolatedLoader;
import dev.standstill.test.spi.LoopNetwork;
import dev.standstill.test.spi.LoopNetworks;
import dev.standstill.test.spi.NetworkProvider;
import dev.standstill.test.spi.NetworkTrace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The network of one loop, in its time. All tasks are on one host, the test's, but for those of the
 * {@linkplain #host hosts} that are added; whatever they send is on its way for as long as the
 * network says. As soon as there are other hosts, that is so between hosts; what one of those sends
 * to itself has arrived.
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

  private static final Outage.Scope EVERYWHERE = (from, to) -> true;

  private final TestLoop loop;
  private final LoopProcesses processes;
  private final Conditions conditions;
  private final Kernel kernel;
  private final RealServers real;
  private final List<Host> hosts = new ArrayList<>();
  private final List<String> sharedClasses = new ArrayList<>();
  private final Folders folders = new Folders();

  private Network(
      TestLoop loop,
      LoopProcesses processes,
      Conditions conditions,
      Kernel kernel,
      RealServers real) {
    this.loop = loop;
    this.processes = processes;
    this.conditions = conditions;
    this.kernel = kernel;
    this.real = real;
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
   * Adds a host and starts its program.
   *
   * @param name by which others find it: letters, digits, dots and hyphens
   * @param program what it runs, in classes of its own
   * @return the host, whose program has begun when the caller waits for something
   * @throws IllegalArgumentException if the name is taken or cannot be one, or the program cannot
   *     be made in other classes
   */
  public Host host(String name, HostProgram program) {
    return start(name, new CopiedProgram(name, program));
  }

  /**
   * The same for a class with a main method.
   *
   * @param name by which others find it
   * @param program has a main method, as {@code java} would run it
   * @param arguments what that gets
   * @return the host
   * @throws IllegalArgumentException if the name is taken or cannot be one, or the class has no
   *     main method
   */
  public Host host(String name, Class<?> program, String... arguments) {
    ClassLoader source = Objects.requireNonNull(program.getClassLoader(), "a class of the JDK");
    return start(name, new MainProgram(source, program.getName(), List.of(arguments)));
  }

  private Host start(String name, LoadedProgram program) {
    program.in(loader(program.source())); // says what is wrong before there is a host
    Host added = new Host(this, conditions.nodes().add(name), program);
    hosts.add(added);
    added.begin();
    return added;
  }

  /**
   * Returns the hosts that were added, in that order.
   *
   * @return those that do not run just now, too
   */
  public List<Host> hosts() {
    return List.copyOf(hosts);
  }

  /**
   * Has hosts that start from now on share classes with the test, and so with each other: those of
   * large libraries, of which each host would load its own in some tenths of a second, and those of
   * objects that a program is to have in common with the test. They have to be public, as classes
   * of different loaders are in different packages.
   *
   * @param names how the names of the classes begin, such as {@code "io.netty."}
   */
  public void shareClasses(String... names) {
    sharedClasses.addAll(List.of(names));
  }

  /** The host whose process that is. */
  Optional<Host> host(LoopProcess process) {
    return hosts.stream().filter(host -> host.node() == process.subject()).findAny();
  }

  IsolatedLoader loader(ClassLoader source) {
    return new IsolatedLoader(source, sharedClasses);
  }

  TestLoop loop() {
    return loop;
  }

  LoopProcesses processes() {
    return processes;
  }

  Folders folders() {
    return folders;
  }

  /** Draws from the schedule in which way something happens, from 1; 0 if it does not. */
  int draw(Chance chance) {
    return conditions.draw(chance);
  }

  /** For how long it has been open, in virtual time. */
  Duration age() {
    return Duration.ofNanos(conditions.age());
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
    conditions.wires().quality().latency(latencyOf(least, most));
  }

  /**
   * The same of what one host sends to another, whatever is said of all before or later. What comes
   * back is as before.
   *
   * @param from who sends
   * @param to who gets it
   * @param least 0 or more
   * @param most not less than {@code least}
   * @throws IllegalArgumentException if they are not so, or the hosts are one
   */
  public void latency(Host from, Host to, Duration least, Duration most) {
    latency(from.node(), to.node(), least, most);
  }

  void latency(Node from, Node to, Duration least, Duration most) {
    conditions.wires().wire(from, to).latency(latencyOf(least, most));
  }

  /** Slows a link down; returns what makes it as it was. */
  Runnable slow(Host from, Host to, Duration most) {
    Wire wire = conditions.wires().wire(from.node(), to.node());
    Quality.Latency before = wire.ownLatency();
    wire.latency(latencyOf(Duration.ZERO, most));
    return () -> wire.latency(before);
  }

  private static Quality.Latency latencyOf(Duration least, Duration most) {
    return Quality.Latency.of(new NetworkProvider.Wishes(least, most, List.of()));
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
    return begin("hold", EVERYWHERE, false);
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
    return begin("cut", EVERYWHERE, true);
  }

  /**
   * Keeps what one host sends to another, as {@link #hold()} does; what comes back arrives.
   *
   * @param from who sends
   * @param to who gets it later
   * @return to end it
   * @throws IllegalArgumentException if the hosts are one
   */
  public Outage hold(Host from, Host to) {
    return hold(from.node(), to.node());
  }

  /**
   * Loses what one host sends to another, as {@link #cut()} does; what comes back arrives.
   *
   * @param from who sends
   * @param to who does not get it
   * @return to end it
   * @throws IllegalArgumentException if the hosts are one
   */
  public Outage cut(Host from, Host to) {
    return cut(from.node(), to.node());
  }

  /**
   * Cuts two hosts off from each other, as {@link #cut()} does.
   *
   * @param one a host
   * @param other another
   * @return to end it
   * @throws IllegalArgumentException if the hosts are one
   */
  public Outage partition(Host one, Host other) {
    return partition(one.node(), other.node());
  }

  /**
   * Cuts each host of one group off from each of the other.
   *
   * @param ones some hosts
   * @param others some others
   * @return to end it
   * @throws IllegalArgumentException if a host is in both
   */
  public Outage partition(List<Host> ones, List<Host> others) {
    return partitionNodes(nodes(ones), nodes(others));
  }

  private static List<Node> nodes(List<Host> hosts) {
    return hosts.stream().map(Host::node).toList();
  }

  Outage hold(Node from, Node to) {
    return begin(oneWay(from, to, "held"), between(from, to), false);
  }

  Outage cut(Node from, Node to) {
    return begin(oneWay(from, to, "cut"), between(from, to), true);
  }

  private static String oneWay(Node from, Node to, String how) {
    return "%s -> %s is %s".formatted(from, to, how);
  }

  private Outage.Scope between(Node from, Node to) {
    conditions.wires().wire(from, to); // says if they are one
    return (one, other) -> one == from && other == to;
  }

  Outage partition(Node one, Node other) {
    return partitionNodes(List.of(one), List.of(other));
  }

  Outage partitionNodes(List<Node> here, List<Node> there) {
    here.stream()
        .filter(there::contains)
        .findFirst()
        .ifPresent(both -> {
          throw new IllegalArgumentException(
              "Host \"%s\" cannot be on both sides of a partition.".formatted(both));
        });
    return begin(
        "%s <-> %s is cut".formatted(names(here), names(there)),
        (from, to) ->
            here.contains(from) && there.contains(to) || there.contains(from) && here.contains(to),
        true);
  }

  private static String names(List<Node> nodes) {
    return nodes.stream().map(Node::name).collect(Collectors.joining(", "));
  }

  /** Adds a host. */
  Node add(String name) {
    return conditions.nodes().add(name);
  }

  /** The test's own host. */
  Node first() {
    return conditions.nodes().first();
  }

  /**
   * The process of a host has ended: what it had open is closed with an RST, nobody listens any
   * more, and its ports are free.
   */
  void processEnds(Node node) {
    kernel.processEnds(node);
  }

  /** The same, in good order: what it had open is closed. */
  void processExits(Node node) {
    kernel.processExits(node);
  }

  /**
   * The machine of a host stops: what it had open is gone, and nobody is told. What others send to
   * it is lost, and sent again, until what is returned is closed, which starts the machine: then
   * what is sent again is answered by an RST.
   */
  Outage machineStops(Node node) {
    Outage down =
        block(node + " is down", (from, to) -> from != to && (from == node || to == node), true);
    kernel.machineStops(node);
    kernel.changed();
    return down;
  }

  private Outage begin(String kind, Outage.Scope scope, boolean loses) {
    Outage begun = block(kind, scope, loses);
    kernel.changed();
    return begun;
  }

  private Outage block(String kind, Outage.Scope scope, boolean loses) {
    kernel.settle();
    NetworkTrace.Cut told = conditions.traffic().tellOutage(kind);
    Outage outage = new Outage(this, kind, scope, loses, Duration.ofNanos(conditions.age()), told);
    conditions.wires().block(outage);
    return outage;
  }

  void ends(Outage outage) {
    kernel.settle();
    kernel.reopen(conditions.wires().unblock(outage));
  }

  /**
   * Has a rule decide what becomes of each message between hosts from now on, or, as long as all
   * tasks are on one, between those. Where there are several, each is asked in the order in which
   * they were added, until one does not pass.
   *
   * <p>Messages are what carries data: connections are made and closed without asking.
   *
   * @param rule any
   * @return to take it back
   */
  public InstalledRule rule(Rule rule) {
    kernel.settle();
    conditions.traffic().add(rule);
    return new InstalledRule(this, rule);
  }

  void ends(Rule rule) {
    kernel.settle();
    conditions.traffic().remove(rule);
  }

  /**
   * Returns what went between different hosts.
   *
   * @return the oldest first; only the latest 10,000, and less where they carry more than 64 MiB
   */
  public List<Message> messages() {
    kernel.settle();
    return conditions.traffic().messages(conditions.now());
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
   * The same of those connections that have an end at a host.
   *
   * @param host the host
   */
  public void reset(Host host) {
    kernel.reset(host.node());
  }

  /**
   * Begins {@link Chaos} among all hosts.
   *
   * @param kinds of what faults the schedule may draw from; of all if there are none
   * @return to end it
   */
  public Chaos chaos(Fault... kinds) {
    return chaos(hosts, kinds);
  }

  /**
   * Begins {@link Chaos} among some hosts, so that others, such as a client, are spared.
   *
   * @param among what may befall whom
   * @param kinds of what faults the schedule may draw from; of all if there are none
   * @return to end it
   */
  public Chaos chaos(List<Host> among, Fault... kinds) {
    List<Fault> allowed = List.of(kinds.length == 0 ? Fault.values() : kinds);
    return new Chaos(this, allowed, among);
  }

  /**
   * Loses datagrams from now on.
   *
   * @param oneIn one in so many; 1 for each, 0 for none
   * @throws IllegalArgumentException if it is negative
   */
  public void loseDatagrams(int oneIn) {
    conditions.wires().quality().losesDatagrams(oneIn);
  }

  /**
   * Lets datagrams arrive twice from now on.
   *
   * @param oneIn one in so many; 1 for each, 0 for none
   * @throws IllegalArgumentException if it is negative
   */
  public void duplicateDatagrams(int oneIn) {
    conditions.wires().quality().duplicatesDatagrams(oneIn);
  }

  /**
   * Lets datagrams be late from now on, so that others overtake them: by the longest latency up to
   * four times as long, or by 1 ms up to 4 ms if that is more.
   *
   * @param oneIn one in so many; 1 for each, 0 for none
   * @throws IllegalArgumentException if it is negative
   */
  public void reorderDatagrams(int oneIn) {
    conditions.wires().quality().reordersDatagrams(oneIn);
  }

  /** How it is, as reports show it. */
  @Override
  public String toString() {
    List<Outage> outages = conditions.wires().outages();
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

  static LoopNetwork open(
      TestLoop loop, VirtualScheduler scheduler, NetworkProvider.Wishes wishes) {
    Conditions conditions = new Conditions(scheduler, loop.name());
    conditions.wires().quality().latency(Quality.Latency.of(wishes));
    RealServers real = new RealServers(wishes.real());
    Kernel kernel =
        Kernels.open(
            scheduler,
            loop.name(),
            first -> new Kernel(conditions, conditions.nodes(), real, first, Kernels.RANGE));
    Network network = new Network(loop, scheduler.processes(), conditions, kernel, real);
    return new Opened(scheduler, kernel, network);
  }

  /** What the kit has of it. */
  private record Opened(VirtualScheduler loop, Kernel kernel, Network network)
      implements LoopNetwork {

    @Override
    public String hostOf(Thread task) {
      LoopProcess process = LoopProcess.of(task);
      if (process != null) {
        return process.name();
      }
      return network.hosts.isEmpty() ? "" : network.first().name();
    }

    @Override
    public void tellTo(NetworkTrace trace) {
      network.conditions.traffic().tellTo(trace);
    }

    @Override
    public List<String> leaks(boolean all) {
      return kernel.unclosed(all);
    }

    @Override
    public void close() {
      Kernels.close(loop);
      network.folders.close();
    }
  }
}
