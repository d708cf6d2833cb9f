package dev.standstill.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How selectors tell what channels are ready for. */
interface SelectorContract extends SocketContract {

  /** The keys that are ready, after a wait for the first of them. */
  private static Set<SelectionKey> select(Selector selector) throws IOException {
    while (selector.select() == 0) {}
    Set<SelectionKey> ready = new HashSet<>(selector.selectedKeys());
    selector.selectedKeys().clear();
    return ready;
  }

  private static SelectionKey register(SocketChannel channel, Selector selector, int operations)
      throws IOException {
    channel.configureBlocking(false);
    return channel.register(selector, operations);
  }

  @Test
  default void aServerOfOneThreadConnectsAcceptsReadsAndWrites() throws Exception {
    run(() -> {
      try (Selector selector = Selector.open();
          ServerSocketChannel server = ServerSocketChannel.open().bind(SocketContract.anyPort());
          SocketChannel client = SocketChannel.open()) {
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        client.configureBlocking(false);
        if (client.connect(server.getLocalAddress())) {
          client.register(selector, SelectionKey.OP_WRITE);
        } else {
          client.register(selector, SelectionKey.OP_CONNECT);
        }
        StringBuilder seen = new StringBuilder();
        while (seen.length() < 4) {
          for (SelectionKey key : select(selector)) {
            serve(selector, key, seen);
          }
        }
        assertThat(seen).hasToString("ping");
      }
    });
  }

  private static void serve(Selector selector, SelectionKey key, StringBuilder seen)
      throws IOException {
    if (key.isAcceptable()) {
      SocketChannel accepted = ((ServerSocketChannel) key.channel()).accept();
      if (accepted != null) {
        register(accepted, selector, SelectionKey.OP_READ);
      }
    } else if (key.isConnectable()) {
      assertThat(((SocketChannel) key.channel()).finishConnect()).isTrue();
      key.interestOps(SelectionKey.OP_WRITE);
    } else if (key.isWritable()) {
      SocketContract.write((SocketChannel) key.channel(), "ping");
      key.interestOps(0);
    } else if (key.isReadable()) {
      ByteBuffer into = ByteBuffer.allocate(10);
      ((SocketChannel) key.channel()).read(into);
      seen.append(new String(into.array(), 0, into.position()));
    }
  }

  @Test
  default void whatIsNotReadIsToldAgain() throws Exception {
    run(() -> {
      try (ChannelPair pair = ChannelPair.open();
          Selector selector = Selector.open()) {
        SelectionKey key = register(pair.server(), selector, SelectionKey.OP_READ);
        SocketContract.write(pair.client(), "ab");
        assertThat(select(selector)).containsExactly(key);
        assertThat(select(selector)).containsExactly(key);
        ByteBuffer into = ByteBuffer.allocate(2);
        while (into.hasRemaining()) {
          pair.server().read(into);
        }
        assertThat(selector.selectNow()).isZero();
      }
    });
  }

  @Test
  default void whatIsReadyWhenItIsRegisteredIsTold() throws Exception {
    run(() -> {
      try (ChannelPair pair = ChannelPair.open();
          Selector selector = Selector.open()) {
        SocketContract.write(pair.client(), "early");
        SocketContract.awaitUnread(pair.server().socket(), 5);
        SelectionKey key = register(pair.server(), selector, SelectionKey.OP_READ);
        assertThat(selector.selectNow()).isOne();
        assertThat(key.isReadable()).isTrue();
      }
    });
  }

  @Test
  default void aWakeUpEndsTheWait() throws Exception {
    run(() -> {
      try (Selector selector = Selector.open()) {
        Later<Integer> select = Later.of(selector::select).blocked();
        selector.wakeup();
        assertThat(select.get()).isZero();
      }
    });
  }

  @Test
  default void aWakeUpBeforeTheWaitEndsOne() throws Exception {
    run(() -> {
      try (Selector selector = Selector.open()) {
        selector.wakeup();
        selector.wakeup();
        assertThat(selector.select()).isZero();
        long before = System.nanoTime();
        assertThat(selector.select(MILLIS)).isZero();
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(MILLIS * 1_000_000L);
      }
    });
  }

  @Test
  default void aSelectTimesOut() throws Exception {
    run(() -> {
      try (ChannelPair pair = ChannelPair.open();
          Selector selector = Selector.open()) {
        register(pair.server(), selector, SelectionKey.OP_READ);
        long before = System.nanoTime();
        assertThat(selector.select(MILLIS)).isZero();
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(MILLIS * 1_000_000L);
      }
    });
  }

  @Test
  default void selectNowDoesNotWait() throws Exception {
    run(() -> {
      try (ChannelPair pair = ChannelPair.open();
          Selector selector = Selector.open()) {
        register(pair.server(), selector, SelectionKey.OP_READ);
        assertThat(selector.selectNow()).isZero();
      }
    });
  }

  @Test
  default void anInterruptEndsTheWaitAndLetsTheSelectorBe() throws Exception {
    run(() -> {
      try (Selector selector = Selector.open()) {
        Later<Boolean> select =
            Later.of(() -> {
              selector.select();
              return Thread.currentThread().isInterrupted();
            });
        assertThat(select.blocked().interrupt().get()).isTrue();
        assertThat(selector.isOpen()).isTrue();
      }
    });
  }

  @Test
  default void closingTheSelectorEndsTheWait() throws Exception {
    run(() -> {
      Selector selector = Selector.open();
      Later<Integer> select = Later.of(selector::select).blocked();
      selector.close();
      assertThat(select.get()).isZero();
      assertThatThrownBy(selector::select).isInstanceOf(ClosedSelectorException.class);
    });
  }

  @Test
  default void aKeyThatIsCancelledIsNotTold() throws Exception {
    run(() -> {
      try (ChannelPair pair = ChannelPair.open();
          Selector selector = Selector.open()) {
        SelectionKey key = register(pair.server(), selector, SelectionKey.OP_WRITE);
        assertThat(select(selector)).containsExactly(key);
        key.cancel();
        assertThat(selector.selectNow()).isZero();
        assertThat(selector.keys()).isEmpty();
        assertThatThrownBy(key::readyOps).isInstanceOf(CancelledKeyException.class);
        pair.server().configureBlocking(true);
        SocketContract.write(pair.client(), "x");
        assertThat(SocketContract.read(pair.server(), 1)).isEqualTo("x");
      }
    });
  }

  @Test
  default void aChannelThatIsClosedIsNotTold() throws Exception {
    run(() -> {
      try (ChannelPair pair = ChannelPair.open();
          Selector selector = Selector.open()) {
        SelectionKey key = register(pair.server(), selector, SelectionKey.OP_WRITE);
        pair.server().close();
        assertThat(key.isValid()).isFalse();
        assertThat(selector.selectNow()).isZero();
        assertThat(selector.keys()).isEmpty();
        assertThat(SocketContract.read(pair.client(), 1)).isEmpty();
      }
    });
  }

  @Test
  default void interestIsChangedWhileSomebodySelects() throws Exception {
    run(() -> {
      try (ChannelPair pair = ChannelPair.open();
          Selector selector = Selector.open()) {
        SelectionKey key = register(pair.server(), selector, SelectionKey.OP_READ);
        Later<Integer> select = Later.of(selector::select).blocked();
        key.interestOps(SelectionKey.OP_WRITE);
        selector.wakeup();
        select.get();
        assertThat(selector.select()).isOne();
        assertThat(key.isWritable()).isTrue();
      }
    });
  }

  @Test
  default void aRefusedConnectionIsConnectable() throws Exception {
    run(() -> {
      InetSocketAddress nowhere =
          new InetSocketAddress(SocketContract.here(), SocketContract.freePort());
      try (SocketChannel client = SocketChannel.open();
          Selector selector = Selector.open()) {
        SelectionKey key = register(client, selector, SelectionKey.OP_CONNECT);
        assertThatThrownBy(
                () -> {
                  client.connect(nowhere);
                  assertThat(select(selector)).containsExactly(key);
                  client.finishConnect();
                })
            .isInstanceOf(ConnectException.class)
            .hasMessageStartingWith("Connection refused");
        assertThat(client.isOpen()).isFalse();
      }
    });
  }

  @Test
  default void theEndAndAResetAreReadable() throws Exception {
    run(() -> {
      try (ChannelPair ended = ChannelPair.open();
          ChannelPair reset = ChannelPair.open();
          Selector selector = Selector.open()) {
        SelectionKey end = register(ended.server(), selector, SelectionKey.OP_READ);
        ended.client().shutdownOutput();
        assertThat(select(selector)).containsExactly(end);
        assertThat(ended.server().read(ByteBuffer.allocate(1))).isEqualTo(-1);
        end.cancel();
        SelectionKey cut = register(reset.server(), selector, SelectionKey.OP_READ);
        reset.client().setOption(java.net.StandardSocketOptions.SO_LINGER, 0);
        reset.client().close();
        assertThat(select(selector)).containsExactly(cut);
        assertThatThrownBy(() -> reset.server().read(ByteBuffer.allocate(1)))
            .isInstanceOf(IOException.class)
            .hasMessage("Connection reset");
      }
    });
  }

  @Test
  default void aChannelIsWritableAgainWhenTheOtherHasRead() throws Exception {
    run(() -> {
      try (ChannelPair pair = ChannelPair.open();
          Selector selector = Selector.open()) {
        SelectionKey key = register(pair.client(), selector, SelectionKey.OP_WRITE);
        ByteBuffer much = ByteBuffer.allocate(TransferContract.MUCH);
        Later<String> reader =
            Later.of(() -> SocketContract.read(pair.server(), TransferContract.MUCH));
        while (much.hasRemaining()) {
          assertThat(select(selector)).containsExactly(key);
          pair.client().write(much);
        }
        assertThat(reader.get()).hasSize(TransferContract.MUCH);
      }
    });
  }

  @Test
  default void aReaderThatWaitsInASelectorSeesWhatIsSentLater() throws Exception {
    run(() -> {
      try (ChannelPair pair = ChannelPair.open();
          Selector selector = Selector.open()) {
        SelectionKey key = register(pair.server(), selector, SelectionKey.OP_READ);
        Later<Set<SelectionKey>> ready = Later.of(() -> select(selector)).blocked();
        SocketContract.write(pair.client(), "x");
        assertThat(ready.get()).containsExactly(key);
      }
    });
  }

  @Test
  default void allOfManyKeysAreTold() throws Exception {
    run(() -> {
      List<ChannelPair> pairs = new ArrayList<>();
      try (Selector selector = Selector.open()) {
        for (int i = 0; i < 100; i++) {
          pairs.add(ChannelPair.open());
          register(pairs.getLast().server(), selector, SelectionKey.OP_READ);
        }
        for (ChannelPair pair : pairs) {
          SocketContract.write(pair.client(), "x");
        }
        Set<SelectionKey> told = new HashSet<>();
        while (told.size() < pairs.size()) {
          for (SelectionKey key : select(selector)) {
            told.add(key);
            assertThat(((SocketChannel) key.channel()).read(ByteBuffer.allocate(2))).isOne();
          }
        }
        assertThat(selector.selectNow()).isZero();
      }
      for (ChannelPair pair : pairs) {
        pair.close();
      }
    });
  }

  @Test
  default void datagramsAndPipesAreSelected() throws Exception {
    run(() -> {
      Pipe pipe = Pipe.open();
      try (Selector selector = Selector.open();
          DatagramChannel receiver = DatagramChannel.open().bind(SocketContract.anyPort());
          DatagramChannel sender = DatagramChannel.open()) {
        receiver.configureBlocking(false);
        pipe.source().configureBlocking(false);
        SelectionKey datagram = receiver.register(selector, SelectionKey.OP_READ);
        SelectionKey bytes = pipe.source().register(selector, SelectionKey.OP_READ);
        sender.send(ByteBuffer.wrap(new byte[3]), receiver.getLocalAddress());
        assertThat(select(selector)).containsExactly(datagram);
        assertThat(receiver.receive(ByteBuffer.allocate(3))).isNotNull();
        pipe.sink().write(ByteBuffer.wrap(new byte[1]));
        assertThat(select(selector)).containsExactly(bytes);
      }
      pipe.sink().close();
      pipe.source().close();
    });
  }
}
