package dev.standstill.network.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.ThrowingRunnable;
import dev.standstill.network.Host;
import dev.standstill.network.Network;
import dev.standstill.test.TaskFailedException;
import dev.standstill.test.TestLoop;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Hosts as tests use them: started, crashed, started again. Each packet takes 10 ms. */
class HostTest {

  private static final long DELAY = 10;

  private final TestLoop loop =
      TestLoop.builder().network(Duration.ofMillis(DELAY), Duration.ofMillis(DELAY)).open();
  private final Network net = Network.of(loop);

  @AfterEach
  void close() {
    loop.close();
  }

  private void run(ThrowingRunnable body) throws Exception {
    loop.run(() -> {
      body.run();
      return null;
    });
  }

  private static long millis() {
    return System.nanoTime() / 1_000_000;
  }

  @Test
  void aHostIsFoundByItsName() throws Exception {
    Host server = net.host("server", () -> Programs.serve());
    run(() -> {
      Thread.sleep(1);
      long before = millis();
      assertThat(Programs.ask("server", 7)).isEqualTo(8);
      assertThat(millis() - before).isEqualTo(4 * DELAY);
      assertThat(InetAddress.getByName("server")).isEqualTo(server.address());
    });
    assertThat(net.hosts()).containsExactly(server);
  }

  @Test
  void aProgramThatRunsAtOnceKnowsItsHost() throws Exception {
    Queue<String> names = new ConcurrentLinkedQueue<>();
    for (long seed = 0; seed < 50; seed++) {
      try (TestLoop seeded = TestLoop.builder().seed(seed).network().open()) {
        seeded.run(() -> {
          Host unused =
              Network.of(seeded)
                  .host("a", () -> names.add(Host.current().map(Host::name).orElse("nobody")));
          Thread.sleep(1);
          return null;
        });
      }
    }
    assertThat(names).hasSize(50).containsOnly("a");
  }

  @Test
  void hostsReachEachOther() throws Exception {
    Host unused = net.host("a", () -> Programs.serve());
    List<String> seen = new CopyOnWriteArrayList<>();
    Host b =
        net.host(
            "b",
            () -> {
              Thread.sleep(1);
              seen.add(InetAddress.getLocalHost().getHostName() + Programs.ask("a", 41));
            });
    run(() -> Thread.sleep(1_000));
    assertThat(seen).containsExactly("b42");
    assertThat(b.isRunning()).isFalse();
  }

  @Test
  void eachHostHasLocalhostForItself() throws Exception {
    Host unused = net.host("a", () -> Programs.serve());
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Host other =
        net.host(
            "b",
            () -> {
              Thread.sleep(1);
              try {
                Programs.ask("localhost", 1);
              } catch (IOException e) {
                failure.set(e);
              }
            });
    run(() -> Thread.sleep(1_000));
    assertThat(failure.get()).isInstanceOf(ConnectException.class);
    assertThat(other.isRunning()).isFalse();
  }

  @Test
  void staticsAreAHostsOwnAndAsNewAfterARestart() throws Exception {
    AtomicInteger seen = new AtomicInteger();
    AtomicInteger runs = new AtomicInteger();
    Host a =
        net.host(
            "a",
            () -> {
              seen.set(++Programs.started);
              runs.incrementAndGet();
              Programs.sleepForEver();
            });
    Host b =
        net.host(
            "b",
            () -> {
              seen.set(++Programs.started);
              runs.incrementAndGet();
              Programs.sleepForEver();
            });
    loop.runUntilBlocked();
    a.restart();
    loop.runUntilBlocked();
    assertThat(runs).hasValue(3);
    assertThat(seen).hasValue(1);
    assertThat(Programs.started).isZero();
    assertThat(b.isRunning()).isTrue();
  }

  /** What a test and its hosts have in common. */
  public static final class Log {
    public static final List<String> LINES = new CopyOnWriteArrayList<>();

    private Log() {}
  }

  /** A program as others write it. */
  static final class Greeter {
    public static void main(String[] names) throws InterruptedException {
      System.setProperty("greeted", String.join(",", names));
      Programs.sleepForEver();
    }
  }

  @Test
  void aClassWithAMainMethodIsAProgram() {
    Host unused = net.host("a", Greeter.class, "x", "y");
    try {
      loop.runUntilBlocked();
      assertThat(System.getProperty("greeted")).isEqualTo("x,y");
    } finally {
      System.clearProperty("greeted");
    }
  }

  @Test
  void aClassWithoutAMainMethodIsRefused() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> net.host("a", HostTest.class))
        .withMessage(
            "dev.standstill.network.hosts.HostTest cannot be the program of a host: it has no main method.");
    assertThat(net.hosts()).isEmpty();
  }

  @Test
  void aProgramCannotCaptureWhatTheHostHasACopyOf() {
    Greeter captured = new Greeter();
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> net.host("a", () -> captured.toString()))
        .withMessageContaining("has captured a dev.standstill.network.hosts.HostTest$Greeter")
        .withMessageContaining("shareClasses(");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> net.host("a", () -> close()))
        .withMessageContaining("has captured a dev.standstill.network.hosts.HostTest");
  }

  @Test
  void classesCanBeShared() {
    net.shareClasses(Log.class.getName());
    Host unused = net.host("a", () -> Log.LINES.add("from a host"));
    loop.runUntilIdle();
    assertThat(Log.LINES).containsExactly("from a host");
  }

  @Test
  void peersOfAProcessThatCrashesAreReset() throws Exception {
    Host server = net.host("server", () -> Programs.serve());
    run(() -> {
      Thread.sleep(1);
      try (Socket socket = new Socket("server", Programs.PORT)) {
        Thread.sleep(100);
        server.crash();
        long crashed = millis();
        assertThatThrownBy(() -> socket.getInputStream().read())
            .isInstanceOf(SocketException.class)
            .hasMessage("Connection reset");
        assertThat(millis() - crashed).isEqualTo(DELAY);
      }
      assertThatThrownBy(() -> Programs.ask("server", 1)).isInstanceOf(ConnectException.class);
      server.restart();
      Thread.sleep(1);
      assertThat(Programs.ask("server", 1)).isEqualTo(2);
    });
  }

  @Test
  void nothingIsHeardOfAMachineThatIsOff() throws Exception {
    Host server = net.host("server", () -> Programs.serve());
    run(() -> {
      Thread.sleep(1);
      try (Socket socket = new Socket("server", Programs.PORT)) {
        server.powerOff();
        assertThat(server.isRunning()).isFalse();
        socket.setSoTimeout(60_000);
        long before = millis();
        assertThatThrownBy(() -> socket.getInputStream().read())
            .isInstanceOf(SocketTimeoutException.class);
        assertThat(millis() - before).isEqualTo(60_000);
        server.restart();
        socket.getOutputStream().write(1);
        assertThatThrownBy(() -> socket.getInputStream().read())
            .isInstanceOf(SocketException.class)
            .hasMessage("Connection reset");
      }
      assertThat(Programs.ask("server", 1)).isEqualTo(2);
    });
  }

  @Test
  void aProgramThatEndsClosesItsSockets() throws Exception {
    Host unused =
        net.host(
            "a",
            () -> {
              Thread.sleep(1);
              Socket left = new Socket("server", Programs.PORT);
              left.getOutputStream().write(1);
              Thread.sleep(1_000);
            });
    AtomicInteger ends = new AtomicInteger();
    Host server =
        net.host(
            "server",
            () -> {
              try (var listening = new java.net.ServerSocket(Programs.PORT);
                  Socket socket = listening.accept()) {
                while (socket.getInputStream().read() >= 0) {
                  // until its end
                }
                ends.incrementAndGet();
              }
            });
    run(() -> Thread.sleep(2_000));
    assertThat(ends).hasValue(1);
    assertThat(server.isRunning()).isFalse();
  }

  @Test
  void aHostThatPausesForAMinuteIsLate() throws Exception {
    Host server = net.host("server", () -> Programs.serve());
    run(() -> {
      Thread.sleep(1);
      server.pause();
      loop.background()
          .spawn(
              "resumes",
              () -> {
                Thread.sleep(60_000);
                server.resume();
                return null;
              });
      long before = millis();
      assertThat(Programs.ask("server", 1)).isEqualTo(2);
      assertThat(millis() - before).isEqualTo(60_000 + DELAY);
    });
  }

  @Test
  void timersOfAHostThatPausesFireWhenItGoesOn() throws Exception {
    AtomicInteger beats = new AtomicInteger();
    Host a = net.host("a", () -> Programs.beat(beats));
    run(() -> {
      Thread.sleep(3_500);
      assertThat(beats).hasValue(3);
      a.pause();
      Thread.sleep(60_000);
      assertThat(beats).hasValue(3);
      a.resume();
      Thread.sleep(1);
      assertThat(beats).hasValue(4);
    });
  }

  @Test
  void whatIsInItsFolderOutlivesACrash() throws Exception {
    AtomicInteger starts = new AtomicInteger();
    Host a =
        net.host(
            "a",
            () -> {
              starts.set(Programs.countStarts());
              Programs.sleepForEver();
            });
    Path folder = a.folder();
    run(() -> {
      Thread.sleep(1);
      a.crash();
      a.restart();
      Thread.sleep(1);
      a.powerOff();
      a.restart();
      Thread.sleep(1);
    });
    assertThat(starts).hasValue(3);
    loop.close();
    assertThat(Files.exists(folder)).isFalse();
  }

  @Test
  void theClockOfAHostStaysWrongOverARestart() throws Exception {
    AtomicReference<Instant> seen = new AtomicReference<>();
    Host a =
        net.host(
            "a",
            () -> {
              seen.set(Instant.now());
              Programs.sleepForEver();
            });
    a.skewClock(Duration.ofHours(-1));
    loop.runUntilBlocked();
    assertThat(seen.get()).isEqualTo(loop.now().minusSeconds(3600));
    seen.set(null);
    a.restart();
    loop.runUntilBlocked();
    assertThat(seen.get()).isEqualTo(loop.now().minusSeconds(3600));
  }

  @Test
  void aProgramThatFailsFailsTheTest() {
    try (TestLoop failing = TestLoop.builder().network().open()) {
      Host unused =
          Network.of(failing)
              .host(
                  "a",
                  () -> {
                    throw new IOException("no disk");
                  });
      failing.runUntilIdle();
      assertThatExceptionOfType(TaskFailedException.class)
          .isThrownBy(failing::close)
          .withStackTraceContaining("no disk");
    }
  }

  @Test
  void aTaskOfTheTestCanRunOnAHost() throws Exception {
    Host a = net.host("a", () -> Programs.sleepForEver());
    Host unused = net.host("server", () -> Programs.serve());
    loop.runUntilBlocked();
    assertThat(loop.runUntilDone(a.spawn("asks", () -> Programs.ask("server", 3)))).isEqualTo(4);
    assertThat(net.messages().getFirst().from()).isEqualTo("a");
    a.crash();
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> a.spawn("asks", () -> 0))
        .withMessage("spawn(): host \"a\" does not run: call restart() before.");
  }
}
