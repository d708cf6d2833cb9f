package dev.standstill.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.network.Chaos;
import dev.standstill.network.Fault;
import dev.standstill.network.Host;
import dev.standstill.network.Network;
import dev.standstill.test.TestLoop;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A fault is one happening, and those that do not matter are taken out. */
@EnabledOnOs(OS.LINUX)
class ChaosShrinkingTest {

  private static final Duration LONG = Duration.ofDays(1);

  private static void twoStayUp(TestLoop loop) throws InterruptedException {
    Network net = Network.of(loop);
    Host a = net.host("a", () -> Thread.sleep(LONG));
    Host b = net.host("b", () -> Thread.sleep(LONG));
    try (Chaos _ = net.chaos(Fault.CRASH, Fault.PAUSE, Fault.CUT, Fault.SLOW)) {
      for (int look = 0; look < 30; look++) {
        Thread.sleep(Duration.ofMillis(100));
        if (!a.isRunning() && !b.isRunning()) {
          throw new IllegalStateException("neither runs");
        }
      }
    }
  }

  @Test
  void twoCrashesAreLeftOfAllFaults() {
    Exploration exploration =
        Exploration.of(ChaosShrinkingTest::twoStayUp)
            .settings(settings -> settings.network(Duration.ZERO, Duration.ofMillis(5)))
            .strategy(SearchStrategy.RANDOM)
            .shrinkFor(Duration.ofSeconds(30));
    ScheduleFailure failure = exploration.run().failure().orElseThrow();

    assertThat(failure.report())
        .contains("chaos has faults of kind CRASH")
        .contains("chaos brings CRASH to a after PT")
        .contains("chaos brings CRASH to b after PT");
    // How long a crash lasts may decide, too.
    assertThat(failure.happenings()).as(failure.report()).isBetween(3, 4);
    assertThat(failure.switches()).as(failure.report()).isZero();
    ScheduleFailure again = exploration.replay(failure.token().toString()).failure().orElseThrow();
    assertThat(failure.report()).startsWith(again.report());
  }
}
