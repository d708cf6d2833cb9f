package dev.standstill.test.spi;

import dev.standstill.test.TestLoop;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a run has said of {@link dev.standstill.test.Property#sometimes}, for those who run many.
 * Any thread may call.
 */
public final class Sometimes {

  private static volatile @Nullable Function<TestLoop, Map<String, Boolean>> source;

  private Sometimes() {}

  /** Called by the kit, which alone can tell. */
  public static void provide(Function<TestLoop, Map<String, Boolean>> source) {
    Sometimes.source = source;
  }

  /** Whether each thing was seen in the run of a loop that was to be seen sometimes, by name. */
  public static Map<String, Boolean> seenIn(TestLoop loop) {
    return Objects.requireNonNull(source).apply(loop);
  }
}
