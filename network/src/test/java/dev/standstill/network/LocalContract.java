package dev.standstill.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Pipes and Unix domain sockets. */
interface LocalContract extends SocketContract {

  private static ServerSocketChannel listen(UnixDomainSocketAddress at) throws IOException {
    return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(at);
  }

  private static UnixDomainSocketAddress address() throws IOException {
    Path folder = Files.createTempDirectory("unix");
    folder.toFile().deleteOnExit();
    return UnixDomainSocketAddress.of(folder.resolve("socket"));
  }

  @Test
  default void whatIsWrittenToAPipeIsRead() throws Exception {
    run(() -> {
      Pipe pipe = Pipe.open();
      Later<Integer> read = Later.of(() -> pipe.source().read(ByteBuffer.allocate(10))).blocked();
      assertThat(pipe.sink().write(ByteBuffer.wrap(new byte[3]))).isBetween(1, 3);
      assertThat(read.get()).isBetween(1, 3);
      pipe.sink().close();
      while (pipe.source().read(ByteBuffer.allocate(10)) >= 0) {}
      pipe.source().close();
    });
  }

  @Test
  default void aPipeThatNobodyReadsIsBroken() throws Exception {
    run(() -> {
      Pipe pipe = Pipe.open();
      pipe.source().close();
      assertThatThrownBy(() -> pipe.sink().write(ByteBuffer.wrap(new byte[3])))
          .isInstanceOf(IOException.class)
          .hasMessage("Broken pipe");
      pipe.sink().close();
    });
  }

  @Test
  default void aPipeIsFullAtSomeTime() throws Exception {
    run(() -> {
      Pipe pipe = Pipe.open();
      pipe.sink().configureBlocking(false);
      ByteBuffer much = ByteBuffer.allocate(TransferContract.MUCH);
      while (pipe.sink().write(much) > 0) {}
      assertThat(much.remaining()).isPositive();
      assertThat(much.position()).isGreaterThanOrEqualTo(4096);
      pipe.sink().close();
      pipe.source().close();
    });
  }

  @Test
  default void closingAPipeWakesWhoReads() throws Exception {
    run(() -> {
      Pipe pipe = Pipe.open();
      Later<Integer> read = Later.of(() -> pipe.source().read(ByteBuffer.allocate(10))).blocked();
      pipe.source().close();
      assertThat(read.failure()).isExactlyInstanceOf(AsynchronousCloseException.class);
      pipe.sink().close();
    });
  }

  @Test
  default void unixDomainSocketsConnectByPath() throws Exception {
    run(() -> {
      UnixDomainSocketAddress at = address();
      try (ServerSocketChannel server = listen(at);
          SocketChannel client = SocketChannel.open(at);
          SocketChannel accepted = server.accept()) {
        assertThat(server.getLocalAddress()).isEqualTo(at);
        assertThat(client.getRemoteAddress()).isEqualTo(at);
        assertThat(accepted.getLocalAddress()).isEqualTo(at);
        SocketContract.write(client, "local");
        assertThat(SocketContract.read(accepted, 5)).isEqualTo("local");
        client.shutdownOutput();
        assertThat(SocketContract.read(accepted, 5)).isEmpty();
      }
      Files.delete(at.getPath());
    });
  }

  @Test
  default void aUnixDomainSocketMakesAFileThatStays() throws Exception {
    run(() -> {
      UnixDomainSocketAddress at = address();
      listen(at).close();
      assertThat(at.getPath()).exists();
      assertThatThrownBy(() -> listen(at).close()).isInstanceOf(BindException.class);
      assertThatThrownBy(() -> SocketChannel.open(at).close()).isInstanceOf(ConnectException.class);
      Files.delete(at.getPath());
      listen(at).close();
      Files.delete(at.getPath());
      assertThatThrownBy(() -> SocketChannel.open(at).close()).isInstanceOf(SocketException.class);
    });
  }

  @Test
  default void aUnixDomainSocketWithoutAPathGetsOne() throws Exception {
    run(() -> {
      try (ServerSocketChannel server =
          ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(null)) {
        UnixDomainSocketAddress at = (UnixDomainSocketAddress) server.getLocalAddress();
        assertThat(at.getPath()).exists();
        SocketChannel.open(at).close();
        Files.delete(at.getPath());
      }
    });
  }
}
