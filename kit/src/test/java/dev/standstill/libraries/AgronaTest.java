package dev.standstill.libraries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingIdleStrategy;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An agent of Agrona finds its work in virtual time, however it idles when there is none. */
class AgronaTest {

  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final Duration SOON = Duration.ofMillis(20);

  static List<Arguments> strategiesThatSleep() {
    return List.of(
        strategy("sleep a millisecond", () -> new SleepingMillisIdleStrategy(1)),
        strategy("back off", BackoffIdleStrategy::new));
  }

  static List<Arguments> strategiesThatPoll() {
    return List.of(
        strategy("busy spin", () -> BusySpinIdleStrategy.INSTANCE),
        strategy("yield", () -> YieldingIdleStrategy.INSTANCE),
        strategy("sleep a microsecond", SleepingIdleStrategy::new));
  }

  private static Arguments strategy(String name, Supplier<IdleStrategy> strategy) {
    return argumentSet(name, strategy);
  }

  @ParameterizedTest
  @MethodSource({"strategiesThatSleep", "strategiesThatPoll"})
  void workIsDoneSoonAfterItCame(Supplier<IdleStrategy> strategy) throws Exception {
    Loops.runOnEach(() -> {
      List<Duration> done = doThree(strategy.get());
      assertThat(done).hasSize(3);
      for (int i = 0; i < 3; i++) {
        Duration came = PAUSE.multipliedBy(i);
        assertThat(done.get(i)).isBetween(came, came.plus(SOON));
      }
      return null;
    });
  }

  /** Gives an agent three pieces of work with pauses; returns when each was done. */
  private static List<Duration> doThree(IdleStrategy strategy) throws Exception {
    Queue<Integer> work = new ConcurrentLinkedQueue<>();
    List<Duration> done = new ArrayList<>();
    Agent agent =
        new Agent() {
          @Override
          public int doWork() {
            if (work.poll() == null) {
              return 0;
            }
            done.add(Loops.elapsed());
            return 1;
          }

          @Override
          public String roleName() {
            return "agent";
          }
        };
    try (AgentRunner runner = new AgentRunner(strategy, Throwable::printStackTrace, null, agent)) {
      AgentRunner.startOnThread(runner);
      for (int i = 0; i < 3; i++) {
        work.add(i);
        Thread.sleep(PAUSE);
      }
    }
    return done;
  }
}
