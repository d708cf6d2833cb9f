package dev.standstill.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpServer;
import dev.standstill.test.Leaks;
import dev.standstill.test.TestLoop;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A server of the machine, which no loop knows of, is reached by tasks that were allowed to. */
@EnabledOnOs(OS.LINUX)
class AllowRealTest {

  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n";

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private int port;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = "real".getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    port = server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private TestLoop open() {
    return TestLoop.builder().network().allowReal("localhost:" + port).leaks(Leaks.IGNORE).open();
  }

  @Test
  void aBlockingSocketReachesIt() throws Exception {
    try (TestLoop loop = open()) {
      String answer =
          loop.run(() -> {
            try (Socket client = new Socket("localhost", port)) {
              client.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
              return new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            }
          });

      assertThat(answer).endsWith("real");
      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START);
    }
  }

  @Test
  void aChannelWithASelectorReachesIt() throws Exception {
    try (TestLoop loop = open()) {
      assertThat(loop.run(this::askWithSelector)).endsWith("real");
    }
  }

  private String askWithSelector() throws IOException {
    ByteBuffer answer = ByteBuffer.allocate(10_000);
    try (Selector selector = Selector.open();
        SocketChannel client = SocketChannel.open()) {
      client.configureBlocking(false);
      client.register(selector, SelectionKey.OP_CONNECT);
      client.connect(new InetSocketAddress("localhost", port));
      boolean ended = false;
      while (!ended) {
        selector.select();
        for (SelectionKey key : selector.selectedKeys()) {
          if (key.isConnectable() && client.finishConnect()) {
            client.write(ByteBuffer.wrap(REQUEST.getBytes(StandardCharsets.US_ASCII)));
            key.interestOps(SelectionKey.OP_READ);
          } else if (key.isReadable()) {
            ended = client.read(answer) < 0;
          }
        }
        selector.selectedKeys().clear();
      }
    }
    return StandardCharsets.US_ASCII.decode(answer.flip()).toString();
  }

  @Test
  void anAsynchronousChannelReachesIt() throws Exception {
    try (TestLoop loop = open()) {
      String answer =
          loop.run(() -> {
            try (AsynchronousSocketChannel client = AsynchronousSocketChannel.open()) {
              client.connect(new InetSocketAddress("localhost", port)).get();
              client.write(ByteBuffer.wrap(REQUEST.getBytes(StandardCharsets.US_ASCII))).get();
              ByteBuffer read = ByteBuffer.allocate(10_000);
              while (client.read(read).get() >= 0) {}
              return StandardCharsets.US_ASCII.decode(read.flip()).toString();
            }
          });

      assertThat(answer).endsWith("real");
    }
  }

  @Test
  void anHttpClientReachesItAndTheServersOfTheLoopAtOnce() throws Exception {
    try (TestLoop loop = open()) {
      loop.run(() -> {
        HttpServer own =
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080), 0);
        own.createContext(
            "/",
            exchange -> {
              exchange.sendResponseHeaders(204, -1);
              exchange.close();
            });
        own.start();
        try (HttpClient client = HttpClient.newHttpClient()) {
          for (int i = 0; i < 3; i++) {
            assertThat(client.send(request(port), BodyHandlers.ofString()).body())
                .isEqualTo("real");
            assertThat(client.send(request(8080), BodyHandlers.discarding()).statusCode())
                .isEqualTo(204);
          }
        }
        own.stop(0);
        return null;
      });
    }
  }

  private static HttpRequest request(int port) {
    return HttpRequest.newBuilder(URI.create("http://localhost:%d/".formatted(port))).build();
  }

  @Test
  void itCanBeAllowedLater() throws Exception {
    try (TestLoop loop = TestLoop.builder().network().leaks(Leaks.IGNORE).open()) {
      assertThatExceptionOfType(ConnectException.class)
          .isThrownBy(() -> loop.run(() -> new Socket("localhost", port)));

      Network.of(loop).allowReal("localhost:" + port);

      loop.run(() -> new Socket("localhost", port)).close();
    }
  }

  @Test
  void aNameThatNobodyHasIsRefusedWithoutAskingTheMachine() {
    try (TestLoop loop = open()) {
      assertThatExceptionOfType(UnknownHostException.class)
          .isThrownBy(() -> loop.run(() -> InetAddress.getByName("db.example.com")))
          .withMessageContaining(
              "db.example.com: nobody has this name on the network of loop \"test\"")
          .withMessageContaining("allowReal(\"db.example.com:PORT\")");
    }
  }

  @Test
  void whatIsNoServerIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestLoop.builder().network().allowReal("localhost"))
        .withMessage("\"localhost\" is no server: write host and port, such as localhost:5432.");
  }
}
