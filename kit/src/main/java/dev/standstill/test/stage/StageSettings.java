package dev.standstill.test.stage;

import dev.standstill.test.Leaks;
import dev.standstill.test.Schedule;
import dev.standstill.test.TestLoop;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What holds for a loop that tests run on, whatever framework calls them. Immutable.
 *
 * @param start when virtual time starts; null for the default
 * @param realTimeLimit how much real time fixtures and tests may take; null for the default
 * @param replay the token of the one run to repeat; null for none
 * @param leaks what becomes of tasks that are left
 * @param network whether sockets are on a network of the loop's own
 * @param allowedReal the servers of the machine that can be reached all the same
 * @param packageName the package of the test class; empty if there is none
 * @param commonPool how many workers the common pool of the loop has; 0 for the default
 * @param fullStackTraces whether stack traces show the frames that run the test, too
 * @param traced whether a loop that is opened keeps a trace, with stacks
 */
public record StageSettings(
    @Nullable Instant start,
    @Nullable Duration realTimeLimit,
    @Nullable String replay,
    Leaks leaks,
    boolean network,
    List<String> allowedReal,
    String packageName,
    int commonPool,
    boolean fullStackTraces,
    boolean traced) {

  private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(60);

  /** As long a loop waits for what is outside of it, unless it is told otherwise. */
  private static final Duration DEFAULT_WAIT_LIMIT = Duration.ofSeconds(10);

  /** Nobody wants a test to time out while it stands at a breakpoint. */
  private static final boolean IS_DEBUGGED =
      ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
          .anyMatch(flag -> flag.startsWith("-agentlib:jdwp") || flag.startsWith("-Xrunjdwp"));

  private static final Duration NO_LIMIT = Duration.ofDays(365);

  /** The loop's own limit for waits comes later, so that only one of the two reports. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  /** Who allows a server asks for a network of the loop's own, as with the builder of a loop. */
  public StageSettings {
    network |= !allowedReal.isEmpty();
  }

  /** How long one fixture or test may take in real time. */
  public RealTimeLimit limit() {
    return new RealTimeLimit(
        unlessDebugged(realTimeLimit == null ? DEFAULT_LIMIT : realTimeLimit),
        "%s took %s of real time, its limit.");
  }

  /**
   * How long it may take in real time to close the loop. Here the loop's own limit comes first:
   * what becomes of tasks that are left, and do not end, is the loop's to say.
   */
  RealTimeLimit limitOfClosing() {
    Duration least = limitOfWaitsWhileClosing().plus(MARGIN);
    RealTimeLimit limit = limit();
    return limit.duration().compareTo(least) >= 0
        ? limit
        : new RealTimeLimit(least, "Closing %s took %s of real time, its limit.");
  }

  /** How long the loop itself may wait then. */
  Duration limitOfWaitsWhileClosing() {
    return realTimeLimit == null ? DEFAULT_WAIT_LIMIT : realTimeLimit;
  }

  /** How long the loop itself may wait for what is outside of it, in real time. */
  public Duration limitOfWaits() {
    return realTimeLimit == null ? DEFAULT_WAIT_LIMIT : realTimeLimit.plus(MARGIN);
  }

  /** A limit of real time, or a very long one if this JVM is debugged. */
  public static Duration unlessDebugged(Duration limit) {
    return IS_DEBUGGED ? NO_LIMIT : limit;
  }

  /**
   * Opens a loop in virtual time as these settings want it.
   *
   * @param seed decides the schedule unless a run is to be repeated; null for first in, first out
   */
  public TestLoop open(String name, @Nullable Long seed) {
    TestLoop.Builder builder = builder(name);
    if (replay != null) {
      builder.replay(replay);
    } else if (seed != null) {
      builder.schedule(Schedule.seeded(seed));
    }
    return builder.open();
  }

  /** Begins to open a loop in virtual time as these settings want it, but for the schedule. */
  public TestLoop.Builder builder(String name) {
    TestLoop.Builder builder = TestLoop.builder().name(name).withoutReplayHint();
    set(builder);
    if (traced) {
      builder.traceWithStacks();
    }
    return builder;
  }

  /** Gives a loop a network of its own, from which it reaches the servers that are allowed. */
  public TestLoop.Builder giveNetwork(TestLoop.Builder builder) {
    builder.network();
    allowedReal.forEach(builder::allowReal);
    return builder;
  }

  /** Sets all but the name, the schedule and the trace. */
  public void set(TestLoop.Builder builder) {
    builder.leaks(leaks).packageOfProgram(packageName);
    if (start != null) {
      builder.start(start);
    }
    if (network) {
      giveNetwork(builder);
    }
    if (commonPool != 0) {
      builder.commonPool(commonPool);
    }
    if (realTimeLimit != null) {
      builder.realTimeLimit(limitOfWaits());
    }
  }
}
