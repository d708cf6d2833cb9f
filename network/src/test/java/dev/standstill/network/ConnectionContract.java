package dev.standstill.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.network.SocketContract.Pair;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How connections begin and end. */
interface ConnectionContract extends SocketContract {

  @Test
  default void bothEndsOfAConnectionReadWhatTheOtherWrites() throws Exception {
    run(() -> {
      try (Pair pair = Pair.open()) {
        SocketContract.send(pair.client(), "ping");
        assertThat(SocketContract.read(pair.server(), 4)).isEqualTo("ping");
        SocketContract.send(pair.server(), "pong");
        assertThat(SocketContract.read(pair.client(), 4)).isEqualTo("pong");
      }
    });
  }

  @Test
  default void eachEndKnowsTheAddressOfTheOther() throws Exception {
    run(() -> {
      try (Pair pair = Pair.open()) {
        assertThat(pair.client().getRemoteSocketAddress())
            .isEqualTo(pair.server().getLocalSocketAddress());
        assertThat(pair.server().getRemoteSocketAddress())
            .isEqualTo(pair.client().getLocalSocketAddress());
      }
    });
  }

  @Test
  default void port0IsAnyThatIsFree() throws Exception {
    run(() -> {
      try (ServerSocket one = SocketContract.server();
          ServerSocket other = SocketContract.server()) {
        assertThat(one.getLocalPort()).isPositive().isNotEqualTo(other.getLocalPort());
      }
    });
  }

  @Test
  default void aPortThatIsInUseCannotBeBound() throws Exception {
    run(() -> {
      try (ServerSocket server = SocketContract.server()) {
        assertThatThrownBy(() -> new ServerSocket(server.getLocalPort(), 50, SocketContract.here()))
            .isInstanceOf(BindException.class)
            .hasMessageStartingWith("Address already in use");
        assertThatThrownBy(() -> new ServerSocket(server.getLocalPort()))
            .isInstanceOf(BindException.class);
      }
    });
  }

  @Test
  default void aPortIsFreeAgainWhenItsServerIsClosed() throws Exception {
    run(() -> {
      int port = SocketContract.freePort();
      try (ServerSocket again = new ServerSocket(port, 50, SocketContract.here());
          Socket client = SocketContract.connect(again)) {
        assertThat(client.getPort()).isEqualTo(port);
      }
    });
  }

  @Test
  default void aPortIsFreeAgainAlthoughConnectionsOfItAreOpen() throws Exception {
    run(() -> {
      try (Pair pair = Pair.open();
          ServerSocket again =
              new ServerSocket(pair.server().getLocalPort(), 50, SocketContract.here());
          Socket client = SocketContract.connect(again);
          Socket server = again.accept()) {
        SocketContract.send(client, "new");
        assertThat(SocketContract.read(server, 3)).isEqualTo("new");
      }
    });
  }

  @Test
  default void aConnectionIsRefusedWhereNobodyListens() throws Exception {
    run(() -> {
      int port = SocketContract.freePort();
      assertThatThrownBy(() -> new Socket(SocketContract.here(), port).close())
          .isInstanceOf(ConnectException.class)
          .hasMessageStartingWith("Connection refused");
      InetSocketAddress nowhere = new InetSocketAddress(SocketContract.here(), port);
      assertThatThrownBy(() -> SocketChannel.open(nowhere).close())
          .isInstanceOf(ConnectException.class)
          .hasMessageStartingWith("Connection refused");
    });
  }

  @Test
  default void aSocketThatIsBoundAndDoesNotListenRefuses() throws Exception {
    run(() -> {
      try (SocketChannel bound = SocketChannel.open().bind(SocketContract.anyPort())) {
        assertThatThrownBy(() -> SocketChannel.open(bound.getLocalAddress()).close())
            .isInstanceOf(ConnectException.class);
      }
    });
  }

  @Test
  default void aServerAtAnyAddressIsReachedByEach() throws Exception {
    run(() -> {
      try (ServerSocket server = new ServerSocket(0);
          Socket byName = new Socket("localhost", server.getLocalPort());
          Socket accepted = server.accept()) {
        assertThat(accepted.getLocalAddress()).isEqualTo(byName.getInetAddress());
      }
    });
  }

  @Test
  default void aClientMayChooseItsPort() throws Exception {
    run(() -> {
      int port = SocketContract.freePort();
      try (ServerSocket server = SocketContract.server();
          Socket client = new Socket()) {
        client.bind(new InetSocketAddress(SocketContract.here(), port));
        client.connect(server.getLocalSocketAddress());
        try (Socket accepted = server.accept()) {
          assertThat(accepted.getPort()).isEqualTo(port);
        }
      }
    });
  }

  @Test
  default void allConnectionsAreAccepted() throws Exception {
    run(() -> {
      List<Integer> clients = new ArrayList<>();
      List<Integer> accepted = new ArrayList<>();
      try (ServerSocket server = SocketContract.server()) {
        for (int i = 0; i < 5; i++) {
          clients.add(SocketContract.connect(server).getLocalPort());
        }
        for (int i = 0; i < 5; i++) {
          accepted.add(server.accept().getPort());
        }
      }
      assertThat(accepted).containsExactlyInAnyOrderElementsOf(clients);
    });
  }

  @Test
  default void theBacklogHasRoomForOneMoreThanItSays() throws Exception {
    run(() -> {
      List<Socket> clients = new ArrayList<>();
      try (ServerSocket server = new ServerSocket(0, 2, SocketContract.here())) {
        for (int i = 0; i < 3; i++) {
          clients.add(SocketContract.connect(server));
        }
        try (Socket tooMany = new Socket()) {
          assertThatThrownBy(() -> tooMany.connect(server.getLocalSocketAddress(), MILLIS))
              .isInstanceOf(SocketTimeoutException.class)
              .hasMessageStartingWith("Connect timed out");
        }
      }
      for (Socket client : clients) {
        client.close();
      }
    });
  }

  @Test
  default void whoFindsTheBacklogFullIsConnectedWhenThereIsRoom() throws Exception {
    run(() -> {
      try (ServerSocket server = new ServerSocket(0, 1, SocketContract.here());
          Socket first = SocketContract.connect(server);
          Socket second = SocketContract.connect(server)) {
        Later<Socket> third = Later.of(() -> SocketContract.connect(server)).blocked();
        server.accept().close();
        server.accept().close();
        try (Socket client = third.get();
            Socket accepted = server.accept()) {
          assertThat(accepted.getPort()).isEqualTo(client.getLocalPort());
        }
        assertThat(first.isConnected() && second.isConnected()).isTrue();
      }
    });
  }

  @Test
  default void whoeverIsNotAcceptedIsResetWhenTheServerIsClosed() throws Exception {
    run(() -> {
      ServerSocket server = SocketContract.server();
      try (Socket client = SocketContract.connect(server)) {
        Later<Integer> read = Later.of(() -> client.getInputStream().read()).blocked();
        server.close();
        assertThat(read.failure())
            .isInstanceOf(SocketException.class)
            .hasMessage("Connection reset");
      }
    });
  }

  @Test
  default void shuttingOutputDownEndsWhatTheOtherReads() throws Exception {
    run(() -> {
      try (Pair pair = Pair.open()) {
        SocketContract.send(pair.client(), "last");
        pair.client().shutdownOutput();
        assertThat(SocketContract.read(pair.server(), 10)).isEqualTo("last");
        SocketContract.assertEnded(pair.server());
        SocketContract.send(pair.server(), "answer");
        assertThat(SocketContract.read(pair.client(), 6)).isEqualTo("answer");
        assertThatThrownBy(() -> SocketContract.send(pair.client(), "more"))
            .isInstanceOf(SocketException.class);
      }
    });
  }

  @Test
  default void shuttingInputDownEndsReadsAndLetsTheOtherWrite() throws Exception {
    run(() -> {
      try (Pair pair = Pair.open()) {
        InputStream in = pair.client().getInputStream();
        pair.client().shutdownInput();
        assertThat(in.read()).isEqualTo(-1);
        SocketContract.send(pair.server(), "unheard");
        SocketContract.send(pair.client(), "heard");
        assertThat(SocketContract.read(pair.server(), 5)).isEqualTo("heard");
      }
    });
  }

  @Test
  default void shuttingInputDownWakesTheReader() throws Exception {
    run(() -> {
      try (Pair pair = Pair.open()) {
        Later<Integer> read = Later.of(() -> pair.client().getInputStream().read()).blocked();
        pair.client().shutdownInput();
        assertThat(read.get()).isEqualTo(-1);
      }
    });
  }

  @Test
  default void closingEndsWhatTheOtherReadsAfterAllThatWasSent() throws Exception {
    run(() -> {
      try (Pair pair = Pair.open()) {
        SocketContract.send(pair.client(), "bye");
        pair.client().close();
        assertThat(SocketContract.read(pair.server(), 10)).isEqualTo("bye");
        SocketContract.assertEnded(pair.server());
        SocketContract.assertEnded(pair.server());
      }
    });
  }

  @Test
  default void closingAChannelWithUnreadDataResetsTheOther() throws Exception {
    run(() -> {
      try (ChannelPair pair = ChannelPair.open()) {
        SocketContract.write(pair.server(), "unread");
        SocketContract.awaitUnread(pair.client().socket(), 6);
        pair.client().close();
        assertThatThrownBy(() -> SocketContract.read(pair.server(), 1))
            .isInstanceOf(SocketException.class)
            .hasMessage("Connection reset");
      }
    });
  }

  /** The JDK shuts output down before it closes. */
  @Test
  default void closingASocketWithUnreadDataEndsWhatTheOtherReadsAndResetsIt() throws Exception {
    run(() -> {
      try (Pair pair = Pair.open()) {
        SocketContract.send(pair.server(), "unread");
        SocketContract.awaitUnread(pair.client(), 6);
        pair.client().close();
        SocketContract.assertEnded(pair.server());
        assertThat(writesUntilFailure(pair.server())).hasMessage("Broken pipe");
      }
    });
  }

  @Test
  default void whatArrivedBeforeAResetIsReadFirst() throws Exception {
    run(() -> {
      try (Pair pair = Pair.open()) {
        SocketContract.send(pair.client(), "before");
        SocketContract.awaitUnread(pair.server(), 6);
        pair.client().setSoLinger(true, 0);
        pair.client().close();
        Thread.sleep(MILLIS);
        assertThat(SocketContract.read(pair.server(), 6)).isEqualTo("before");
        assertThatThrownBy(() -> pair.server().getInputStream().read())
            .isInstanceOf(SocketException.class)
            .hasMessage("Connection reset");
      }
    });
  }

  @Test
  default void whatArrivesAtAClosedSocketResetsTheOther() throws Exception {
    run(() -> {
      try (Pair pair = Pair.open()) {
        pair.client().close();
        SocketContract.assertEnded(pair.server());
        SocketContract.send(pair.server(), "too late");
        IOException failure = writesUntilFailure(pair.server());
        assertThat(failure).hasMessage("Broken pipe");
        SocketContract.assertEnded(pair.server());
      }
    });
  }

  @Test
  default void closingWithoutLingeringResetsTheOther() throws Exception {
    run(() -> {
      try (Pair pair = Pair.open()) {
        pair.client().setSoLinger(true, 0);
        pair.client().close();
        assertThatThrownBy(() -> pair.server().getInputStream().read())
            .isInstanceOf(SocketException.class)
            .hasMessage("Connection reset");
        assertThatThrownBy(() -> pair.server().getInputStream().read())
            .isInstanceOf(SocketException.class);
      }
    });
  }

  @Test
  default void aResetShowsAtTheFirstWriteAndThenThePipeIsBroken() throws Exception {
    run(() -> {
      try (ChannelPair pair = ChannelPair.open()) {
        pair.client().setOption(java.net.StandardSocketOptions.SO_LINGER, 0);
        pair.client().close();
        assertThatThrownBy(() -> writesUntilFailure(pair.server()))
            .isInstanceOf(IOException.class)
            .hasMessage("Connection reset by peer");
        assertThatThrownBy(() -> SocketContract.write(pair.server(), "again"))
            .isInstanceOf(IOException.class)
            .hasMessage("Broken pipe");
      }
    });
  }

  private static IOException writesUntilFailure(Socket socket) throws Exception {
    while (true) {
      try {
        SocketContract.send(socket, "more");
        Thread.sleep(1);
      } catch (IOException e) {
        return e;
      }
    }
  }

  private static void writesUntilFailure(SocketChannel channel) throws Exception {
    while (true) {
      SocketContract.write(channel, "more");
      Thread.sleep(1);
    }
  }
}
