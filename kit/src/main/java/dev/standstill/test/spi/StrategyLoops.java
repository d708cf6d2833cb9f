package dev.standstill.test.spi;

import dev.standstill.core.Strategy;
import dev.standstill.test.Schedule;
import dev.standstill.test.TestLoop;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Test loops whose choices are made by a strategy of the caller's. Any thread may call. */
public final class StrategyLoops {

  private static volatile @Nullable BiFunction<TestLoop.Builder, Strategy, TestLoop> opener;
  private static volatile @Nullable BiFunction<TestLoop.Builder, Strategy, TestLoop> openerOfMany;
  private static volatile @Nullable Function<Schedule, Strategy> follower;
  private static volatile @Nullable Function<TestLoop, Optional<String>> divergence;

  private StrategyLoops() {}

  /** Called by the kit, which alone can do these. */
  public static void provide(
      BiFunction<TestLoop.Builder, Strategy, TestLoop> opener,
      BiFunction<TestLoop.Builder, Strategy, TestLoop> openerOfMany,
      Function<Schedule, Strategy> follower,
      Function<TestLoop, Optional<String>> divergence) {
    StrategyLoops.divergence = divergence;
    StrategyLoops.opener = opener;
    StrategyLoops.openerOfMany = openerOfMany;
    StrategyLoops.follower = follower;
  }

  /** Opens a loop as {@code settings} say, but for the schedule. */
  public static TestLoop open(TestLoop.Builder settings, Strategy strategy) {
    return Objects.requireNonNull(opener).apply(settings, strategy);
  }

  /**
   * Opens a loop in the same way for one run of many, which is repeated if it fails. It notes
   * neither where tasks are started nor what closes it, which takes a good part of a short run; so
   * its messages do not show that, and all tasks that are left count as the test's.
   */
  public static TestLoop openOneOfMany(TestLoop.Builder settings, Strategy strategy) {
    return Objects.requireNonNull(openerOfMany).apply(settings, strategy);
  }

  /**
   * Whether the run of a loop that was opened here to repeat another one went another way, as far
   * as it has gone.
   */
  public static boolean hasDiverged(TestLoop loop) {
    return divergenceOf(loop).isPresent();
  }

  /**
   * What the run of a loop that repeats another one did otherwise, as far as it has gone, as a
   * sentence; empty if nothing.
   */
  public static Optional<String> divergenceOf(TestLoop loop) {
    return Objects.requireNonNull(divergence).apply(loop);
  }

  /** The strategy that follows a schedule, once. */
  public static Strategy follow(Schedule schedule) {
    TestLoop.builder();
    return Objects.requireNonNull(follower).apply(schedule);
  }
}
