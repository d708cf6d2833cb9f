package dev.standstill.libraries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.LiteBlockingWaitStrategy;
import com.lmax.disruptor.LiteTimeoutBlockingWaitStrategy;
import com.lmax.disruptor.PhasedBackoffWaitStrategy;
import com.lmax.disruptor.SleepingWaitStrategy;
import com.lmax.disruptor.TimeoutBlockingWaitStrategy;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.YieldingWaitStrategy;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import com.lmax.disruptor.util.DaemonThreadFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A disruptor hands events over in virtual time, however its handler waits for them. */
class DisruptorTest {

  private static final Duration PAUSE = Duration.ofMinutes(1);

  /** Shorter, since a task that polls runs all the time. */
  private static final Duration PAUSE_OF_POLLS = Duration.ofSeconds(5);

  private static final Duration SOON = Duration.ofSeconds(1);

  /** What a ring holds. */
  private static final class Number {
    int value;
  }

  static List<Arguments> strategiesThatBlock() {
    return List.of(
        strategy("blocking", BlockingWaitStrategy::new),
        strategy("blocking, lite", LiteBlockingWaitStrategy::new),
        strategy(
            "blocking with a limit", () -> new TimeoutBlockingWaitStrategy(1, TimeUnit.SECONDS)),
        strategy(
            "blocking with a limit, lite",
            () -> new LiteTimeoutBlockingWaitStrategy(1, TimeUnit.SECONDS)));
  }

  static List<Arguments> strategiesThatPoll() {
    return List.of(
        strategy("busy spin", BusySpinWaitStrategy::new),
        strategy("yield", YieldingWaitStrategy::new),
        strategy("sleep 100 ns", SleepingWaitStrategy::new));
  }

  /** Each spins ten thousand times before it looks at the clock once. */
  static List<Arguments> strategiesThatPollForLong() {
    return List.of(
        strategy(
            "back off to sleep",
            () -> PhasedBackoffWaitStrategy.withSleep(1, 1, TimeUnit.MILLISECONDS)),
        strategy(
            "back off to a lock",
            () -> PhasedBackoffWaitStrategy.withLock(1, 1, TimeUnit.MILLISECONDS)));
  }

  private static Arguments strategy(String name, Supplier<WaitStrategy> strategy) {
    return argumentSet(name, strategy);
  }

  @ParameterizedTest
  @MethodSource("strategiesThatBlock")
  void eventsAreHandledWhenTheyArePublished(Supplier<WaitStrategy> strategy) throws Exception {
    Loops.runOnEach(() -> {
      assertThat(handleThree(strategy.get(), PAUSE))
          .containsExactly(PAUSE.multipliedBy(0), PAUSE.multipliedBy(1), PAUSE.multipliedBy(2));
      return null;
    });
  }

  @ParameterizedTest
  @MethodSource("strategiesThatPoll")
  void eventsAreHandledSoonAfterTheyWerePublished(Supplier<WaitStrategy> strategy)
      throws Exception {
    Loops.runOnSome(() -> handleThreeSoon(strategy));
  }

  @ParameterizedTest
  @MethodSource("strategiesThatPollForLong")
  @Tag("slow")
  void eventsAreHandledSoonInAnyOrder(Supplier<WaitStrategy> strategy) throws Exception {
    Loops.runOnSome(() -> handleThreeSoon(strategy));
  }

  private static @Nullable Void handleThreeSoon(Supplier<WaitStrategy> strategy) throws Exception {
    List<Duration> handled = handleThree(strategy.get(), PAUSE_OF_POLLS);
    assertThat(handled).hasSize(3);
    for (int i = 0; i < 3; i++) {
      Duration published = PAUSE_OF_POLLS.multipliedBy(i);
      assertThat(handled.get(i)).isBetween(published, published.plus(SOON));
    }
    return null;
  }

  /** Publishes three events with pauses; returns when each was handled. */
  private static List<Duration> handleThree(WaitStrategy strategy, Duration pause)
      throws Exception {
    List<Duration> handled = new ArrayList<>();
    var disruptor =
        new Disruptor<>(Number::new, 8, DaemonThreadFactory.INSTANCE, ProducerType.MULTI, strategy);
    disruptor.handleEventsWith((event, sequence, endOfBatch) -> {
      assertThat(event.value).isEqualTo(handled.size());
      handled.add(Loops.elapsed());
    });
    disruptor.start();
    for (int i = 0; i < 3; i++) {
      int value = i;
      disruptor.publishEvent((event, sequence) -> event.value = value);
      Thread.sleep(pause);
    }
    disruptor.shutdown();
    return handled;
  }
}
