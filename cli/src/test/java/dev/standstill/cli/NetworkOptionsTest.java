package dev.standstill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** On which network the sockets of a program are. */
@EnabledOnOs(OS.LINUX)
class NetworkOptionsTest {

  private static final String ROUND_TRIP =
      """
      import java.net.*;

      void main() throws Exception {
        try (var server = new ServerSocket(7000)) {
          Thread.startVirtualThread(() -> {
            try (var client = server.accept()) {
              client.getOutputStream().write(client.getInputStream().read());
            } catch (java.io.IOException e) {
              e.printStackTrace();
            }
          });
          long began = System.nanoTime();
          try (var socket = new Socket("localhost", 7000)) {
            socket.getOutputStream().write(1);
            socket.getInputStream().read();
          }
          IO.println((System.nanoTime() - began) / 1_000_000 + " ms");
        }
      }
      """;

  /** Connects to the port that it is given. */
  private static final String CLIENT =
      """
      void main(String[] args) throws Exception {
        try (var socket = new java.net.Socket("localhost", Integer.parseInt(args[0]))) {
          IO.println(socket.getInputStream().read());
        } catch (java.net.ConnectException e) {
          IO.println(e.getMessage());
        }
      }
      """;

  @TempDir Path directory;
  private Path program;

  @BeforeEach
  void writeRoundTrip() {
    program = SourceFile.write(directory, "RoundTrip.java", ROUND_TRIP);
  }

  @Test
  void aPacketTakesNoTimeUnlessItIsSaid() {
    assertThat(Outcome.of("run", program).out()).isEqualTo("0 ms\n");
  }

  @Test
  void aPacketTakesAsLongAsItIsSaid() {
    Outcome outcome = Outcome.of("run", "--latency", "50ms", program);

    assertThat(outcome.out()).isEqualTo("200 ms\n");
    assertThat(outcome.err()).contains("to repeat the run: --latency 50ms --replay ");
  }

  @Test
  void aSeedDrawsLatenciesAndATokenRepeatsThem() {
    Outcome drawn = Outcome.of("run", "--seed=5", "--latency=1ms..20ms", program);
    Matcher token = Pattern.compile("--replay (\\S+)").matcher(drawn.err());
    assertThat(token.find()).isTrue();

    Outcome repeated =
        Outcome.of("run", "--latency=1ms..20ms", "--replay=" + token.group(1), program);

    assertThat(repeated.out()).isEqualTo(drawn.out());
    assertThat(Outcome.of("run", "--seed=6", "--latency=1ms..20ms", program).out())
        .isNotEqualTo(drawn.out());
  }

  @Test
  void aServerOfTheMachineIsReachedOnlyIfAllowed() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().start(() -> answer(server));
      String port = Integer.toString(server.getLocalPort());
      Path client = SourceFile.write(directory, "Client.java", CLIENT);

      assertThat(Outcome.of("run", client, port).out())
          .contains("nobody listens on localhost:" + port)
          .contains("--allow-real localhost:" + port);
      assertThat(Outcome.of("run", "--allow-real=localhost:" + port, client, port).out())
          .isEqualTo("7\n");
      assertThat(Outcome.of("run", "--real-network", client, port).out()).isEqualTo("7\n");
    }
  }

  private static void answer(ServerSocket server) {
    while (true) {
      try (Socket client = server.accept()) {
        client.getOutputStream().write(7);
      } catch (IOException e) {
        if (server.isClosed()) {
          return;
        }
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void whatCannotBeIsRefused() {
    assertRefused("\"fast\" is no latency: write it like 50ms", "--latency=fast");
    assertRefused("\"20ms..1ms\" goes from more to less", "--latency=20ms..1ms");
    assertRefused("\"db\" is no server: write host and port", "--allow-real=db");
    assertRefused(
        "--real-network cannot go with --latency or --allow-real",
        "--real-network",
        "--latency=1ms");
  }

  private void assertRefused(String sentence, String... options) {
    Object[] arguments = new Object[options.length + 2];
    arguments[0] = "run";
    System.arraycopy(options, 0, arguments, 1, options.length);
    arguments[options.length + 1] = program;
    Outcome outcome = Outcome.of(arguments);

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains(sentence).doesNotContain("\tat ");
  }
}
