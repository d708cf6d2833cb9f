package dev.standstill.network.libraries;

import static dev.standstill.network.libraries.Scenario.millis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.InterruptedByTimeoutException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The JDK's asynchronous channels, served by the group that all have who name none. */
@EnabledOnOs(OS.LINUX)
class AsynchronousChannelsTest {

  @Test
  void echoAndTimeOut() throws Exception {
    List<Long> taken =
        Scenario.withLatency(Scenario.LATENCY)
            .leavingThreads()
            .run(() -> {
              try (AsynchronousServerSocketChannel server =
                      AsynchronousServerSocketChannel.open()
                          .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                  AsynchronousSocketChannel client = AsynchronousSocketChannel.open()) {
                server.accept(null, new Echo());
                return List.of(
                    millis(() -> client.connect(server.getLocalAddress()).get()),
                    millis(() -> {
                      client.write(ByteBuffer.wrap(new byte[] {7})).get();
                      assertThat(client.read(ByteBuffer.allocate(1)).get()).isEqualTo(1);
                    }),
                    millis(() ->
                        assertThatThrownBy(() -> read(client, 10).get())
                            .isInstanceOf(ExecutionException.class)
                            .hasCauseInstanceOf(InterruptedByTimeoutException.class)));
              }
            });

    assertThat(taken).containsExactly(20L, 20L, 10_000L);
  }

  private static CompletableFuture<Integer> read(AsynchronousSocketChannel from, long seconds) {
    CompletableFuture<Integer> done = new CompletableFuture<>();
    from.read(
        ByteBuffer.allocate(1),
        seconds,
        TimeUnit.SECONDS,
        null,
        new CompletionHandler<Integer, Void>() {
          @Override
          public void completed(Integer count, Void nothing) {
            done.complete(count);
          }

          @Override
          public void failed(Throwable why, Void nothing) {
            done.completeExceptionally(why);
          }
        });
    return done;
  }

  /** Sends one byte back. */
  private static final class Echo implements CompletionHandler<AsynchronousSocketChannel, Void> {

    @Override
    public void completed(AsynchronousSocketChannel socket, Void nothing) {
      ByteBuffer one = ByteBuffer.allocate(1);
      socket.read(
          one,
          null,
          new CompletionHandler<Integer, Void>() {
            @Override
            public void completed(Integer count, Void nothing) {
              socket.write(one.flip());
            }

            @Override
            public void failed(Throwable why, Void nothing) {
              throw new AssertionError(why);
            }
          });
    }

    @Override
    public void failed(Throwable why, Void nothing) {
      throw new AssertionError(why);
    }
  }
}
