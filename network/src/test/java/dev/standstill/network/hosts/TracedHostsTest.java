package dev.standstill.network.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.standstill.network.Host;
import dev.standstill.network.Network;
import dev.standstill.network.Outage;
import dev.standstill.test.TestLoop;
import dev.standstill.test.Trace;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a timeline shows of a network. */
class TracedHostsTest {

  @Test
  void aTraceHasTheHostsAndWhatWentBetweenThem() throws Exception {
    Duration delay = Duration.ofMillis(10);
    Trace trace;
    try (TestLoop loop = TestLoop.builder().network(delay, delay).trace().open()) {
      Network net = Network.of(loop);
      Host server = net.host("server", () -> Programs.serve());
      Host client = net.host("client", () -> Programs.sleepForEver());
      loop.runUntilBlocked();
      loop.runUntilDone(client.spawn("asks", () -> Programs.ask("server", 7)));
      try (Outage _ = net.partition(client, server)) {
        loop.advance(Duration.ofSeconds(1));
      }
      trace = loop.trace();
    }

    assertThat(trace.tasks()).extracting(Trace.Task::host).contains("server", "client");
    assertThat(trace.messages())
        .extracting(Trace.Message::from, Trace.Message::to, Trace.Message::bytes)
        .containsExactly(tuple("client", "server", 1L), tuple("server", "client", 1L));
    assertThat(trace.outages()).hasSize(1);
  }
}
