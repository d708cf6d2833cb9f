package dev.standstill.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.standstill.Task;
import dev.standstill.test.DeadlockException;
import dev.standstill.test.Leaks;
import dev.standstill.test.TestLoop;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Sockets of a loop, both ends of which are its tasks': their waits are waits for each other. */
@EnabledOnOs(OS.LINUX)
class TasksOnOneHostTest {

  private static TestLoop open(long seed) {
    return TestLoop.builder().seed(seed).network().leaks(Leaks.IGNORE).open();
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  @Test
  void aTaskWaitsForAnotherThatSleepsBeforeItAnswers() throws Exception {
    for (int seed = 0; seed < 50; seed++) {
      try (TestLoop loop = open(seed)) {
        int answer =
            loop.run(() -> {
              try (ServerSocket server = listen()) {
                loop.background().spawn("server", () -> answerAfterAnHour(server));
                return ask(server);
              }
            });

        assertThat(answer).isEqualTo(42);
        assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plus(Duration.ofHours(1)));
      }
    }
  }

  private static void answerAfterAnHour(ServerSocket server)
      throws IOException, InterruptedException {
    try (Socket connection = server.accept()) {
      int asked = connection.getInputStream().read();
      Thread.sleep(Duration.ofHours(1));
      connection.getOutputStream().write(asked * 2);
    }
  }

  private static int ask(ServerSocket server) throws IOException {
    try (Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
      client.getOutputStream().write(21);
      return client.getInputStream().read();
    }
  }

  @Test
  void anHttpHandlerSleepsWhileItsClientWaits() throws Exception {
    for (int seed = 0; seed < 3; seed++) {
      try (TestLoop loop = open(seed)) {
        String body = loop.run(TasksOnOneHostTest::serveAndFetch);

        assertThat(body).isEqualTo("slow");
        assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plus(Duration.ofMinutes(10)));
      }
    }
  }

  private static String serveAndFetch() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", TasksOnOneHostTest::handleSlowly);
    server.start();
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
      return client
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } finally {
      server.stop(0);
    }
  }

  private static void handleSlowly(HttpExchange exchange) throws IOException {
    try (exchange) {
      Thread.sleep(Duration.ofMinutes(10));
      byte[] body = "slow".getBytes(StandardCharsets.US_ASCII);
      exchange.sendResponseHeaders(200, body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void tasksThatWaitForEachOthersSocketsForEverAreDeadlocked() throws Exception {
    try (TestLoop loop = open(0)) {
      ServerSocket server = loop.run(TasksOnOneHostTest::listen);
      loop.background().spawn("server", () -> server.accept().getInputStream().read());
      assertThatExceptionOfType(DeadlockException.class)
          .isThrownBy(() -> loop.run(() -> connectAndRead(server)))
          .withMessageContaining("\"main\" is blocked on a socket");
    }
  }

  private static int connectAndRead(ServerSocket server) throws IOException {
    try (Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
      return client.getInputStream().read();
    }
  }

  @Test
  void aTimeOutOfASocketIsATimerOfTheLoop() throws Exception {
    try (TestLoop loop = open(0)) {
      loop.run(() -> {
        try (ServerSocket server = listen();
            Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
            Socket accepted = server.accept()) {
          client.setSoTimeout(3_600_000);
          assertThatExceptionOfType(SocketTimeoutException.class)
              .isThrownBy(() -> client.getInputStream().read());
          accepted.getOutputStream().write(7);
          assertThat(client.getInputStream().read()).isEqualTo(7);
        }
        return null;
      });

      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plusSeconds(3600));
    }
  }

  @Test
  void whoConnectsToNobodyIsToldHowToReachTheMachine() {
    try (TestLoop loop = open(0)) {
      assertThatExceptionOfType(ConnectException.class)
          .isThrownBy(() -> loop.run(() -> new Socket("localhost", 5432)))
          .withMessageContaining("nobody listens on localhost:5432 on the network of loop \"test\"")
          .withMessageContaining("allowReal(\"localhost:5432\")");
    }
  }

  @Test
  void theHostHasTheLoopbackInterfaceOnly() throws Exception {
    try (TestLoop loop = open(0)) {
      List<NetworkInterface> interfaces =
          loop.run(() -> NetworkInterface.networkInterfaces().toList());

      assertThat(interfaces)
          .hasSize(1)
          .first()
          .satisfies(only -> assertThat(only.isLoopback()).isTrue());
    }
  }

  @Test
  void roundTripsWithoutLatencyAreNoLiveLockHoweverManyThereAre() throws Exception {
    int trips = 60_000;
    try (TestLoop loop =
        TestLoop.builder().network().livelockLimit(trips).leaks(Leaks.IGNORE).open()) {
      long answered =
          loop.run(() -> {
            try (ServerSocket server = listen();
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket accepted = server.accept()) {
              Thread.startVirtualThread(() -> echo(accepted));
              long count = 0;
              for (int i = 0; i < trips; i++) {
                client.getOutputStream().write(1);
                count += client.getInputStream().read();
              }
              return count;
            }
          });

      assertThat(answered).isEqualTo(trips);
      assertThat(Duration.between(TestLoop.DEFAULT_START, loop.now()))
          .isBetween(Duration.ofNanos(1_000), Duration.ofNanos(10_000));
    }
  }

  private static void echo(Socket socket) {
    try {
      int read = socket.getInputStream().read();
      while (read >= 0) {
        socket.getOutputStream().write(read);
        read = socket.getInputStream().read();
      }
    } catch (IOException e) {
      // The other side is done.
    }
  }

  @Test
  void aSocketOfALoopIsRefusedToThreadsOutside() throws Exception {
    try (TestLoop loop = open(0)) {
      Socket client =
          loop.run(() -> {
            ServerSocket server = listen();
            return new Socket(server.getInetAddress(), server.getLocalPort());
          });

      assertThatExceptionOfType(SocketException.class)
          .isThrownBy(() -> client.getOutputStream().write(1))
          .withMessageContaining("This socket is of the network of loop \"test\"");
    }
  }

  @Test
  void aThreadOutsideThatClosesASocketWakesWhoWaits() throws Exception {
    try (TestLoop loop = open(0)) {
      Socket[] ends = loop.run(TasksOnOneHostTest::connection);
      Task<Integer> here = loop.spawn("here", () -> ends[0].getInputStream().read());
      Task<Integer> there = loop.spawn("there", () -> ends[1].getInputStream().read());
      loop.runUntilBlocked();

      Thread outside = Thread.ofPlatform().start(() -> close(ends[0]));
      outside.join();
      loop.runUntilBlocked();

      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(here::get)
          .withCauseInstanceOf(SocketException.class);
      assertThat(there.get()).isEqualTo(-1);
    }
  }

  @Test
  void aSocketThatAThreadOutsideHasClosedWakesASelector() throws Exception {
    try (TestLoop loop = open(0)) {
      SocketChannel[] ends =
          loop.run(() -> {
            try (ServerSocketChannel server =
                ServerSocketChannel.open().bind(SocketContract.anyPort())) {
              SocketChannel client = SocketChannel.open(server.getLocalAddress());
              return new SocketChannel[] {client, server.accept()};
            }
          });
      Task<Integer> selects =
          loop.spawn(
              "selects",
              () -> {
                try (Selector selector = Selector.open()) {
                  ends[1].configureBlocking(false).register(selector, SelectionKey.OP_READ);
                  return selector.select();
                }
              });
      loop.runUntilBlocked();
      assertThat(selects.isDone()).isFalse();

      Thread outside = Thread.ofPlatform().start(() -> close(ends[0]));
      outside.join();
      loop.runUntilBlocked();

      assertThat(selects.get()).isEqualTo(1);
    }
  }

  private static Socket[] connection() throws IOException {
    try (ServerSocket server = listen()) {
      Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
      return new Socket[] {client, server.accept()};
    }
  }

  private static void close(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aSocketOfALoopThatIsClosedIsRefused() throws Exception {
    ServerSocket server;
    try (TestLoop loop = open(0)) {
      server = loop.run(TasksOnOneHostTest::listen);
    }
    try (TestLoop loop = open(0)) {
      assertThatExceptionOfType(SocketException.class)
          .isThrownBy(() -> loop.run(server::accept))
          .withMessageContaining("The loop of this socket is closed");
    }
  }
}
