package dev.standstill.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;

/** What wakes whoever waits for a socket: that it is closed, or an interrupt. */
interface WakingContract extends SocketContract {

  @Test
  default void closingWakesTheReader() throws Exception {
    run(() -> {
      try (Pair pair = Pair.open()) {
        Later<Integer> read = Later.of(() -> pair.client().getInputStream().read()).blocked();
        pair.client().close();
        assertThat(read.failure())
            .isInstanceOf(SocketException.class)
            .hasMessageContaining("losed");
      }
    });
  }

  @Test
  default void closingWakesTheWriter() throws Exception {
    run(() -> {
      try (Pair pair = Pair.open()) {
        Later<?> write =
            Later.run(() -> pair.client().getOutputStream().write(new byte[TransferContract.MUCH]))
                .blocked();
        pair.client().close();
        assertThat(write.failure()).isInstanceOf(SocketException.class);
      }
    });
  }

  @Test
  default void theOthersCloseWakesTheWriter() throws Exception {
    run(() -> {
      try (Pair pair = Pair.open()) {
        Later<?> write =
            Later.run(() -> pair.client().getOutputStream().write(new byte[TransferContract.MUCH]))
                .blocked();
        pair.server().close();
        assertThat(write.failure()).isInstanceOf(SocketException.class);
      }
    });
  }

  @Test
  default void closingWakesWhoAccepts() throws Exception {
    run(() -> {
      ServerSocket server = SocketContract.server();
      Later<Socket> accept = Later.of(server::accept).blocked();
      server.close();
      assertThat(accept.failure()).isInstanceOf(SocketException.class);
    });
  }

  @Test
  default void closingWakesWhoConnects() throws Exception {
    run(() -> {
      try (ServerSocket server = new ServerSocket(0, 1, SocketContract.here());
          Socket first = SocketContract.connect(server);
          Socket second = SocketContract.connect(server)) {
        Socket third = new Socket();
        Later<?> connect = Later.run(() -> third.connect(server.getLocalSocketAddress())).blocked();
        third.close();
        assertThat(connect.failure()).isInstanceOf(SocketException.class);
        assertThat(first.isClosed() || second.isClosed()).isFalse();
      }
    });
  }

  @Test
  default void closingWakesWhoReadsAChannel() throws Exception {
    run(() -> {
      try (ChannelPair pair = ChannelPair.open()) {
        Later<Integer> read = Later.of(() -> pair.client().read(ByteBuffer.allocate(1))).blocked();
        pair.client().close();
        assertThat(read.failure()).isExactlyInstanceOf(AsynchronousCloseException.class);
      }
    });
  }

  @Test
  default void closingWakesWhoWritesToAChannel() throws Exception {
    run(() -> {
      try (ChannelPair pair = ChannelPair.open()) {
        ByteBuffer much = ByteBuffer.allocate(TransferContract.MUCH);
        Later<?> write =
            Later.run(
                    () -> {
                      while (much.hasRemaining()) {
                        pair.client().write(much);
                      }
                    })
                .blocked();
        pair.client().close();
        assertThat(write.failure()).isExactlyInstanceOf(AsynchronousCloseException.class);
      }
    });
  }

  @Test
  default void closingWakesWhoAcceptsFromAChannel() throws Exception {
    run(() -> {
      ServerSocketChannel server = ServerSocketChannel.open().bind(SocketContract.anyPort());
      Later<SocketChannel> accept = Later.of(server::accept).blocked();
      server.close();
      assertThat(accept.failure()).isExactlyInstanceOf(AsynchronousCloseException.class);
    });
  }

  @Test
  default void anInterruptClosesTheSocketThatIsRead() throws Exception {
    run(() -> {
      try (Pair pair = Pair.open()) {
        Later<Integer> read = Later.of(() -> pair.client().getInputStream().read()).blocked();
        assertThat(read.interrupt().failure())
            .isInstanceOf(SocketException.class)
            .hasMessageContaining("nterrupt");
        assertThat(pair.client().isClosed()).isTrue();
        SocketContract.assertEnded(pair.server());
      }
    });
  }

  @Test
  default void anInterruptClosesTheServerThatAccepts() throws Exception {
    run(() -> {
      ServerSocket server = SocketContract.server();
      Later<Socket> accept = Later.of(server::accept).blocked();
      assertThat(accept.interrupt().failure()).isInstanceOf(SocketException.class);
      assertThat(server.isClosed()).isTrue();
    });
  }

  @Test
  default void anInterruptClosesTheChannelThatIsRead() throws Exception {
    run(() -> {
      try (ChannelPair pair = ChannelPair.open()) {
        Later<Integer> read = Later.of(() -> pair.client().read(ByteBuffer.allocate(1))).blocked();
        assertThat(read.interrupt().failure())
            .isExactlyInstanceOf(ClosedByInterruptException.class);
        assertThat(pair.client().isOpen()).isFalse();
      }
    });
  }

  @Test
  default void anInterruptClosesTheChannelThatAccepts() throws Exception {
    run(() -> {
      ServerSocketChannel server = ServerSocketChannel.open().bind(SocketContract.anyPort());
      Later<SocketChannel> accept = Later.of(server::accept).blocked();
      assertThat(accept.interrupt().failure())
          .isExactlyInstanceOf(ClosedByInterruptException.class);
      assertThat(server.isOpen()).isFalse();
    });
  }

  @Test
  default void closingWakesWhoReceives() throws Exception {
    run(() -> {
      DatagramSocket socket = new DatagramSocket(SocketContract.anyPort());
      Later<?> receive =
          Later.run(() -> socket.receive(new DatagramPacket(new byte[1], 1))).blocked();
      socket.close();
      assertThat(receive.failure()).isInstanceOf(SocketException.class);
      DatagramChannel channel = DatagramChannel.open().bind(SocketContract.anyPort());
      Later<?> fromChannel = Later.run(() -> channel.receive(ByteBuffer.allocate(1))).blocked();
      channel.close();
      assertThat(fromChannel.failure()).isExactlyInstanceOf(AsynchronousCloseException.class);
    });
  }

  @Test
  default void twoThreadsReadAndWriteOneSocketAtATime() throws Exception {
    run(() -> {
      try (Pair pair = Pair.open()) {
        Later<String> read = Later.of(() -> SocketContract.read(pair.client(), 5)).blocked();
        SocketContract.send(pair.client(), "there");
        assertThat(SocketContract.read(pair.server(), 5)).isEqualTo("there");
        SocketContract.send(pair.server(), "again");
        assertThat(read.get()).isEqualTo("again");
      }
    });
  }
}
