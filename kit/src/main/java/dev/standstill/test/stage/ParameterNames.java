package dev.standstill.test.stage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names of the parameters that are read in all frameworks, beside {@link LoopPattern#PARAMETER}.
 */
public final class ParameterNames {

  /** Names the one run to repeat. */
  public static final String REPLAY = "standstill.replay";

  /** Limits the virtual time of tests which do not say it. */
  public static final String TIMEOUT = "standstill.timeout";

  /** Limits the real time of tests which do not say it. */
  public static final String REAL_TIME_LIMIT = "standstill.realTimeLimit";

  /** Says when virtual time starts in tests which do not say it. */
  public static final String START = "standstill.start";

  /**
   * Says what becomes of tasks left by tests that run on a loop without an annotation: {@code
   * fail}, {@code fail_all}, {@code warn} or {@code ignore}.
   */
  public static final String LEAKS = "standstill.leaks";

  /** Says for all tests under how many seeds they run. */
  public static final String SEEDS = "standstill.seeds";

  /** Lets all seeds of a test run, although one has failed: {@code true}. */
  public static final String KEEP_GOING = "standstill.keepGoing";

  /** Asks for stack traces as they are: {@code full}. */
  public static final String STACK_TRACES = "standstill.stacktraces";

  /**
   * Says for all tests when a timeline is written: {@code never}, {@code on_failure}, {@code
   * always}.
   */
  public static final String TIMELINE = "standstill.timeline";

  /** Names the servers of the machine that can be reached from networks of loops' own. */
  public static final String ALLOW_REAL = "standstill.allowReal";

  private ParameterNames() {}

  /** The values of a parameter that has several, with commas between them. */
  public static List<String> list(@Nullable String value) {
    return value == null ? List.of() : List.of(value.strip().split("\\s*,\\s*"));
  }
}
