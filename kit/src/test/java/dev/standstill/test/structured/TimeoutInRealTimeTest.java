package dev.standstill.test.structured;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.EventLoop;
import dev.standstill.Timeout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class TimeoutInRealTimeTest extends TimeoutContract {
  @Override
  EventLoop open() {
    return EventLoop.open();
  }

  @Test
  void limitAroundASocketTimesOut() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() ->
              limited(() -> {
                try (Socket socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
                  return socket.getInputStream().read();
                }
              }))
          .isInstanceOf(TimeoutException.class)
          .hasCauseInstanceOf(SocketException.class);
    }
  }

  @Test
  void limitAroundAChannelTimesOut() throws Exception {
    try (ServerSocketChannel server =
        ServerSocketChannel.open()
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      assertThatThrownBy(() ->
              limited(() -> {
                try (SocketChannel channel = SocketChannel.open(server.getLocalAddress())) {
                  return channel.read(ByteBuffer.allocate(1));
                }
              }))
          .isInstanceOf(TimeoutException.class)
          .hasCauseInstanceOf(ClosedByInterruptException.class);
    }
  }

  @Test
  void limitAroundAUrlConnectionTimesOut() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
      URL url = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/").toURL();

      assertThatThrownBy(() -> limited(() -> url.openConnection().getInputStream().read()))
          .isInstanceOf(TimeoutException.class)
          .hasCauseInstanceOf(SocketException.class);
    }
  }

  private <V> V limited(Callable<V> body) throws Exception {
    return loop.run(() -> Timeout.after(SHORT, body));
  }
}
