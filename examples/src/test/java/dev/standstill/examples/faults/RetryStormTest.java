package dev.standstill.examples.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.junit.LoopTest;
import dev.standstill.network.Host;
import dev.standstill.network.Network;
import dev.standstill.network.Outage;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@LoopTest(network = true)
@EnabledOnOs(OS.LINUX)
class RetryStormTest {

  private final AtomicInteger requests = new AtomicInteger();
  private final Queue<Instant> answers = new ConcurrentLinkedQueue<>();
  private final List<Host> clients = new ArrayList<>();

  private Host start(Network net) {
    net.latency(Duration.ofMillis(10));
    AtomicInteger counted = requests;
    return net.host("server", () -> PriceServer.serve(counted));
  }

  @Test
  void whoAsksOverOneConnectionIsHeardLateAndManyTimes(Network net) throws Exception {
    Host server = start(net);
    Queue<Instant> answered = answers;
    for (int i = 0; i < 5; i++) {
      clients.add(
          net.host(
              "client" + i,
              () -> {
                try (Socket connection = new Socket("server", PriceServer.PORT)) {
                  Thread.sleep(1_000);
                  PriceClient.ask(connection);
                  answered.add(Instant.now());
                }
              }));
    }
    // tag::partition[]
    Thread.sleep(1_000);
    Instant cut = Instant.now();
    try (Outage _ = net.partition(clients, List.of(server))) {
      Thread.sleep(40_000);
    }
    assertThat(requests).hasValue(0);
    Thread.sleep(60_000);
    // TCP waits twice as long each time: it sends again 25.4 s after the first time, and then 51 s.
    assertThat(answers).hasSize(5).containsOnly(cut.plusMillis(51_040));
    assertThat(requests).hasValue(5 * 52);
    // end::partition[]
  }

  @Test
  void whoConnectsAgainIsHeardSoonAndOnce(Network net) throws Exception {
    Host server = start(net);
    Queue<Instant> answered = answers;
    for (int i = 0; i < 5; i++) {
      clients.add(
          net.host(
              "client" + i,
              () -> {
                Thread.sleep(1_020);
                PriceClient.askPatiently("server");
                answered.add(Instant.now());
              }));
    }
    Thread.sleep(1_000);
    Instant cut = Instant.now();
    try (Outage _ = net.partition(clients, List.of(server))) {
      Thread.sleep(40_000);
    }
    Thread.sleep(60_000);
    assertThat(answers).hasSize(5).containsOnly(cut.plusMillis(40_060));
    assertThat(requests).hasValue(5);
  }
}
