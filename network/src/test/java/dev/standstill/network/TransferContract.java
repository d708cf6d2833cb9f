package dev.standstill.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How bytes go through a connection. */
interface TransferContract extends SocketContract {

  /** More than any window takes. */
  int MUCH = 20 << 20;

  /** More than fits into one packet, and less than a window. */
  int SOME = 30_000;

  @Test
  default void availableCountsWhatCanBeReadWithoutAWait() throws Exception {
    run(() -> {
      try (Pair pair = Pair.open()) {
        InputStream in = pair.server().getInputStream();
        assertThat(in.available()).isZero();
        SocketContract.send(pair.client(), "four");
        SocketContract.awaitUnread(pair.server(), 4);
        assertThat(in.available()).isEqualTo(4);
        assertThat(in.read()).isEqualTo('f');
        assertThat(in.available()).isEqualTo(3);
        pair.client().close();
        assertThat(in.readAllBytes()).hasSize(3);
        assertThat(in.available()).isZero();
      }
    });
  }

  @Test
  default void aWriterWaitsUntilSomebodyReads() throws Exception {
    run(() -> {
      try (Pair pair = Pair.open()) {
        byte[] much = random(MUCH);
        Later<?> write = Later.run(() -> pair.client().getOutputStream().write(much)).blocked();
        assertThat(write.isDone()).isFalse();
        byte[] read = pair.server().getInputStream().readNBytes(MUCH);
        write.get();
        assertThat(Arrays.equals(read, much)).isTrue();
      }
    });
  }

  @Test
  default void aNonBlockingWriteTakesWhatThereIsRoomForAndThenNothing() throws Exception {
    run(() -> {
      try (ChannelPair pair = ChannelPair.open()) {
        pair.client().configureBlocking(false);
        int sent = fill(pair.client());
        assertThat(sent).isPositive().isLessThan(MUCH);
        assertThat(SocketContract.read(pair.server(), sent)).hasSize(sent);
        SocketContract.until(() -> pair.client().write(ByteBuffer.wrap(new byte[1])) == 1);
      }
    });
  }

  /** Writes until there has been no room for a while. */
  private static int fill(SocketChannel channel) throws Exception {
    ByteBuffer bytes = ByteBuffer.allocate(MUCH);
    int before = -1;
    while (bytes.position() > before) {
      before = bytes.position();
      while (channel.write(bytes) > 0) {}
      Thread.sleep(MILLIS);
    }
    assertThat(channel.write(bytes)).isZero();
    return bytes.position();
  }

  @Test
  default void aNonBlockingReadOfNothingReadsNothing() throws Exception {
    run(() -> {
      try (ChannelPair pair = ChannelPair.open()) {
        pair.client().configureBlocking(false);
        assertThat(pair.client().read(ByteBuffer.allocate(10))).isZero();
        pair.server().close();
        SocketContract.until(() -> pair.client().read(ByteBuffer.allocate(10)) == -1);
      }
    });
  }

  @Test
  default void urgentDataComesInItsPlaceWhereItIsWanted() throws Exception {
    run(() -> {
      try (Pair pair = Pair.open()) {
        pair.server().setOOBInline(true);
        SocketContract.send(pair.client(), "a");
        pair.client().sendUrgentData('!');
        SocketContract.send(pair.client(), "b");
        assertThat(SocketContract.read(pair.server(), 3)).isEqualTo("a!b");
      }
    });
  }

  @Test
  default void urgentDataIsLostWhereItIsNotWanted() throws Exception {
    run(() -> {
      try (Pair pair = Pair.open()) {
        SocketContract.send(pair.client(), "a");
        pair.client().sendUrgentData('!');
        SocketContract.send(pair.client(), "b");
        assertThat(SocketContract.read(pair.server(), 2)).isEqualTo("ab");
      }
    });
  }

  @Test
  default void aReadTimesOutAndTheSocketGoesOn() throws Exception {
    run(() -> {
      try (Pair pair = Pair.open()) {
        pair.client().setSoTimeout(MILLIS);
        long before = System.nanoTime();
        assertThatThrownBy(() -> pair.client().getInputStream().read())
            .isInstanceOf(SocketTimeoutException.class)
            .hasMessage("Read timed out");
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(MILLIS * 1_000_000L);
        SocketContract.send(pair.server(), "x");
        assertThat(SocketContract.read(pair.client(), 1)).isEqualTo("x");
      }
    });
  }

  @Test
  default void anAcceptTimesOutAndTheServerGoesOn() throws Exception {
    run(() -> {
      try (ServerSocket server = SocketContract.server()) {
        server.setSoTimeout(MILLIS);
        assertThatThrownBy(server::accept)
            .isInstanceOf(SocketTimeoutException.class)
            .hasMessage("Accept timed out");
        try (Socket client = SocketContract.connect(server);
            Socket accepted = server.accept()) {
          assertThat(accepted.getPort()).isEqualTo(client.getLocalPort());
        }
      }
    });
  }

  @Test
  default void whatIsGatheredIsScattered() throws Exception {
    run(() -> {
      try (ChannelPair pair = ChannelPair.open()) {
        ByteBuffer[] parts = {bytes("one"), bytes(""), bytes("two"), bytes("three")};
        while (parts[3].hasRemaining()) {
          pair.client().write(parts);
        }
        ByteBuffer[] into = {ByteBuffer.allocate(4), ByteBuffer.allocateDirect(7)};
        while (into[1].hasRemaining()) {
          assertThat(pair.server().read(into)).isPositive();
        }
        assertThat(new String(into[0].array())).isEqualTo("onet");
        byte[] rest = new byte[7];
        into[1].flip().get(rest);
        assertThat(new String(rest)).isEqualTo("wothree");
      }
    });
  }

  @Test
  default void aScatteringReadEndsWithTheConnection() throws Exception {
    run(() -> {
      try (ChannelPair pair = ChannelPair.open()) {
        SocketContract.write(pair.client(), "abc");
        pair.client().close();
        ByteBuffer[] into = {ByteBuffer.allocate(2), ByteBuffer.allocate(2)};
        while (pair.server().read(into) >= 0) {}
        assertThat(into[0].position() + into[1].position()).isEqualTo(3);
      }
    });
  }

  @Test
  default void aFileIsTransferredToASocketAndFromIt() throws Exception {
    Path file = Files.createTempFile("transfer", "");
    Path copy = Files.createTempFile("transfer", "");
    byte[] data = random(SOME);
    Files.write(file, data);
    run(() -> {
      try (ChannelPair pair = ChannelPair.open();
          FileChannel from = FileChannel.open(file);
          FileChannel to = FileChannel.open(copy, StandardOpenOption.WRITE)) {
        Later<?> sent =
            Later.run(() -> {
              long at = 0;
              while (at < SOME) {
                at += from.transferTo(at, SOME - at, pair.client());
              }
              pair.client().shutdownOutput();
            });
        long at = 0;
        long moved = 1;
        while (at < SOME && moved > 0) {
          moved = to.transferFrom(pair.server(), at, SOME - at);
          at += moved;
        }
        sent.get();
      }
    });
    assertThat(Files.readAllBytes(copy)).isEqualTo(data);
    Files.delete(file);
    Files.delete(copy);
  }

  @Test
  default void aReadOfNoBytesReturnsAtOnce() throws Exception {
    run(() -> {
      try (Pair pair = Pair.open();
          ChannelPair channels = ChannelPair.open()) {
        assertThat(pair.client().getInputStream().read(new byte[0])).isZero();
        assertThat(channels.client().read(ByteBuffer.allocate(0))).isZero();
        assertThat(channels.client().write(ByteBuffer.allocate(0))).isZero();
      }
    });
  }

  @Test
  default void streamsOfChannelsReadAndWrite() throws Exception {
    run(() -> {
      try (ChannelPair pair = ChannelPair.open()) {
        pair.client().socket().getOutputStream().write("adapted".getBytes());
        pair.server().socket().setSoTimeout(MILLIS);
        InputStream in = pair.server().socket().getInputStream();
        assertThat(new String(in.readNBytes(7))).isEqualTo("adapted");
        assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
      }
    });
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes());
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(1).nextBytes(bytes);
    return bytes;
  }
}
