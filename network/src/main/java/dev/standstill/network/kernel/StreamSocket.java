package dev.standstill.network.kernel;

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

  private @Nullable SocketAddress local;
  private @Nullable SocketAddress remote;

  /** Who has asked for a connection; null unless the socket listens. */
  private @Nullable Backlog backlog;

  /** What was asked for; null unless this is the socket of a client. */
  private @Nullable Attempt attempt;

  /** Null before a server has answered. */
  private @Nullable Connection connection;

  private boolean lingersNot;

  StreamSocket(Node node, int number) {
    super(node, number);
  }

  @Nullable SocketAddress local() {
    return local;
  }

  @Nullable SocketAddress remote() {
    return remote;
  }

  /** Null before a server has answered. */
  @Nullable Connection connection() {
    return connection;
  }

  @Nullable Attempt attempt() {
    return attempt;
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
  }

  /** Whether it is not known yet what becomes of an attempt. */
  boolean isConnecting() {
    return attempt != null && connection == null && attempt.failure(world.now()) == null;
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
    client.connection = Connection.open(client, server, asking, arrived);
    server.connection = client.connection.other();
    queue.add(server);
    client.changed();
    changed();
  }

  /** When the packet arrives with which the connection is complete, if nothing holds it up. */
  long connectsAt() {
    return connection == null ? NEVER : connection.connectsAt();
  }

  /** Whether the connection is complete, as seen from here. */
  boolean isComplete() {
    return connection != null && connection.isComplete();
  }

  /** There is no connection any more, as it was not complete when the other end vanished. */
  void isLeft() {
    connection = null;
  }

  @Nullable StreamSocket accept() {
    return backlog == null ? null : backlog.take();
  }

  /** Takes away a connection that nobody has accepted. */
  void forget(StreamSocket server) {
    if (backlog != null) {
      backlog.forget(server);
    }
  }

  boolean isConnected() throws IOException {
    Attempt asking = attempt;
    boolean complete = isComplete();
    if (asking != null && !complete) {
      String why = asking.failure(world.now());
      if (why != null) {
        throw new ConnectException(why);
      }
    }
    return complete;
  }

  int read(ByteBuffer into) throws IOException {
    return connected().read(into);
  }

  int write(ByteBuffer from) throws IOException {
    return connected().write(from);
  }

  void shutdown(boolean input, boolean output) throws SocketException {
    connected().shutdown(input, output);
  }

  private Connection connected() throws SocketException {
    Connection open = connection;
    if (open == null || !open.isComplete()) {
      throw new SocketException("Socket is not connected");
    }
    return open;
  }

  int available() {
    return connection == null ? 0 : connection.available();
  }

  @Override
  void reopens(Reopening reopening) {
    if (connection != null) {
      connection.reopens(reopening);
    }
    if (attempt != null) {
      attempt.reopens(reopening);
    }
  }

  @Override
  void reopened() {
    if (backlog != null) {
      backlog.reopened();
    }
  }

  @Override
  void settle() {
    if (connection != null) {
      connection.learn();
    }
  }

  @Override
  void closed() {
    if (backlog != null) {
      backlog.close();
      backlog = null;
    }
    if (connection != null) {
      connection.closed(lingersNot);
    }
  }

  void abort() {
    lingersNot = true;
    close();
  }

  @Override
  void vanished() {
    backlog = null;
    if (connection != null) {
      connection.vanished();
    }
  }

  @Override
  int events() {
    if (backlog != null) {
      return backlog.hasArrived() ? SocketKernel.IN : 0;
    }
    if (connection != null && connection.isComplete()) {
      return connection.events();
    }
    if (attempt == null) {
      return SocketKernel.OUT | SocketKernel.HUP;
    }
    return attempt.failure(world.now()) == null
        ? 0
        : SocketKernel.IN | SocketKernel.OUT | SocketKernel.ERR | SocketKernel.HUP;
  }

  @Override
  long changesAt() {
    if (backlog != null) {
      return backlog.changesAt();
    }
    long next = connection == null ? NEVER : connection.changesAt();
    return attempt == null || isComplete() ? next : Math.min(next, attempt.changesAt(world.now()));
  }

  @Override
  String describe() {
    if (backlog != null) {
      return "a server socket at " + node().words(local);
    }
    return remote == null
        ? "a socket that is not connected"
        : "a socket from %s to %s%s"
            .formatted(node().words(local), node().words(remote), outages());
  }

  private String outages() {
    if (connection != null) {
      return connection.outages();
    }
    return attempt == null ? "" : Connection.outages(attempt.back(), attempt.there());
  }
}
