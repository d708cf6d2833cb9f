package dev.standstill.network.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.test.Leaks;
import dev.standstill.test.TestLoop;
import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * What a library does on loops with a network of their own: each run is repeated, and once more
 * from its token, and each has to take the same way and come to the same result.
 */
final class Scenario {

  /** How long a packet is on its way where nothing else is said. */
  static final Duration LATENCY = Duration.ofMillis(10);

  private static final int SEEDS = 3;

  private final Duration latency;
  private Leaks leaks = Leaks.FAIL;
  private boolean used = true;
  private boolean varies;

  private Scenario(Duration latency) {
    this.latency = latency;
  }

  /** What one run came to. */
  private record Run<R>(R result, String token) {}

  /** Runs a body whose packets take {@link #LATENCY}, and returns its result. */
  static <R> R repeat(Callable<R> body) throws Exception {
    return withLatency(LATENCY).run(body);
  }

  static Scenario withLatency(Duration latency) {
    return new Scenario(latency);
  }

  /** For libraries whose threads have no end. */
  Scenario leavingThreads() {
    leaks = Leaks.IGNORE;
    return this;
  }

  /** For libraries that keep in statics, or in threads of them, what their first use has made. */
  Scenario afterFirstUse() {
    used = false;
    return this;
  }

  /** For what may take another time where other threads are first. */
  Scenario varyingWithOrder() {
    varies = true;
    return this;
  }

  /** Runs a body in the order of FIFO and under some seeds; returns its result, always the same. */
  <R> R run(Callable<R> body) throws Exception {
    if (!used) {
      once(TestLoop.builder(), body);
    }
    R result = repeat("FIFO", TestLoop.builder(), body);
    for (int seed = 0; seed < SEEDS; seed++) {
      R ofSeed = repeat("seed " + seed, TestLoop.builder().seed(seed), body);
      if (!varies) {
        assertThat(ofSeed).as("seed %d", seed).isEqualTo(result);
      }
    }
    return result;
  }

  private <R> R repeat(String schedule, TestLoop.Builder builder, Callable<R> body)
      throws Exception {
    Run<R> first = once(builder, body);
    assertThat(once(builder, body)).as("%s, again", schedule).isEqualTo(first);
    assertThat(once(TestLoop.builder().replay(first.token()), body))
        .as("%s, from its token", schedule)
        .isEqualTo(first);
    return first.result();
  }

  private <R> Run<R> once(TestLoop.Builder builder, Callable<R> body) throws Exception {
    try (TestLoop loop = builder.network(latency, latency).leaks(leaks).open()) {
      R result = loop.run(body);
      return new Run<>(result, loop.replayToken().toString());
    }
  }

  /** How many milliseconds of virtual time something takes; it has to be a whole number of them. */
  static long millis(Step step) throws Exception {
    long before = System.nanoTime();
    step.run();
    return millisSince(before);
  }

  /** The same since a reading of {@code System.nanoTime()}. */
  static long millisSince(long before) {
    Duration taken = Duration.ofNanos(System.nanoTime() - before);
    assertThat(taken).isEqualTo(Duration.ofMillis(taken.toMillis()));
    return taken.toMillis();
  }

  /** A part of a scenario. */
  interface Step {
    void run() throws Exception;
  }
}
