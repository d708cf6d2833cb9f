package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.core.VirtualClock;
import dev.standstill.test.spi.LoopNetwork;
import dev.standstill.test.spi.NetworkTrace;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a network adds to a trace. */
class TracedNetworkTest {

  /** A network of one link, which does nothing by itself. */
  private static final class Wire implements LoopNetwork {
    private @Nullable NetworkTrace trace;

    @Override
    public List<String> leaks(boolean all) {
      return List.of();
    }

    @Override
    public void tellTo(NetworkTrace taker) {
      trace = taker;
    }

    NetworkTrace trace() {
      return Objects.requireNonNull(trace);
    }

    @Override
    public void close() {}
  }

  private final TraceRecorder recorder =
      new TraceRecorder(
          "test", TestLoop.DEFAULT_START, new VirtualClock(TestLoop.DEFAULT_START), 0);
  private final Wire wire = new Wire();

  TracedNetworkTest() {
    recorder.opens(wire);
  }

  @Test
  void whatIsSentAndWhatIsLostIsTold() {
    wire.trace().sent("a", "b", 10, Duration.ofMillis(5), "hello");
    wire.trace().sent("b", "a", 20, null, "");

    assertThat(recorder.trace("").messages())
        .containsExactly(
            new Trace.Message(0, Duration.ZERO, "a", "b", 10, Duration.ofMillis(5), "hello"),
            new Trace.Message(0, Duration.ZERO, "b", "a", 20, null, ""));
  }

  @Test
  void whatIsCutIsToldUntilItHeals() {
    NetworkTrace.Cut first = wire.trace().cut("a cannot reach b");
    wire.trace().cut("b is down");
    first.heals();
    first.heals();

    assertThat(recorder.trace("").outages())
        .containsExactly(
            new Trace.Outage("a cannot reach b", 0, Duration.ZERO, 0, Duration.ZERO),
            new Trace.Outage("b is down", 0, Duration.ZERO, 0, null));
  }
}
