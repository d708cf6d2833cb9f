package dev.standstill.examples.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.junit.LoopTest;
import dev.standstill.network.Network;
import dev.standstill.network.Outage;
import dev.standstill.test.TestLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

// tag::test[]
@LoopTest(network = true)
class PriceClientTest {

  private ServerSocket server;

  @BeforeEach
  void serve(TestLoop loop) throws IOException {
    server = new ServerSocket(7000);
    loop.background().spawn("prices", this::answerAll);
  }

  private void answerAll() throws IOException {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        client.getInputStream().read();
        client.getOutputStream().write(42);
      } catch (SocketException e) {
        // The client has gone, or the test is over.
      }
    }
  }

  /** Gives up after two seconds, and asks again. */
  private static int price() throws IOException {
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress("localhost", 7000), 2_000);
        socket.setSoTimeout(2_000);
        socket.getOutputStream().write('?');
        return socket.getInputStream().read();
      } catch (SocketTimeoutException e) {
        // Once more.
      }
    }
  }

  @Test
  void anAnswerTakesTwoRoundTrips(Network network) throws IOException {
    network.latency(Duration.ofMillis(25));
    Instant asked = Instant.now();
    assertThat(price()).isEqualTo(42);
    assertThat(Duration.between(asked, Instant.now())).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void whoAsksWhileTheNetworkIsCutAsksAgain(Network network, TestLoop loop) throws IOException {
    Instant asked = Instant.now();
    Outage cut = network.cut();
    loop.schedule(cut::close, 2_500, TimeUnit.MILLISECONDS);
    assertThat(price()).isEqualTo(42);
    // Given up at 2 s, asked again; that was lost as well, and TCP tries again after 1 s.
    assertThat(Duration.between(asked, Instant.now())).isEqualTo(Duration.ofSeconds(3));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }
}
// end::test[]
