package dev.standstill.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.ThrowingRunnable;
import dev.standstill.core.LoopProcess;
import dev.standstill.network.SocketContract.Pair;
import dev.standstill.network.kernel.Node;
import dev.standstill.test.Leaks;
import dev.standstill.test.TestLoop;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/** A network of the test's host and two more, called a and b, each packet 10 ms on its way. */
final class TwoHosts {

  static final long DELAY = 10;

  /** One with which no write is cut short whose messages are counted. */
  private static final long SEED = 2;

  /** The port of servers. */
  static final int PORT = 7000;

  /** What is done with them. */
  interface Body {
    void run(TwoHosts hosts) throws Exception;
  }

  private final Network network;
  private final Node a;
  private final Node b;
  private final List<String> seen = new ArrayList<>();
  private long start;

  private TwoHosts(Network network) {
    this.network = network;
    this.a = network.add("a");
    this.b = network.add("b");
    restart();
  }

  /** Runs a body, runs it again, and by its replay token: each time the same is seen. */
  static void run(Body body) throws Exception {
    TestLoop.Builder builder = builder().seed(SEED);
    String token;
    List<String> first = new ArrayList<>();
    try (TestLoop loop = builder.open()) {
      first.addAll(run(loop, body));
      token = loop.replayToken().toString();
    }
    try (TestLoop loop = builder().seed(SEED).open()) {
      assertThat(run(loop, body)).isEqualTo(first);
      assertThat(loop.replayToken()).hasToString(token);
    }
    try (TestLoop loop = builder().replay(token).open()) {
      assertThat(run(loop, body)).isEqualTo(first);
      assertThat(loop.replayToken()).hasToString(token);
    }
    try (TestLoop loop = builder().open()) {
      run(loop, body);
    }
  }

  private static TestLoop.Builder builder() {
    Duration delay = Duration.ofMillis(DELAY);
    return TestLoop.builder().network(delay, delay).leaks(Leaks.IGNORE);
  }

  private static List<String> run(TestLoop loop, Body body) throws Exception {
    return loop.run(() -> {
      TwoHosts hosts = new TwoHosts(Network.of(loop));
      body.run(hosts);
      hosts.seen.add(hosts.network.messages().toString());
      hosts.seen.add("ended at " + hosts.millis());
      return hosts.seen;
    });
  }

  Network network() {
    return network;
  }

  Node a() {
    return a;
  }

  Node b() {
    return b;
  }

  /** Times are counted from now on. */
  void restart() {
    start = System.nanoTime();
  }

  /** Milliseconds since then. */
  long millis() {
    long nanos = System.nanoTime() - start;
    assertThat(nanos % 1_000_000).as("nanoseconds beside the milliseconds").isZero();
    return nanos / 1_000_000;
  }

  /** Does something on a host, now. */
  static <T> T on(Node node, Callable<T> call) throws Exception {
    TestLoop loop = TestLoop.currentIfPresent().orElseThrow();
    LoopProcess process = Network.of(loop).processes().open(node.name(), node, () -> {});
    try {
      return process.enter(() -> loop.background().spawn("on " + node, call)).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  /** Does something on a host meanwhile. */
  static <T> Later<T> later(Node node, Callable<T> call) throws Exception {
    return on(node, () -> Later.of(call));
  }

  /** Does something on a host meanwhile; returns when it was done. */
  Later<Long> timed(Node node, ThrowingRunnable action) throws Exception {
    return later(
        node,
        () -> {
          action.run();
          return millis();
        });
  }

  /** Connects a to a server on b. */
  Pair connect() throws Exception {
    try (ServerSocket server = on(b, () -> new ServerSocket(PORT))) {
      Later<Socket> client = later(a, () -> new Socket("b", PORT));
      Pair pair = new Pair(client.get(), server.accept());
      restart();
      return pair;
    }
  }
}
