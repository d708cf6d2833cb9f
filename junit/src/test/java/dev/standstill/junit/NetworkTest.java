package dev.standstill.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.standstill.network.Network;
import dev.standstill.test.TestLoop;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Tests whose loop has a network of its own. */
@EnabledOnOs(OS.LINUX)
class NetworkTest {

  @Nested
  @LoopTest(network = true)
  class OfATest {

    private ServerSocket server;

    @BeforeEach
    void listen(Network network) throws IOException {
      network.latency(Duration.ofMillis(5));
      server = new ServerSocket(80);
    }

    @Test
    void isSharedWithItsFixturesAndChangedByAParameter(Network network, TestLoop loop)
        throws IOException {
      assertThat(network).isSameAs(Network.of(loop));
      long began = System.nanoTime();
      try (Socket client = new Socket("localhost", 80)) {
        assertThat(client.isConnected()).isTrue();
      }
      assertThat(System.nanoTime() - began).isEqualTo(Duration.ofMillis(10).toNanos());
    }

    @Test
    void isAnotherForTheNextTest() throws IOException {
      try (ServerSocket other = new ServerSocket(0)) {
        assertThat(other.getLocalPort()).isEqualTo(49_152);
      }
    }

    @AfterEach
    void close() throws IOException {
      server.close();
    }
  }

  @Test
  void isNotGivenToATestOnTheMachinesNetwork() {
    assertThat(Runs.print(Runs.failing(WithoutNetwork.class)))
        .contains("asks for a network, and sockets of its loop are the machine's")
        .contains("write @LoopTest(network = true)");
  }

  static class WithoutNetwork {
    @LoopTest
    void asks(Network network) {}
  }

  @Test
  void aServerOfTheMachineIsReachedIfAParameterAllowsIt() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      ToTheMachine.port = server.getLocalPort();

      assertThat(Runs.failures(Runs.of(ToTheMachine.class)))
          .first()
          .isInstanceOf(ConnectException.class);
      assertThat(
              Runs.failures(
                  Runs.with(
                      Map.of("standstill.allowReal", "db:1, localhost:" + ToTheMachine.port),
                      ToTheMachine.class)))
          .isEmpty();
    }
  }

  static class ToTheMachine {

    private static int port;

    @LoopTest(network = true)
    void connects() throws IOException {
      new Socket("localhost", port).close();
    }
  }

  @Test
  void whoAllowsAServerHasANetworkAsWithTheBuilder() {
    Runs.passing(Allowing.class);
    assertThat(
            Runs.failures(
                Runs.with(Map.of("standstill.allowReal", "localhost:5432"), AllowingNobody.class)))
        .isEmpty();
  }

  static class Allowing {
    @LoopTest(allowReal = "localhost:5432")
    void hasANetwork(Network network) throws IOException {
      assertThat(network).isNotNull();
      try (ServerSocket server = new ServerSocket(80)) {
        assertThat(server.getLocalPort()).isEqualTo(80);
      }
    }
  }

  static class AllowingNobody {
    @LoopTest
    void hasANetwork(Network network) {
      assertThat(network).isNotNull();
    }
  }

  @Test
  void aServerWithoutAPortIsRefused() {
    assertThat(
            Runs.print(
                Runs.failures(Runs.with(Map.of("standstill.allowReal", "db"), ToTheMachine.class))
                    .getFirst()))
        .contains("The configuration parameter standstill.allowReal = \"db\" cannot be read")
        .contains("write host and port");
  }

  @Test
  void aLoopWithoutOneSaysHowToHaveOne() {
    try (TestLoop loop = TestLoop.open()) {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> Network.of(loop))
          .withMessageContaining("make it with TestLoop.builder().network()");
    }
  }
}
