package dev.standstill.test.spi;

import dev.standstill.test.TestLoop;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a loop has met and does not throw, for reports about many tests. Immutable.
 *
 * @param outsideNanos how long, in real time, the loop has waited for what is outside of it
 * @param outside for what, each to follow the words "waits for"; the first few
 * @param left what was left when the loop was closed, a line each
 */
public record RunFacts(long outsideNanos, List<String> outside, List<String> left) {

  private static volatile @Nullable Function<TestLoop, RunFacts> source;

  /** Called by the kit, which alone can tell. */
  public static void provide(Function<TestLoop, RunFacts> source) {
    RunFacts.source = source;
  }

  /**
   * Returns what {@code loop} has met since this was last called for it. Any thread may call; what
   * a thread that drives just now adds may be in this answer or in the next.
   */
  public static RunFacts take(TestLoop loop) {
    return Objects.requireNonNull(source).apply(loop);
  }
}
