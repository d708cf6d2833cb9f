package dev.standstill.network.kernel;

import dev.standstill.jdk.sockets.SocketFailure;
import dev.standstill.jdk.sockets.SocketKernel;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A socket for connections: one that listens, or one end of a connection, or neither yet. */
final class StreamSocket extends OpenFile {

  /** In how many reads and writes one does less than it could, where the schedule is drawn. */
  private static final int SHORT_ONE_IN = 8;

  /** Why a connection has ended that nobody has closed, which one call is told. */
  private enum Failure {
    RESET,
    BROKEN,
    TIMED_OUT
  }

  private @Nullable SocketAddress local;
  private @Nullable SocketAddress remote;

  /** Who has asked for a connection; null unless the socket listens. */
  private @Nullable Backlog backlog;

  private @Nullable Attempt attempt;
  private @Nullable StreamSocket peer;
  private final Flow in = new Flow();

  /** What packets come through that arrive here. */
  private Link link = Link.LOCAL;

  /** When the packet arrives that completes the connection, and when it was asked for. */
  private long connects = NEVER;

  private long asked;
  private boolean dead;
  private @Nullable Failure failure;
  private boolean inputShut;
  private boolean outputShut;
  private boolean lingersNot;

  StreamSocket(World world, int number) {
    super(world, number);
  }

  @Nullable SocketAddress local() {
    return local;
  }

  @Nullable SocketAddress remote() {
    return remote;
  }

  @Nullable StreamSocket peer() {
    return peer;
  }

  void bind(SocketAddress address) {
    local = address;
  }

  boolean isListening() {
    return backlog != null;
  }

  /**
   * @param next says when somebody else may ask for a connection
   */
  void listen(int most, LongSupplier next) {
    if (backlog == null) {
      backlog = new Backlog(world, next);
    }
    backlog.limit(most);
    changed();
  }

  /** Closing sends an RST. */
  void lingersNot(boolean lingersNot) {
    this.lingersNot = lingersNot;
  }

  /** Begins to ask for a connection. */
  void connects(Attempt attempt) {
    this.attempt = attempt;
    remote = attempt.to();
    link = world.link(remote, local);
  }

  /** Whether it is not known yet what becomes of an attempt. */
  boolean isConnecting() {
    return attempt != null
        && peer == null
        && !attempt.isOver(link.horizon(world.now()), world.now());
  }

  boolean hasRoomInBacklog() {
    return backlog != null && backlog.hasRoom();
  }

  /**
   * Lets a client connect to this socket, which listens.
   *
   * @param server the other end, which will be accepted
   * @param arrived when the client's packet has arrived
   */
  void admit(StreamSocket client, StreamSocket server, long arrived) {
    Attempt asking = client.attempt;
    Backlog queue = backlog;
    if (asking == null || queue == null) {
      throw new IllegalStateException(describe());
    }
    server.local = asking.to();
    server.remote = client.local;
    server.link = world.link(client.local, asking.to());
    server.peer = client;
    client.peer = server;
    client.asked = asking.first();
    server.asked = asking.first();
    client.connects = arrived + client.link.delay();
    server.connects = client.connects + server.link.delay();
    queue.add(server);
    client.changed();
    changed();
  }

  /** When the packet arrives with which the client completes the connection. */
  long connectsAt() {
    return connects;
  }

  /** Whether the connection is complete, as seen from here. */
  boolean isComplete() {
    return connects <= link.horizon(world.now());
  }

  @Nullable StreamSocket accept() {
    return backlog == null ? null : backlog.take();
  }

  boolean isConnected() throws IOException {
    Attempt asking = attempt;
    if (asking != null && !isComplete()) {
      String why = asking.failure(link.horizon(world.now()), world.now());
      if (why != null) {
        throw new ConnectException(why);
      }
    }
    return isComplete();
  }

  int read(ByteBuffer into) throws IOException {
    requireConnected();
    if (inputShut) {
      return SocketKernel.EOF;
    }
    learn();
    long horizon = link.horizon(world.now());
    if (in.hasArrived(horizon)) {
      shorten(into);
      int taken = in.take(into, horizon);
      if (peer != null) {
        peer.changed();
      }
      return taken;
    }
    if (dead) {
      throwUnlessBroken();
      return SocketKernel.EOF;
    }
    return in.isEnded(horizon) ? SocketKernel.EOF : SocketKernel.UNAVAILABLE;
  }

  int write(ByteBuffer from) throws IOException {
    requireConnected();
    learn();
    StreamSocket to = peer;
    if (outputShut || dead || to == null) {
      throwFailure();
      throw new IOException("Broken pipe");
    }
    if (to.in.room() == 0) {
      return SocketKernel.UNAVAILABLE;
    }
    shorten(from);
    long now = world.now();
    long arrives = now + to.link.delay();
    int written = to.in.send(from, now, arrives);
    if (to.in.isUnread()) {
      in.reset(arrives + link.delay());
      changed();
    } else {
      to.changed();
    }
    return written;
  }

  private void shorten(ByteBuffer bytes) {
    if (bytes.remaining() > 1 && world.happens(SHORT_ONE_IN)) {
      bytes.limit(bytes.position() + (bytes.remaining() + 1) / 2);
    }
  }

  /** Learns what has arrived besides data, and that nobody answers. */
  private void learn() {
    long horizon = link.horizon(world.now());
    if (dead || peer == null || connects > horizon) {
      return;
    }
    if (in.isRefused(horizon)) {
      dead = true;
      failure = in.isReset(horizon) ? Failure.RESET : Failure.BROKEN;
    } else if (givesUpAt() <= world.now()) {
      dead = true;
      failure = Failure.TIMED_OUT;
      in.refuse(horizon);
      peer.in.drop(peer.link.horizon(world.now()));
    }
  }

  /** When what was sent has been sent so often in vain that the connection ends. */
  private long givesUpAt() {
    StreamSocket to = peer;
    if (to == null || to.link.blockedSince() == NEVER) {
      return NEVER;
    }
    long sent = to.in.oldestOnItsWay(to.link.horizon(world.now()));
    return sent == NEVER ? NEVER : sent + Reopening.PATIENCE_NANOS;
  }

  private void throwUnlessBroken() throws IOException {
    if (failure != Failure.BROKEN) {
      if (failure == Failure.RESET) {
        failure = null;
        throw SocketFailure.connectionReset();
      }
      throwFailure();
    }
  }

  private void throwFailure() throws IOException {
    Failure told = failure;
    failure = null;
    if (told == Failure.RESET) {
      throw new IOException("Connection reset by peer");
    }
    if (told == Failure.TIMED_OUT) {
      throw new IOException("Connection timed out");
    }
  }

  private void requireConnected() throws SocketException {
    if (!isComplete()) {
      throw new SocketException("Socket is not connected");
    }
  }

  int available() {
    return inputShut ? 0 : in.available(link.horizon(world.now()));
  }

  void shutdown(boolean input, boolean output) throws SocketException {
    requireConnected();
    learn();
    inputShut |= input;
    StreamSocket to = peer;
    if (output && !outputShut && to != null) {
      outputShut = true;
      if (!dead) {
        to.in.end(world.now(), world.now() + to.link.delay());
        to.changed();
      }
    }
    changed();
  }

  /** Both ends get an RST out of nowhere. */
  void reset() {
    StreamSocket to = peer;
    if (to != null) {
      in.reset(world.now());
      to.in.reset(world.now());
      changed();
      to.changed();
    }
  }

  @Override
  void reopens(Reopening reopening) {
    if (backlog != null) {
      backlog.reopens();
    }
    if (link != reopening.link()) {
      return;
    }
    in.reopens(reopening);
    if (connects != NEVER && !reopening.hasArrived(connects)) {
      connects = reopening.synArrival(asked, connects);
    }
    if (attempt != null) {
      attempt.reopens(reopening);
    }
  }

  /** Before the link opens: whether it has been blocked for too long. */
  @Override
  void settle() {
    learn();
  }

  @Override
  void closed() {
    learn();
    if (backlog != null) {
      backlog.close();
      backlog = null;
    }
    StreamSocket to = peer;
    if (to == null || dead) {
      return;
    }
    long horizon = link.horizon(world.now());
    boolean lost = in.hasArrived(horizon);
    long next = in.nextData(horizon);
    in.abandon();
    long now = world.now();
    long arrives = now + to.link.delay();
    if (lost || lingersNot) {
      to.in.reset(arrives);
    } else {
      to.in.end(now, arrives);
      if (next != NEVER) {
        to.in.reset(next + to.link.delay());
      }
    }
    to.changed();
  }

  void abort() {
    lingersNot = true;
    close();
  }

  @Override
  int events() {
    if (backlog != null) {
      return backlog.hasArrived() ? SocketKernel.IN : 0;
    }
    learn();
    long horizon = link.horizon(world.now());
    StreamSocket to = peer;
    if (to == null || connects > horizon) {
      return eventsUnconnected(horizon);
    }
    if (dead) {
      int error = failure == null ? 0 : SocketKernel.ERR;
      return SocketKernel.IN | SocketKernel.OUT | SocketKernel.HUP | error;
    }
    boolean readable = inputShut || in.isReadable(horizon);
    boolean writable = outputShut || to.in.hasRoom();
    boolean over = outputShut && (inputShut || in.hasEnd(horizon));
    return (readable ? SocketKernel.IN : 0)
        | (writable ? SocketKernel.OUT : 0)
        | (over ? SocketKernel.HUP : 0);
  }

  private int eventsUnconnected(long horizon) {
    if (attempt == null) {
      return SocketKernel.OUT | SocketKernel.HUP;
    }
    return attempt.failure(horizon, world.now()) == null
        ? 0
        : SocketKernel.IN | SocketKernel.OUT | SocketKernel.ERR | SocketKernel.HUP;
  }

  @Override
  long changesAt() {
    if (backlog != null) {
      return backlog.changesAt();
    }
    long horizon = link.horizon(world.now());
    boolean blocked = link.blockedSince() != NEVER;
    long next = blocked ? NEVER : in.changesAt(horizon);
    if (connects > horizon) {
      next = blocked ? next : Math.min(next, connects);
      return attempt == null
          ? next
          : Math.min(next, attempt.changesAt(horizon, world.now(), blocked));
    }
    return dead ? next : Math.min(next, givesUpAt());
  }

  @Override
  String describe() {
    if (backlog != null) {
      return "a server socket at " + Addresses.words(local);
    }
    return remote == null
        ? "a socket that is not connected"
        : "a socket from %s to %s%s"
            .formatted(Addresses.words(local), Addresses.words(remote), link.outages());
  }
}
