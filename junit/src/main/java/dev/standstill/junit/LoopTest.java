package dev.standstill.junit;

import dev.standstill.test.Leaks;
import dev.standstill.test.TestLoop;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test as a task of an event loop.
 *
 * <pre>{@code
 * @LoopTest
 * void anHourPassesAtOnce(Clock clock) throws Exception {
 *   Instant before = clock.instant();
 *   Thread.sleep(Duration.ofHours(1));
 *   assertEquals(Duration.ofHours(1), Duration.between(before, clock.instant()));
 * }
 * }</pre>
 *
 * <p>On a method it makes a test; beside {@code @ParameterizedTest} or {@code @RepeatedTest} it
 * lets each of their invocations run on a loop. On a class it does so for all its tests of every
 * kind, those of nested classes included; the annotation nearest to a test is the one that counts,
 * as a whole.
 *
 * <p>By default each test has a fresh {@link TestLoop}: virtual time, ready tasks first in, first
 * out. The constructor, the {@code @BeforeEach} and {@code @AfterEach} methods and the test are one
 * task of it, one thread. {@link LoopScope} widens the loop to the class. Parameters of type {@code
 * TestLoop}, {@code EventLoop} and {@code java.time.Clock} give the loop and its time.
 *
 * <p>A test fails, too: at once when all tasks stand still for good; when one of its tasks fails
 * and nobody asks for its result; when tasks are {@linkplain #leaks left over}; and when the {@link
 * #realTimeLimit} is reached.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@TestTemplate
@ExtendWith(LoopExtension.class)
public @interface LoopTest {

  /** Which time a loop has. */
  enum Time {
    /** The loop is a {@link TestLoop}. */
    VIRTUAL,
    /** The loop is one for production, in real time. */
    REAL
  }

  /** When a timeline of a test is written, which shows what its tasks did. */
  enum Timeline {
    /** What the configuration parameter {@code standstill.timeline} says, else as it suits. */
    AUTO,
    /** Never. */
    NEVER,
    /** When the test has failed. */
    ON_FAILURE,
    /** Each time. */
    ALWAYS
  }

  /**
   * Returns which time the test runs in.
   *
   * @return virtual or real
   */
  Time time() default Time.VIRTUAL;

  /**
   * Returns when virtual time starts.
   *
   * @return an instant such as {@code "2026-03-28T23:30:00Z"}, a date, or {@code "now"} for the
   *     machine's time in whole seconds; empty for what the configuration parameter {@code
   *     standstill.start} says, else for {@code "now"} where the test has an {@code @Rollback} or
   *     {@code @RollbackDatabase}, whose database has the machine's time, else for {@link
   *     TestLoop#DEFAULT_START}
   */
  String start() default "";

  /**
   * Returns how far virtual time may move while the test method runs.
   *
   * @return a number and a unit as in {@code "30 s"}: ns, ms, s, min, h or d; empty for what the
   *     configuration parameter {@code standstill.timeout} says, else for no limit
   */
  String timeout() default "";

  /**
   * Returns how much real time each of the constructor, the fixtures and the test may take. At the
   * limit the test fails with a report of what runs and what is blocked. Not in force while a
   * debugger is attached, and while something starts that tests share, such as a Spring context:
   * that has the limit {@code standstill.startLimit}, a configuration parameter.
   *
   * @return a number and a unit as in {@link #timeout}; empty for what the configuration parameter
   *     {@code standstill.realTimeLimit} says, else for 60 s, of which what is outside the loop may
   *     be waited for 10 s at a time
   */
  String realTimeLimit() default "";

  /**
   * Returns under how many seeded schedules a method runs, with the seeds 0, 1, 2 and so on. The
   * first that fails is the last, unless {@link #keepGoing} says otherwise.
   *
   * @return the number; 0 for one run, first in, first out
   */
  int seeds() default 0;

  /**
   * Returns whether all {@link #seeds} run, although one has failed. At the end the method fails
   * with how many of them have failed, and how, a token each. The configuration parameter {@code
   * standstill.keepGoing} does the same for all tests.
   *
   * @return true to go on after a failure
   */
  boolean keepGoing() default false;

  /**
   * Returns how many schedules of the test are explored at the most, up to the first that fails.
   * Unlike with {@link #seeds}, tasks are also switched wherever threads can race: at volatile
   * fields, locks, monitors, atomics, queues and pools. It is one test for JUnit; under each
   * schedule a fresh instance is made, and its fixtures and the test run. What other extensions do
   * is done once. The configuration parameter {@code standstill.explore} does the same for all
   * methods with this annotation.
   *
   * @return the number; 0 for none
   */
  int explore() default 0;

  /**
   * Returns for how long, in real time, schedules are explored at the most.
   *
   * @return a number and a unit as in {@link #timeout}; empty for as long as it takes
   */
  String exploreFor() default "";

  /**
   * Returns whether tasks are switched at all accesses to plain fields, arrays and collections
   * while schedules are explored, and not only where the first schedules have shown that threads
   * may race.
   *
   * @return true for all of them
   */
  boolean plainFields() default false;

  /**
   * Returns whether a data race is a failure, too, while schedules are explored: two threads access
   * the same memory, one of them writes, and nothing orders them. Else races are report entries
   * named {@code standstill.race}.
   *
   * @return true to fail with a {@link dev.standstill.explore.DataRaceException}
   */
  boolean failOnRaces() default false;

  /**
   * Returns which run to repeat, instead of all others. The configuration parameter or system
   * property {@code standstill.replay} does the same for the test whose name stands behind the
   * token, and leaves others out. If the run goes another way than the recorded one, the test
   * fails.
   *
   * @return a token as a failure prints it; empty for none
   */
  String replay() default "";

  /**
   * Returns what becomes of tasks that are left when the loop of the test closes. Those started
   * with {@code loop.background()} do not count.
   *
   * @return fail, warn or ignore
   */
  Leaks leaks() default Leaks.FAIL;

  /**
   * Returns whether sockets are on a network of the loop's own, in memory and in its time, such as
   * those of a server that the test starts and its clients; see {@link TestLoop.Builder#network}. A
   * test changes it by a parameter of type {@code dev.standstill.network.Network}. On Linux only;
   * in real time it means nothing.
   *
   * @return true for a network of the test's own
   */
  boolean network() default false;

  /**
   * Returns which servers of the machine tasks can reach although the loop has a network of its
   * own, which it has then; see {@link TestLoop.Builder#allowReal}. The configuration parameter
   * {@code standstill.allowReal} names more of them for all tests, and gives all a network.
   *
   * @return host and port of each, such as {@code localhost:5432}
   */
  String[] allowReal() default {};

  /**
   * Returns when a timeline of the test is written: a page that shows its tasks, what they waited
   * for, and who let whom go on. It lies in {@code target/standstill/timelines}, or in {@code
   * build/standstill/timelines} if there is no {@code target} in the working directory, and what
   * fails says where. A loop that keeps what it takes is slower. In real time it means nothing.
   *
   * @return when; {@link Timeline#AUTO} is {@link Timeline#ON_FAILURE} while schedules are
   *     explored, where the failing run alone is traced, and {@link Timeline#NEVER} else
   */
  Timeline timeline() default Timeline.AUTO;

  /**
   * Returns how many workers the common pool of the test's loop has; see {@link
   * TestLoop.Builder#commonPool}. In real time it means nothing.
   *
   * @return the number; 0 for the default, which is 3 unless the JDK's property says otherwise
   */
  int commonPool() default 0;
}
