package dev.standstill.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.junit.jupiter.api.Test;

/** How datagrams are sent and received. */
interface DatagramContract extends SocketContract {

  private static DatagramPacket packet(String text, DatagramSocket to) {
    byte[] bytes = text.getBytes();
    return new DatagramPacket(bytes, bytes.length, SocketContract.here(), to.getLocalPort());
  }

  private static String receive(DatagramSocket socket, int most) throws Exception {
    DatagramPacket packet = new DatagramPacket(new byte[most], most);
    socket.receive(packet);
    return new String(packet.getData(), packet.getOffset(), packet.getLength());
  }

  private static DatagramSocket socket() throws Exception {
    return new DatagramSocket(SocketContract.anyPort());
  }

  private static DatagramChannel channel() throws Exception {
    return DatagramChannel.open().bind(SocketContract.anyPort());
  }

  @Test
  default void aDatagramCarriesItsSender() throws Exception {
    run(() -> {
      try (DatagramSocket one = socket();
          DatagramSocket other = socket()) {
        one.send(packet("question", other));
        DatagramPacket received = new DatagramPacket(new byte[100], 100);
        other.receive(received);
        assertThat(received.getSocketAddress()).isEqualTo(one.getLocalSocketAddress());
        assertThat(received.getLength()).isEqualTo(8);
        received.setData("answer".getBytes());
        other.send(received);
        assertThat(receive(one, 100)).isEqualTo("answer");
      }
    });
  }

  @Test
  default void whatDoesNotFitIsCutOff() throws Exception {
    run(() -> {
      try (DatagramSocket one = socket();
          DatagramSocket other = socket()) {
        one.send(packet("too long", other));
        assertThat(receive(other, 3)).isEqualTo("too");
        one.send(packet("next", other));
        assertThat(receive(other, 10)).isEqualTo("next");
      }
    });
  }

  @Test
  default void anEmptyDatagramArrives() throws Exception {
    run(() -> {
      try (DatagramSocket one = socket();
          DatagramSocket other = socket()) {
        one.send(packet("", other));
        assertThat(receive(other, 3)).isEmpty();
      }
    });
  }

  @Test
  default void aReceiveTimesOut() throws Exception {
    run(() -> {
      try (DatagramSocket socket = socket()) {
        socket.setSoTimeout(MILLIS);
        assertThatThrownBy(() -> receive(socket, 1)).isInstanceOf(SocketTimeoutException.class);
      }
    });
  }

  @Test
  default void whoIsConnectedHearsOneOnly() throws Exception {
    run(() -> {
      try (DatagramSocket one = socket();
          DatagramSocket stranger = socket();
          DatagramSocket other = socket()) {
        one.connect(other.getLocalSocketAddress());
        stranger.send(packet("psst", one));
        other.send(packet("hello", one));
        assertThat(receive(one, 10)).isEqualTo("hello");
        one.setSoTimeout(MILLIS);
        assertThatThrownBy(() -> receive(one, 1)).isInstanceOf(SocketTimeoutException.class);
        one.disconnect();
        stranger.send(packet("again", one));
        assertThat(receive(one, 10)).isEqualTo("again");
      }
    });
  }

  @Test
  default void whoIsConnectedLearnsThatNobodyIsThere() throws Exception {
    run(() -> {
      int port;
      try (DatagramSocket closed = socket()) {
        port = closed.getLocalPort();
      }
      try (DatagramChannel channel = channel()) {
        channel.connect(new InetSocketAddress(SocketContract.here(), port));
        channel.write(ByteBuffer.wrap(new byte[1]));
        assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1)))
            .isInstanceOf(PortUnreachableException.class);
      }
    });
  }

  @Test
  default void whoIsNotConnectedDoesNotLearnThatNobodyIsThere() throws Exception {
    run(() -> {
      int port;
      try (DatagramSocket closed = socket()) {
        port = closed.getLocalPort();
      }
      try (DatagramSocket socket = socket()) {
        socket.send(new DatagramPacket(new byte[1], 1, SocketContract.here(), port));
        socket.setSoTimeout(MILLIS);
        assertThatThrownBy(() -> receive(socket, 1)).isInstanceOf(SocketTimeoutException.class);
      }
    });
  }

  @Test
  default void aChannelReceivesWithoutAWait() throws Exception {
    run(() -> {
      try (DatagramChannel one = channel();
          DatagramChannel other = channel()) {
        other.configureBlocking(false);
        ByteBuffer into = ByteBuffer.allocateDirect(10);
        assertThat(other.receive(into)).isNull();
        one.send(ByteBuffer.wrap("text".getBytes()), other.getLocalAddress());
        SocketContract.until(() -> one.getLocalAddress().equals(other.receive(into)));
        assertThat(into.position()).isEqualTo(4);
      }
    });
  }

  @Test
  default void aConnectedChannelGathersAndScatters() throws Exception {
    run(() -> {
      try (DatagramChannel one = channel();
          DatagramChannel other = channel()) {
        one.connect(other.getLocalAddress());
        other.connect(one.getLocalAddress());
        ByteBuffer[] parts = {ByteBuffer.wrap("ab".getBytes()), ByteBuffer.wrap("cd".getBytes())};
        assertThat(one.write(parts)).isEqualTo(4);
        ByteBuffer[] into = {ByteBuffer.allocate(3), ByteBuffer.allocate(3)};
        assertThat(other.read(into)).isEqualTo(4);
        assertThat(new String(into[0].array())).isEqualTo("abc");
        assertThat(into[1].position()).isOne();
      }
    });
  }

  @Test
  default void aPortIsForOneUnlessItIsShared() throws Exception {
    run(() -> {
      try (DatagramSocket one = socket()) {
        assertThatThrownBy(() -> new DatagramSocket(one.getLocalSocketAddress()).close())
            .isInstanceOf(BindException.class);
      }
    });
  }

  @Test
  default void streamsAndDatagramsHavePortsOfTheirOwn() throws Exception {
    run(() -> {
      try (var server = SocketContract.server();
          DatagramSocket socket = new DatagramSocket(server.getLocalSocketAddress())) {
        assertThat(socket.getLocalPort()).isEqualTo(server.getLocalPort());
      }
    });
  }

  @Test
  default void aSocketThatSendsGetsAPort() throws Exception {
    run(() -> {
      try (DatagramChannel one = DatagramChannel.open();
          DatagramSocket other = socket()) {
        one.send(ByteBuffer.wrap(new byte[1]), other.getLocalSocketAddress());
        DatagramPacket received = new DatagramPacket(new byte[1], 1);
        other.receive(received);
        assertThat(received.getPort()).isPositive();
        assertThat(one.getLocalAddress()).hasFieldOrPropertyWithValue("port", received.getPort());
      }
    });
  }
}
