package dev.standstill.network.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.network.Chaos;
import dev.standstill.network.Fault;
import dev.standstill.network.Host;
import dev.standstill.network.Network;
import dev.standstill.test.TestLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ChaosTest {

  /** What has become of a run. */
  private record Outcome(List<String> faults, int beats, String token) {}

  private static Outcome run(TestLoop.Builder settings, Fault... kinds) throws Exception {
    AtomicInteger beats = new AtomicInteger();
    List<String> faults = new ArrayList<>();
    String token;
    try (TestLoop loop = settings.network(Duration.ZERO, Duration.ofMillis(5)).open()) {
      Network net = Network.of(loop);
      for (String name : List.of("a", "b", "c")) {
        Host unused = net.host(name, () -> Programs.beat(beats));
      }
      loop.run(() -> {
        try (Chaos chaos = net.chaos(kinds)) {
          Thread.sleep(Duration.ofSeconds(60));
          faults.addAll(chaos.faults());
        }
        assertThat(net.hosts()).allMatch(host -> host.isRunning() && !host.isPaused());
        assertThat(net.toString()).doesNotContain("cut").doesNotContain("down");
        return null;
      });
      token = loop.replayToken().toString();
    }
    return new Outcome(faults, beats.get(), token);
  }

  @Test
  void thereIsNoneWhereTasksRunFirstInFirstOut() throws Exception {
    Outcome outcome = run(TestLoop.builder());
    assertThat(outcome.faults()).isEmpty();
    assertThat(outcome.beats()).isEqualTo(3 * 59); // the last beats come when the test is over;
  }

  @Test
  void aSeedAndItsTokenDrawTheSameFaults() throws Exception {
    for (long seed = 0; seed < 20; seed++) {
      Outcome first = run(TestLoop.builder().seed(seed));
      assertThat(run(TestLoop.builder().seed(seed))).as("seed %s", seed).isEqualTo(first);
      assertThat(run(TestLoop.builder().replay(first.token()))).isEqualTo(first);
    }
  }

  @Test
  void eachKindOfFaultIsDrawn() throws Exception {
    Set<Fault> seen = EnumSet.noneOf(Fault.class);
    for (long seed = 0; seed < 60; seed++) {
      for (String fault : run(TestLoop.builder().seed(seed)).faults()) {
        seen.add(Fault.valueOf(fault.substring(0, fault.indexOf(' '))));
      }
    }
    assertThat(seen).containsExactlyInAnyOrder(Fault.values());
  }

  @Test
  void onlyTheKindsThatAreAllowedAreDrawn() throws Exception {
    for (long seed = 0; seed < 20; seed++) {
      assertThat(run(TestLoop.builder().seed(seed), Fault.PAUSE).faults())
          .allMatch(fault -> fault.startsWith("PAUSE"));
    }
  }

  @Test
  void closingItDoesNothingWhenTheLoopIsClosed() throws Exception {
    for (long seed = 0; seed < 10; seed++) {
      TestLoop loop = TestLoop.builder().seed(seed).network().open();
      Network net = Network.of(loop);
      Host host = net.host("a", () -> Programs.sleepForEver());
      Chaos chaos = net.chaos(Fault.CRASH);
      for (int second = 0; second < 60 && host.isRunning(); second++) {
        loop.advance(Duration.ofSeconds(1));
      }
      loop.close();
      chaos.close();
      assertThat(host.isRunning()).isFalse();
    }
  }
}
