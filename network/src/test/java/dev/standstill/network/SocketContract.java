package dev.standstill.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.ThrowingRunnable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Callable;

/**
 * What sockets do, whether they are the machine's or a loop's. The interfaces that extend this one
 * hold the tests, by theme; who implements them says which sockets there are.
 */
interface SocketContract {

  /** Long enough for all that is to happen, and soon over where nothing is to. */
  int MILLIS = 300;

  /** Runs the body of a test where sockets are those that the tests are about. */
  void run(ThrowingRunnable body) throws Exception;

  static InetAddress here() {
    return InetAddress.getLoopbackAddress();
  }

  static InetSocketAddress anyPort() {
    return new InetSocketAddress(here(), 0);
  }

  static ServerSocket server() throws IOException {
    return new ServerSocket(0, 50, here());
  }

  /** A port at which nobody listens. */
  static int freePort() throws IOException {
    try (ServerSocket server = server()) {
      return server.getLocalPort();
    }
  }

  static Socket connect(ServerSocket server) throws IOException {
    return new Socket(here(), server.getLocalPort());
  }

  /** Waits until something is so. */
  static void until(Callable<Boolean> condition) throws Exception {
    while (!condition.call()) {
      Thread.sleep(1);
    }
  }

  static void awaitUnread(Socket socket, int bytes) throws Exception {
    until(() -> socket.getInputStream().available() >= bytes);
  }

  static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes());
  }

  static String read(Socket socket, int bytes) throws IOException {
    return new String(socket.getInputStream().readNBytes(bytes));
  }

  static void assertEnded(Socket socket) throws IOException {
    assertThat(socket.getInputStream().read()).isEqualTo(-1);
  }

  static void write(SocketChannel channel, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes());
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Reads until so many bytes are there; the channel blocks. */
  static String read(SocketChannel channel, int bytes) throws IOException {
    ByteBuffer into = ByteBuffer.allocate(bytes);
    while (into.hasRemaining() && channel.read(into) >= 0) {}
    return new String(into.array(), 0, into.position());
  }

  /** Both ends of a connection. */
  record Pair(Socket client, Socket server) implements AutoCloseable {

    static Pair open() throws IOException {
      try (ServerSocket listening = SocketContract.server()) {
        Socket client = connect(listening);
        return new Pair(client, listening.accept());
      }
    }

    @Override
    public void close() throws IOException {
      client.close();
      server.close();
    }
  }

  /** The same of channels, which block. */
  record ChannelPair(SocketChannel client, SocketChannel server) implements AutoCloseable {

    static ChannelPair open() throws IOException {
      try (ServerSocketChannel listening = ServerSocketChannel.open().bind(anyPort())) {
        SocketChannel client = SocketChannel.open(listening.getLocalAddress());
        return new ChannelPair(client, listening.accept());
      }
    }

    @Override
    public void close() throws IOException {
      client.close();
      server.close();
    }
  }
}
