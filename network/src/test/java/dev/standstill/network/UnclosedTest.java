package dev.standstill.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.network.SocketContract.Pair;
import dev.standstill.test.TestLoop;
import dev.standstill.test.spi.LoopNetwork;
import dev.standstill.test.spi.LoopNetworks;
import java.net.ServerSocket;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What is said of sockets that no task has closed. */
class UnclosedTest {

  private static LoopNetwork networkOf(TestLoop loop) {
    return LoopNetworks.of(loop).orElseThrow();
  }

  @Test
  void openSocketsAreKnownWithWhoHasOpenedThem() throws Exception {
    try (TestLoop loop = TestLoop.builder().network().open()) {
      Callable<Pair> opens = Pair::open;
      Pair pair = loop.run(opens);
      assertThat(networkOf(loop).leaks(false)).isEmpty();
      assertThat(networkOf(loop).leaks(true))
          .satisfiesExactly(
              client ->
                  assertThat(client)
                      .matches(
                          "a socket from localhost:[0-9]+ to localhost:[0-9]+, opened by task \"main\" \\(SocketContract.java:[0-9]+\\), was not closed"),
              server -> assertThat(server).startsWith("a socket from localhost:"));
      loop.run(() -> {
        pair.close();
        return null;
      });
      assertThat(networkOf(loop).leaks(true)).isEmpty();
    }
  }

  @Test
  void aSocketThatNobodyCanReachIsToldAndStaysOpenForTheOtherSide() throws Exception {
    try (TestLoop loop = TestLoop.builder().network().open()) {
      ServerSocket server =
          loop.run(() -> {
            ServerSocket listening = SocketContract.server();
            SocketContract.connect(listening);
            return listening;
          });
      while (networkOf(loop).leaks(false).isEmpty()) {
        System.gc();
        Thread.onSpinWait();
      }
      assertThat(networkOf(loop).leaks(false))
          .singleElement()
          .asString()
          .endsWith("was not closed, and nobody can reach it any more");
      loop.run(() -> {
        try (var accepted = server.accept()) {
          assertThat(accepted.getInputStream().available()).isZero();
          accepted.setSoTimeout(1_000);
          assertThat(Later.of(() -> accepted.getInputStream().read()).failure())
              .hasMessage("Read timed out");
        }
        server.close();
        return null;
      });
    }
  }

  @Test
  void whatTheDriverClosesIsClosed() throws Exception {
    try (TestLoop loop = TestLoop.builder().network().open()) {
      Callable<Pair> opens = Pair::open;
      Pair pair = loop.run(opens);
      pair.client().close();
      loop.run(() -> {
        SocketContract.assertEnded(pair.server());
        pair.server().close();
        return null;
      });
      assertThat(networkOf(loop).leaks(true)).isEmpty();
    }
  }
}
