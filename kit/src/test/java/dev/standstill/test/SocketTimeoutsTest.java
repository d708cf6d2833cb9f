package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.channels.Selector;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Time-outs of sockets and selectors are timers of the loop. */
class SocketTimeoutsTest {

  private static ServerSocket server() throws IOException {
    return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  private static Object waitForNobody(int millis) throws IOException {
    try (ServerSocket server = server()) {
      server.setSoTimeout(millis);
      assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(server::accept);
    }
    return millis;
  }

  @Test
  void aTimeoutThatReallyPassesMovesTimeByAsMuch() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      loop.run(() -> waitForNobody(30));

      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plusMillis(30));
    }
  }

  @Test
  void timersOnTheWayFireAtTheirTime() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      var fired =
          loop.spawn(
              "timer",
              () -> {
                Thread.sleep(20);
                return loop.now();
              });
      loop.run(() -> waitForNobody(50));

      assertThat(fired.get()).isEqualTo(TestLoop.DEFAULT_START.plusMillis(20));
    }
  }

  @Test
  void timeStandsStillUntilTheTimeoutHasReallyPassed() throws Exception {
    try (TestLoop loop = TestLoop.builder().realTimeLimit(Duration.ofMillis(100)).open()) {
      assertThatExceptionOfType(OutsideWaitException.class)
          .isThrownBy(() -> loop.run(() -> waitForNobody(60_000)));
      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START);
    }
  }

  @Test
  void runUntilBlockedLeavesATimeoutThatHasPassedToTime() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      var waits = loop.spawn("waits", () -> waitForNobody(30));
      loop.runUntilBlocked();
      assertThat(waits.isDone()).isFalse();

      loop.advance(Duration.ofMillis(30));
      assertThat(waits.get()).isEqualTo(30);
    }
  }

  @Test
  void aSelectorThatLooksAgainAndAgainLetsAProgramGetOn() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      loop.run(() -> {
        try (Selector selector = Selector.open()) {
          Thread events =
              new Thread(() -> {
                try {
                  while (!Thread.currentThread().isInterrupted()) {
                    selector.select(20);
                  }
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
          events.start();
          Thread.sleep(100);
          events.interrupt();
          events.join();
        }
        return null;
      });

      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plusMillis(100));
    }
  }
}
