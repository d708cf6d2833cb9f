package dev.standstill.bench;

import dev.standstill.ThrowingRunnable;
import dev.standstill.test.TestLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * What goes between the sockets of two virtual threads: of a test loop with a network of its own,
 * or of the machine, through its loopback. Not a benchmark of JMH, because each takes a JVM whose
 * sockets were never anything else.
 */
final class NetworkTraffic {

  private static final String HEAP = "-Xmx2g";
  private static final long WARM_UP_NANOS = Effort.FULL.warmUp().convertTo(TimeUnit.NANOSECONDS);
  private static final int MESSAGES = 100_000;
  private static final int MIB = 1 << 20;
  private static final int MIBS = 500;
  private static final int CHUNK = 16 << 10;
  private static final int CONNECTIONS = 10_000;
  private static final int FEW = 100;

  /** What is measured. */
  enum Kind {
    /** A byte, and one back. */
    ROUND_TRIP,
    /** One direction. */
    MEBIBYTE,
    /** Both ends, which nobody uses. */
    IDLE
  }

  private interface Body {
    void run(Socket client, Socket server) throws Exception;
  }

  private NetworkTraffic() {}

  static Measurement of(Kind kind) {
    return (contestant, effort) -> OwnJvm.measure(contestant, NetworkTraffic.class, HEAP, kind);
  }

  /** Prints nanoseconds for each, or bytes of heap. */
  static void main(String[] args) throws Exception {
    try (Place place = Place.of(Contestant.valueOf(args[0]))) {
      System.out.println(
          switch (Kind.valueOf(args[1])) {
            case ROUND_TRIP -> roundTrip(place);
            case MEBIBYTE -> mebibyte(place);
            case IDLE -> idle(place);
          });
    }
  }

  private static double roundTrip(Place place) throws Exception {
    return warm(place, connected((client, server) -> exchange(client, server, MESSAGES)))
        / MESSAGES;
  }

  private static double mebibyte(Place place) throws Exception {
    return warm(place, connected((client, server) -> send(client, server, MIBS))) / MIBS;
  }

  /** How long it takes once it has run as long as JMH warms up, so that the JVM has compiled it. */
  private static double warm(Place place, ThrowingRunnable body) throws Exception {
    for (double left = WARM_UP_NANOS; left > 0; ) {
      left -= place.nanos(body);
    }
    return place.nanos(body);
  }

  private static ThrowingRunnable connected(Body body) {
    return () -> {
      try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
          Socket client = new Socket(InetAddress.getLoopbackAddress(), listening.getLocalPort());
          Socket server = listening.accept()) {
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        body.run(client, server);
      }
    };
  }

  private static void exchange(Socket client, Socket server, int count) throws Exception {
    Thread answers =
        Thread.startVirtualThread(() -> {
          try {
            for (int i = 0; i < count; i++) {
              server.getOutputStream().write(server.getInputStream().read());
            }
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
    for (int i = 0; i < count; i++) {
      client.getOutputStream().write(i);
      client.getInputStream().read();
    }
    answers.join();
  }

  private static void send(Socket client, Socket server, int mibs) throws Exception {
    Thread sends =
        Thread.startVirtualThread(() -> {
          byte[] chunk = new byte[CHUNK];
          try {
            for (int i = 0; i < mibs * (MIB / CHUNK); i++) {
              client.getOutputStream().write(chunk);
            }
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
    byte[] into = new byte[CHUNK];
    for (int left = mibs * MIB; left > 0; ) {
      left -= server.getInputStream().read(into);
    }
    sends.join();
  }

  private static double idle(Place place) throws Exception {
    List<Socket> open = new ArrayList<>(2 * (FEW + CONNECTIONS));
    place.nanos(() -> open(open, FEW)); // else what is there once counts
    long before = usedHeap();
    place.nanos(() -> open(open, CONNECTIONS));
    double each = (double) (usedHeap() - before) / CONNECTIONS;
    place.nanos(() -> {
      for (Socket socket : open) {
        socket.close();
      }
    });
    return each;
  }

  private static void open(List<Socket> open, int count) throws IOException {
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < count; i++) {
        open.add(new Socket(InetAddress.getLoopbackAddress(), listening.getLocalPort()));
        open.add(listening.accept());
      }
    }
  }

  private static long usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** Where tasks run. */
  private interface Place extends AutoCloseable {

    static Place of(Contestant contestant) {
      return contestant == Contestant.TEST_LOOP
          ? new OnLoop(TestLoop.builder().network().open())
          : new OnMachine();
    }

    void run(ThrowingRunnable body) throws Exception;

    /** How long it takes in real time. */
    default double nanos(ThrowingRunnable body) throws Exception {
      long before = System.nanoTime();
      run(body);
      return System.nanoTime() - before;
    }

    @Override
    void close();
  }

  private record OnLoop(TestLoop loop) implements Place {

    @Override
    public void run(ThrowingRunnable body) throws Exception {
      loop.run(() -> {
        body.run();
        return "";
      });
    }

    @Override
    public void close() {
      loop.close();
    }
  }

  private record OnMachine() implements Place {

    @Override
    public void run(ThrowingRunnable body) throws Exception {
      FutureTask<String> task =
          new FutureTask<>(() -> {
            body.run();
            return "";
          });
      Thread.startVirtualThread(task);
      task.get();
    }

    @Override
    public void close() {}
  }
}
