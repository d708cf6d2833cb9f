package dev.standstill.test.spi;

import dev.standstill.test.TaskFailedException;
import dev.standstill.test.TestLoop;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/** Test loops that run tests of different wants, one after another. Any thread may call. */
public final class SharedLoops {

  private static volatile @Nullable BiConsumer<TestLoop, Duration> limiter;
  private static volatile @Nullable Function<TestLoop, Optional<TaskFailedException>> failures;
  private static volatile @Nullable ObjLongConsumer<TestLoop.Builder> randomness;

  private SharedLoops() {}

  /** Called by the kit, which alone can do these. */
  public static void provide(
      BiConsumer<TestLoop, Duration> limiter,
      Function<TestLoop, Optional<TaskFailedException>> failures,
      ObjLongConsumer<TestLoop.Builder> randomness) {
    SharedLoops.randomness = randomness;
    SharedLoops.failures = failures;
    SharedLoops.limiter = limiter;
  }

  /**
   * Lets the loops of {@code builder} draw other random numbers than all others that have no seed:
   * what lives on several at the same time has to have names that differ.
   */
  public static void drawFrom(TestLoop.Builder builder, long seed) {
    Objects.requireNonNull(randomness).accept(builder, seed);
  }

  /** Sets what {@link TestLoop.Builder#realTimeLimit} sets, from now on. */
  public static void limitRealTime(TestLoop loop, Duration limit) {
    Objects.requireNonNull(limiter).accept(loop, limit);
  }

  /**
   * What tasks have thrown with nobody asking, as one exception, so that it need not wait until the
   * loop closes; empty if there is nothing. To be called while nobody drives the loop.
   */
  public static Optional<TaskFailedException> takeFailures(TestLoop loop) {
    return Objects.requireNonNull(failures).apply(loop);
  }
}
