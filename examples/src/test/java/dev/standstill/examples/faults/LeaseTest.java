package dev.standstill.examples.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.junit.LoopTest;
import dev.standstill.network.Host;
import dev.standstill.network.Network;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@LoopTest(network = true)
@EnabledOnOs(OS.LINUX)
class LeaseTest {

  private final List<String> written = new CopyOnWriteArrayList<>();
  private final List<String> answers = new CopyOnWriteArrayList<>();

  /** The leader stops for a minute between looking at its lease and writing. */
  private void pauseTheLeader(Network net, boolean checksTokens) throws InterruptedException {
    net.latency(Duration.ofMillis(10));
    List<String> kept = written;
    List<String> told = answers;
    Host registry = net.host("registry", () -> Registry.serve(kept, checksTokens));
    Host a =
        net.host(
            "a",
            () -> {
              Thread.sleep(1);
              Leader.lead("a", told);
            });
    Thread.sleep(500);
    Host b = net.host("b", () -> Leader.lead("b", told));
    Thread.sleep(2_550);
    a.pause();
    Thread.sleep(60_000);
    answers.clear();
    written.clear();
    a.resume();
    Thread.sleep(100);
    assertThat(List.of(registry, a, b)).allMatch(Host::isRunning);
  }

  // tag::pauses[]
  @Test
  void aLeaderThatHasSleptOverwritesWhatItsSuccessorDoes(Network net) throws Exception {
    pauseTheLeader(net, false);
    assertThat(written).containsExactly("a with lease 1", "b with lease 6");
  }

  @Test
  void theRegistryRefusesAnOldLease(Network net) throws Exception {
    pauseTheLeader(net, true);
    assertThat(answers).containsExactly("a too old", "b written");
  }
  // end::pauses[]
}
