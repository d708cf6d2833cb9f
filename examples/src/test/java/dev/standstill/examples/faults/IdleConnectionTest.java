package dev.standstill.examples.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.junit.LoopTest;
import dev.standstill.network.Host;
import dev.standstill.network.Network;
import dev.standstill.network.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@LoopTest(network = true)
@EnabledOnOs(OS.LINUX)
class IdleConnectionTest {

  private final PricePool pool = new PricePool("server");

  // tag::idle[]
  /** Uses the pool once, and has a firewall forget its connection while that is idle. */
  @BeforeEach
  void idle(Network net) throws Exception {
    net.latency(Duration.ofMillis(10));
    AtomicInteger requests = new AtomicInteger();
    Host server = net.host("server", () -> PriceServer.serve(requests));
    Thread.sleep(1);
    assertThat(pool.price()).isEqualTo(42);
    Thread.sleep(Duration.ofMinutes(10));
    int forgotten = net.messages().getFirst().fromPort();
    net.rule(message -> message.fromPort() == forgotten ? Verdict.DROP : Verdict.PASS);
    assertThat(server.isRunning()).isTrue();
  }

  @Test
  void whoTrustsItWaitsForAQuarterOfAnHour() {
    Instant asked = Instant.now();
    assertThatThrownBy(pool::price).hasMessage("Connection timed out");
    assertThat(Duration.between(asked, Instant.now())).isEqualTo(Duration.parse("PT15M24.6S"));
  }

  @Test
  void whoDoesNotHasAnAnswerAfterTwoSeconds() throws Exception {
    Instant asked = Instant.now();
    assertThat(pool.priceSoon()).isEqualTo(42);
    assertThat(Duration.between(asked, Instant.now())).isEqualTo(Duration.ofMillis(2_040));
  }
  // end::idle[]
}
