package dev.standstill.network.kernel;

import dev.standstill.jdk.sockets.SocketKernel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The open files of one loop, by their numbers, and what can be done with them. */
public final class Kernel implements SocketKernel {

  private final World world;
  private final Nodes nodes;
  private final RealServers real;
  private final FileTable files;
  private final Refusals refusals;
  private final Handshakes handshakes;
  private final Routing routing;
  private final Faults faults;
  private final Calls calls;

  /**
   * @param first the first number of a file
   * @param most how many numbers there are
   */
  public Kernel(World world, Nodes nodes, RealServers real, int first, int most) {
    this.world = world;
    this.nodes = nodes;
    this.real = real;
    files = new FileTable(world, first, most);
    refusals = new Refusals(world);
    calls = new Calls(world);
    handshakes =
        new Handshakes(world, node -> files.add(new StreamSocket(node, files.number())), refusals);
    routing = new Routing(world, files, handshakes, refusals);
    faults = new Faults(files, handshakes);
  }

  private OpenFile file(int number) throws SocketException {
    catchUp();
    return files.get(number);
  }

  private <F> F file(int number, Class<F> type) throws SocketException {
    OpenFile file = file(number);
    if (!type.isInstance(file)) {
      throw new SocketException("Operation not supported by " + file.describe());
    }
    return type.cast(file);
  }

  private StreamSocket stream(int number) throws SocketException {
    return file(number, StreamSocket.class);
  }

  private DatagramSocketFile datagram(int number) throws SocketException {
    return file(number, DatagramSocketFile.class);
  }

  @Override
  public int open(Kind kind) {
    int number = files.number();
    OpenFile opened =
        files.add(
            kind == Kind.DATAGRAM
                ? new DatagramSocketFile(world.here(), number)
                : new StreamSocket(world.here(), number));
    files.isOpenedByCaller(opened);
    return number;
  }

  @Override
  public int openCounter() {
    return files.add(new Counter(world.here(), files.number())).number();
  }

  @Override
  public int openSelector() {
    return files.add(new Selector(world.here(), files.number())).number();
  }

  @Override
  public long openPipe() {
    PipeEnd reader = PipeEnd.open(world.here(), files.number(), files.number());
    files.add(reader);
    files.add(reader.other());
    return (long) reader.number() << Integer.SIZE | reader.other().number();
  }

  @Override
  public void close(int number) {
    files.close(number);
  }

  @Override
  public void closeUnseen(int number) {
    files.isUnreachable(number);
  }

  @Override
  public void closeLater(int number) {
    world.onCarrier(() -> close(number));
  }

  /** Says which sockets were not closed: those that nobody can reach any more, or all. */
  public List<String> unclosed(boolean all) {
    catchUp();
    return files.unclosed(all);
  }

  /** Has all happen that was to happen until now. */
  private void catchUp() {
    handshakes.settle();
  }

  @Override
  public void bind(int number, SocketAddress address) throws IOException {
    OpenFile file = file(number);
    file.node().bindings().bind(file, address, files.options(number));
  }

  @Override
  public void listen(int number, int backlog) throws IOException {
    StreamSocket stream = stream(number);
    stream.node().bindings().bindToListen(stream, files.options(number));
    stream.listen(backlog, handshakes::next);
  }

  @Override
  public int connect(int number, SocketAddress address) throws IOException {
    SocketAddress to =
        address instanceof InetSocketAddress internet ? Addresses.reached(internet) : address;
    return file(number) instanceof DatagramSocketFile datagram
        ? routing.connect(datagram, (InetSocketAddress) to)
        : routing.connect(stream(number), to);
  }

  @Override
  public boolean isConnected(int number) throws IOException {
    boolean connected =
        file(number) instanceof RealFile machines
            ? machines.isConnected()
            : stream(number).isConnected();
    calls.ended(connected ? 1 : UNAVAILABLE);
    return connected;
  }

  @Override
  public @Nullable Accepted accept(int number) throws IOException {
    StreamSocket server = stream(number).accept();
    if (server == null) {
      calls.ended(UNAVAILABLE);
      return null;
    }
    files.isOpenedByCaller(server);
    SocketAddress remote = server.remote();
    return new Accepted(server.number(), remote == null ? UnixDomainSocketAddress.of("") : remote);
  }

  @Override
  public void disconnect(int number) throws IOException {
    datagram(number).connect(null);
  }

  @Override
  public void shutdown(int number, boolean input, boolean output) throws IOException {
    if (file(number) instanceof DatagramSocketFile datagram) {
      if (input) {
        datagram.shutdownInput();
      }
    } else {
      stream(number).shutdown(input, output);
    }
  }

  @Override
  public @Nullable SocketAddress localAddress(int number) throws IOException {
    return file(number) instanceof DatagramSocketFile datagram
        ? datagram.local()
        : stream(number).local();
  }

  @Override
  public @Nullable SocketAddress remoteAddress(int number) throws IOException {
    return file(number) instanceof DatagramSocketFile datagram
        ? datagram.remote()
        : stream(number).remote();
  }

  @Override
  public int read(int number, ByteBuffer into) throws IOException {
    return calls.ended(
        switch (file(number)) {
          case StreamSocket stream -> stream.read(into);
          case PipeEnd pipe -> pipe.read(into);
          case DatagramSocketFile datagram -> read(datagram, into);
          case OpenFile other ->
              throw new SocketException("Operation not supported by " + other.describe());
        });
  }

  private static int read(DatagramSocketFile datagram, ByteBuffer into) throws IOException {
    int before = into.position();
    return datagram.receive(into) == null ? UNAVAILABLE : into.position() - before;
  }

  @Override
  public int write(int number, ByteBuffer from) throws IOException {
    return calls.ended(
        switch (file(number)) {
          case StreamSocket stream -> stream.write(from);
          case PipeEnd pipe -> pipe.write(from);
          case DatagramSocketFile datagram -> {
            InetSocketAddress to = datagram.remote();
            if (to == null) {
              throw new SocketException("Destination address required");
            }
            yield routing.send(datagram, from, to);
          }
          case OpenFile other ->
              throw new SocketException("Operation not supported by " + other.describe());
        });
  }

  @Override
  public @Nullable SocketAddress receive(int number, ByteBuffer into) throws IOException {
    SocketAddress from = datagram(number).receive(into);
    calls.ended(from == null ? UNAVAILABLE : 1);
    return from;
  }

  @Override
  public int send(int number, ByteBuffer from, SocketAddress to) throws IOException {
    return routing.send(datagram(number), from, Addresses.reached((InetSocketAddress) to));
  }

  @Override
  public int available(int number) throws IOException {
    int available =
        file(number) instanceof DatagramSocketFile datagram
            ? datagram.available()
            : stream(number).available();
    calls.ended(available == 0 ? UNAVAILABLE : available);
    return available;
  }

  @Override
  public int sendUrgent(int number, byte data) throws IOException {
    StreamSocket stream = stream(number);
    Connection connection = stream.connection();
    boolean wanted =
        connection != null
            && files.options(connection.peer().number()).isSet(SocketOptions.URGENT_INLINE);
    return wanted ? stream.write(ByteBuffer.wrap(new byte[] {data})) : 1;
  }

  @Override
  public int option(int number, int level, int option) throws IOException {
    file(number);
    return files.options(number).get(level, option);
  }

  @Override
  public void option(int number, int level, int option, int value) throws IOException {
    OpenFile file = file(number);
    files.options(number).set(level, option, value);
    if (file instanceof StreamSocket stream) {
      stream.lingersNot(files.options(number).lingersNot());
    }
  }

  @Override
  public int poll(int number, int events) throws IOException {
    int happened = file(number).events() & (events | ERR | HUP);
    calls.ended(happened == 0 ? UNAVAILABLE : happened);
    return happened;
  }

  @Override
  public void await(int number, int events, long nanos, BooleanSupplier open) throws IOException {
    catchUp();
    OpenFile file = files.find(number);
    calls.waited();
    if (file instanceof RealFile machines) {
      machines.await(events, nanos, open);
    } else if (file != null && open.getAsBoolean()) {
      long until = nanos > 0 ? world.now() + nanos : OpenFile.NEVER;
      while (file.await(events, until)) {
        catchUp();
      }
    }
  }

  @Override
  public void wake(int number) {
    world.onCarrier(() -> wakeAll(number));
  }

  private void wakeAll(int number) {
    OpenFile file = files.find(number);
    if (file instanceof RealFile machines) {
      machines.wakeAll();
    } else if (file != null) {
      file.wake();
    }
  }

  @Override
  public int control(int number, Control what, int watched, int events) throws IOException {
    return file(number, Selector.class).control(what, files.find(watched), events);
  }

  @Override
  public int select(int number, int[] into, int millis) throws IOException {
    Selector selector = file(number, Selector.class);
    long until = millis < 0 ? OpenFile.NEVER : world.now() + millis * 1_000_000L;
    int found = selector.select(into);
    if (found == 0 && millis != 0) {
      while (selector.await(IN, until)) {
        catchUp();
      }
      found = selector.select(into);
    }
    if (found == 0 && millis == 0) {
      calls.ended(UNAVAILABLE);
    }
    return found;
  }

  @Override
  public void raise(int number) throws IOException {
    if (file(number) instanceof Counter counter) {
      counter.raise();
    } else {
      file(number, PipeEnd.class).write(ByteBuffer.wrap(new byte[1]));
    }
  }

  @Override
  public boolean drain(int number) throws IOException {
    if (file(number) instanceof Counter counter) {
      return counter.drain();
    }
    PipeEnd pipe = file(number, PipeEnd.class);
    boolean any = false;
    while (pipe.read(ByteBuffer.allocate(Byte.SIZE * Long.SIZE)) > 0) {
      any = true;
    }
    return any;
  }

  @Override
  public boolean drainOne(int number) throws IOException {
    return file(number, PipeEnd.class).read(ByteBuffer.allocate(1)) > 0;
  }

  @Override
  public boolean isKnown(String name) {
    return real.hasHost(name) || nodes.isMachines(world.here(), name);
  }

  @Override
  public InetAddress resolve(String name) throws UnknownHostException {
    InetAddress address = nodes.named(name);
    if (address == null) {
      throw new UnknownHostException(refusals.nobodyIsCalled(name));
    }
    return address;
  }

  @Override
  public @Nullable String nameOf(InetAddress address) {
    return nodes.nameOf(address);
  }

  @Override
  public @Nullable InetAddress localHost() {
    return nodes.own(world.here());
  }

  @Override
  public boolean isReal(SocketAddress address) {
    return address instanceof InetSocketAddress internet && real.allows(internet);
  }

  @Override
  public List<Option> replace(int number, int real) throws IOException {
    OpenFile replaced = file(number);
    files.replace(replaced, new RealFile(replaced.node(), number, real));
    return files.options(number).all();
  }

  @Override
  public boolean isReachable(InetAddress address, int millis) {
    return world.here().reached(address) != null;
  }

  /** Has all happen that was to happen until now, before anything about links changes. */
  public void settle() {
    catchUp();
    files.all().forEach(OpenFile::settle);
  }

  /** Links have opened. */
  public void reopen(List<Reopening> reopenings) {
    faults.reopen(reopenings);
    catchUp();
    changed();
  }

  /** Links have changed: who waits looks again, if that matters to him. */
  public void changed() {
    files.all().forEach(OpenFile::changed);
  }

  /** Ends connections with an RST at both ends: those with an end at a port, or all. */
  public void reset(IntPredicate ports) {
    catchUp();
    faults.reset(ports);
  }

  /** The same of those with an end at a host. */
  public void reset(Node node) {
    settle();
    faults.reset(node);
  }

  /** The process of a host has ended: its peers get an RST, and its ports are free. */
  public void processEnds(Node node) {
    settle();
    faults.processEnds(node);
  }

  /** The process of a host has ended in good order: what it has left open is closed. */
  public void processExits(Node node) {
    settle();
    faults.processExits(node);
  }

  /** The machine of a host has stopped; its links are blocked. */
  public void machineStops(Node node) {
    settle();
    faults.machineStops(node);
  }
}
