package dev.standstill.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.InterruptedByTimeoutException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How asynchronous channels do what they are asked to. */
interface AsynchronousContract extends SocketContract {

  /** Both ends of a connection, and the group whose threads serve them. */
  record Ends(
      AsynchronousChannelGroup group,
      AsynchronousSocketChannel client,
      AsynchronousSocketChannel server)
      implements AutoCloseable {

    static Ends open() throws Exception {
      AsynchronousChannelGroup group =
          AsynchronousChannelGroup.withFixedThreadPool(2, Executors.defaultThreadFactory());
      try (AsynchronousServerSocketChannel listening =
          AsynchronousServerSocketChannel.open(group).bind(SocketContract.anyPort())) {
        Future<AsynchronousSocketChannel> accepted = listening.accept();
        AsynchronousSocketChannel client = AsynchronousSocketChannel.open(group);
        client.connect(listening.getLocalAddress()).get();
        return new Ends(group, client, accepted.get());
      }
    }

    @Override
    public void close() throws IOException {
      client.close();
      server.close();
      group.shutdown();
    }
  }

  /** Completes a future. */
  record Completing<T>(CompletableFuture<T> result) implements CompletionHandler<T, Object> {

    Completing() {
      this(new CompletableFuture<>());
    }

    @Override
    public void completed(T value, Object attachment) {
      result.complete(value);
    }

    @Override
    public void failed(Throwable failure, Object attachment) {
      result.completeExceptionally(failure);
    }
  }

  private static void write(AsynchronousSocketChannel channel, String text) throws Exception {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes());
    while (bytes.hasRemaining()) {
      channel.write(bytes).get();
    }
  }

  private static String read(AsynchronousSocketChannel channel, int bytes) throws Exception {
    ByteBuffer into = ByteBuffer.allocate(bytes);
    while (into.hasRemaining() && channel.read(into).get() >= 0) {}
    return new String(into.array(), 0, into.position());
  }

  @Test
  default void futuresOfReadsAndWritesComplete() throws Exception {
    run(() -> {
      try (Ends ends = Ends.open()) {
        write(ends.client(), "ping");
        assertThat(read(ends.server(), 4)).isEqualTo("ping");
        write(ends.server(), "pong");
        assertThat(read(ends.client(), 4)).isEqualTo("pong");
        ends.client().shutdownOutput();
        assertThat(read(ends.server(), 1)).isEmpty();
      }
    });
  }

  @Test
  default void aHandlerIsToldOfWhatArrivesLater() throws Exception {
    run(() -> {
      try (Ends ends = Ends.open()) {
        for (int i = 0; i < 3; i++) {
          Completing<Integer> handler = new Completing<>();
          ends.server().read(ByteBuffer.allocate(10), "", handler);
          assertThat(handler.result()).isNotDone();
          write(ends.client(), "x");
          assertThat(handler.result().get()).isOne();
        }
      }
    });
  }

  @Test
  default void muchIsWrittenWhileItIsRead() throws Exception {
    run(() -> {
      try (Ends ends = Ends.open()) {
        Later<String> read = Later.of(() -> read(ends.server(), TransferContract.MUCH));
        write(ends.client(), "a".repeat(TransferContract.MUCH));
        assertThat(read.get()).hasSize(TransferContract.MUCH);
      }
    });
  }

  @Test
  default void aReadTimesOutAsynchronously() throws Exception {
    run(() -> {
      try (Ends ends = Ends.open()) {
        Completing<Integer> handler = new Completing<>();
        ends.server().read(ByteBuffer.allocate(1), MILLIS, TimeUnit.MILLISECONDS, "", handler);
        assertThatThrownBy(() -> handler.result().get())
            .hasCauseInstanceOf(InterruptedByTimeoutException.class);
      }
    });
  }

  @Test
  default void closingFailsWhatIsUnderWay() throws Exception {
    run(() -> {
      try (Ends ends = Ends.open()) {
        Future<Integer> read = ends.server().read(ByteBuffer.allocate(1));
        ends.server().close();
        assertThatThrownBy(read::get)
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(AsynchronousCloseException.class);
      }
    });
  }

  @Test
  default void aConnectionIsRefusedAsynchronously() throws Exception {
    run(() -> {
      InetSocketAddress nowhere =
          new InetSocketAddress(SocketContract.here(), SocketContract.freePort());
      try (Ends ends = Ends.open();
          AsynchronousSocketChannel client = AsynchronousSocketChannel.open(ends.group())) {
        assertThatThrownBy(() -> client.connect(nowhere).get())
            .hasCauseInstanceOf(ConnectException.class)
            .hasMessageContaining("Connection refused");
      }
    });
  }

  @Test
  default void shuttingTheGroupDownClosesItsChannels() throws Exception {
    run(() -> {
      AsynchronousChannelGroup group =
          AsynchronousChannelGroup.withFixedThreadPool(2, Executors.defaultThreadFactory());
      try (AsynchronousServerSocketChannel listening =
              AsynchronousServerSocketChannel.open(group).bind(SocketContract.anyPort());
          SocketChannel client = SocketChannel.open(listening.getLocalAddress())) {
        AsynchronousSocketChannel server = listening.accept().get();
        Future<Integer> read = server.read(ByteBuffer.allocate(1));
        group.shutdownNow();
        assertThat(group.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(server.isOpen()).isFalse();
        assertThatThrownBy(read::get).hasCauseInstanceOf(AsynchronousCloseException.class);
        assertThat(SocketContract.read(client, 1)).isEmpty();
      }
    });
  }
}
