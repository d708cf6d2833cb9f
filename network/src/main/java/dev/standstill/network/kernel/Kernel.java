package dev.standstill.network.kernel;

import dev.standstill.jdk.sockets.SocketKernel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The open files of one loop, by their numbers, and what can be done with them. */
public final class Kernel implements SocketKernel {

  private static final int NO_FILE = 2; // ENOENT
  private static final int EXISTS = 17; // EEXIST

  private final World world;
  private final RealServers real;
  private final Map<Integer, OpenFile> files = new LinkedHashMap<>();
  private final Map<Integer, SocketOptions> options = new HashMap<>();
  private final Bindings bindings = new Bindings();
  private final Refusals refusals;
  private final Handshakes handshakes;
  private final Unclosed unclosed = new Unclosed();
  private final Numbers numbers;
  private final Calls calls;

  /**
   * @param first the first number of a file
   * @param most how many numbers there are
   */
  public Kernel(World world, RealServers real, int first, int most) {
    this.world = world;
    this.real = real;
    this.numbers = new Numbers(first, most, files::containsKey);
    this.refusals = new Refusals(world);
    this.calls = new Calls(world);
    handshakes =
        new Handshakes(
            world,
            bindings.streams(),
            () -> add(new StreamSocket(world, numbers.take())),
            refusals::nobodyListens);
  }

  private <F extends OpenFile> F add(F file) {
    files.put(file.number(), file);
    return file;
  }

  private OpenFile file(int number) throws SocketException {
    catchUp();
    OpenFile file = files.get(number);
    if (file == null) {
      throw new SocketException("Socket closed");
    }
    return file;
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
    int number = numbers.take();
    OpenFile opened =
        add(
            kind == Kind.DATAGRAM
                ? new DatagramSocketFile(world, number)
                : new StreamSocket(world, number));
    unclosed.opened(opened, world.caller());
    return number;
  }

  @Override
  public int openCounter() {
    return add(new Counter(world, numbers.take())).number();
  }

  @Override
  public int openSelector() {
    return add(new Selector(world, numbers.take())).number();
  }

  @Override
  public long openPipe() {
    PipeEnd reader = PipeEnd.open(world, numbers.take(), numbers.take());
    add(reader);
    add(reader.other());
    return (long) reader.number() << Integer.SIZE | reader.other().number();
  }

  @Override
  public void close(int number) {
    OpenFile file = files.remove(number);
    options.remove(number);
    unclosed.closed(number);
    if (file != null) {
      bindings.release(file);
      file.close();
    }
  }

  @Override
  public void closeUnseen(int number) {
    unclosed.isUnreachable(number);
  }

  @Override
  public void closeLater(int number) {
    world.onCarrier(() -> close(number));
  }

  /** Says which sockets were not closed: those that nobody can reach any more, or all. */
  public List<String> unclosed(boolean all) {
    catchUp();
    return unclosed.tell(files, all);
  }

  /** Has all happen that was to happen until now. */
  private void catchUp() {
    handshakes.settle();
  }

  @Override
  public void bind(int number, SocketAddress address) throws IOException {
    bindings.bind(file(number), address, options(number));
  }

  @Override
  public void listen(int number, int backlog) throws IOException {
    StreamSocket stream = stream(number);
    bindings.bindToListen(stream, options(number));
    stream.listen(backlog, handshakes::next);
  }

  @Override
  public int connect(int number, SocketAddress address) throws IOException {
    SocketAddress to =
        address instanceof InetSocketAddress internet ? Addresses.reached(internet) : address;
    if (file(number) instanceof DatagramSocketFile datagram) {
      bindings.bindToSend(datagram, options(number));
      datagram.connect((InetSocketAddress) to);
      return 1;
    }
    StreamSocket stream = stream(number);
    if (to instanceof InetSocketAddress internet) {
      if (!Addresses.isOurs(internet.getAddress())) {
        throw new NoRouteToHostException(refusals.nobodyHas(internet));
      }
      bindings.bindToSend(stream, options(number));
    } else {
      UnixPaths.requireExisting((UnixDomainSocketAddress) to);
    }
    handshakes.begin(stream, to);
    return stream.isConnected() ? 1 : UNAVAILABLE;
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
    unclosed.opened(server, world.caller());
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
            yield send(number, datagram, from, to);
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
    return send(number, datagram(number), from, Addresses.reached((InetSocketAddress) to));
  }

  private int send(int number, DatagramSocketFile sender, ByteBuffer from, InetSocketAddress to)
      throws IOException {
    bindings.bindToSend(sender, options(number));
    InetSocketAddress local = sender.local();
    byte[] data = new byte[from.remaining()];
    from.get(data);
    DatagramSocketFile receiver = bindings.datagrams().at(to);
    if (receiver != null && local != null) {
      receiver.sends(data, Addresses.reached(local), world.link(local, to));
    } else if (sender.remote() != null) {
      sender.cannotReach(world.link(local, to), world.link(to, local));
    }
    return data.length;
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
    StreamSocket peer = stream.peer();
    boolean wanted = peer != null && options(peer.number()).isSet(SocketOptions.URGENT_INLINE);
    return wanted ? stream.write(ByteBuffer.wrap(new byte[] {data})) : 1;
  }

  private SocketOptions options(int number) {
    return options.computeIfAbsent(number, key -> new SocketOptions());
  }

  @Override
  public int option(int number, int level, int option) throws IOException {
    file(number);
    return options(number).get(level, option);
  }

  @Override
  public void option(int number, int level, int option, int value) throws IOException {
    OpenFile file = file(number);
    options(number).set(level, option, value);
    if (file instanceof StreamSocket stream) {
      stream.lingersNot(options(number).lingersNot());
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
    OpenFile file = files.get(number);
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
    OpenFile file = files.get(number);
    if (file instanceof RealFile machines) {
      machines.wakeAll();
    } else if (file != null) {
      file.wake();
    }
  }

  @Override
  public int control(int number, Control what, int watched, int events) throws IOException {
    Selector selector = file(number, Selector.class);
    OpenFile file = files.get(watched);
    if (file == null) {
      return NO_FILE;
    }
    boolean known = selector.watches(file);
    if (what == Control.ADD && known) {
      return EXISTS;
    }
    if (what != Control.ADD && !known) {
      return NO_FILE;
    }
    if (what == Control.REMOVE) {
      selector.forget(file);
    } else {
      selector.watch(file, events);
    }
    return 0;
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
    return Addresses.isName(name) || real.hasHost(name);
  }

  @Override
  public String whyUnknown(String name) {
    return refusals.nobodyIsCalled(name);
  }

  @Override
  public boolean isReal(SocketAddress address) {
    return address instanceof InetSocketAddress internet && real.allows(internet);
  }

  @Override
  public List<Option> replace(int number, int real) throws IOException {
    OpenFile replaced = file(number);
    bindings.release(replaced);
    unclosed.closed(number);
    files.put(number, new RealFile(world, number, real));
    return options(number).all();
  }

  @Override
  public boolean isReachable(InetAddress address, int millis) {
    return Addresses.isOurs(address);
  }

  /** Has all happen that was to happen until now, before a link opens or is blocked. */
  public void settle() {
    catchUp();
    files.values().forEach(OpenFile::settle);
  }

  /** A link has opened. */
  public void reopens(Reopening reopening) {
    handshakes.reopens(reopening);
    files.values().forEach(file -> file.reopens(reopening));
    catchUp();
    List.copyOf(files.values()).forEach(OpenFile::changed);
  }

  /** Ends connections with an RST at both ends: those with an end at a port, or all. */
  public void reset(IntPredicate ports) {
    catchUp();
    for (OpenFile file : List.copyOf(files.values())) {
      if (file instanceof StreamSocket stream
          && (hasPort(stream.local(), ports) || hasPort(stream.remote(), ports))) {
        stream.reset();
      }
    }
  }

  private static boolean hasPort(@Nullable SocketAddress address, IntPredicate ports) {
    return address instanceof InetSocketAddress internet && ports.test(internet.getPort());
  }
}
