package dev.standstill.testng;

import dev.standstill.test.Leaks;
import dev.standstill.test.TestLoop;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs the tests of a class, or one test, as tasks of loops in virtual time. {@link LoopListener},
 * which TestNG finds by itself, sees to it. The annotation of a method counts for it, as a whole,
 * before that of its class.
 *
 * <pre>{@code
 * @OnLoop
 * public class ReminderTest {
 *   @Test
 *   public void anHourPassesAtOnce() throws Exception {
 *     Thread.sleep(Duration.ofHours(1));
 *   }
 * }
 * }</pre>
 *
 * <p>By default each call of a test method has a fresh loop: the {@code @BeforeMethod} methods, the
 * test and the {@code @AfterMethod} methods are one task of it, one thread. {@link #scope} widens
 * the loop to the class. Parameters are those of the {@code testng.xml}, else system properties.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
public @interface OnLoop {

  /** When a timeline of a test is written, which shows what its tasks did. */
  enum Timeline {
    /** What the parameter {@code standstill.timeline} says, else never. */
    AUTO,
    /** Never. */
    NEVER,
    /** When the test fails. */
    ON_FAILURE,
    /** Whatever becomes of the test. */
    ALWAYS
  }

  /** How long a loop lives. */
  enum Scope {
    /** One loop for each test. */
    METHOD,
    /** One loop for the class. */
    CLASS
  }

  /**
   * Returns how long the loop lives; only on a class. With {@link Scope#CLASS} the
   * {@code @BeforeClass} and {@code @AfterClass} methods run on the loop, too.
   *
   * @return the scope
   */
  Scope scope() default Scope.METHOD;

  /**
   * Returns when virtual time starts.
   *
   * @return an instant such as {@code "2026-03-28T23:30:00Z"}, a date, or {@code "now"} for the
   *     machine's time in whole seconds, as a test wants it whose database compares with its own
   *     {@code now()}; empty for what the parameter {@code standstill.start} says, else for {@link
   *     TestLoop#DEFAULT_START}
   */
  String start() default "";

  /**
   * Returns how far virtual time may move while the test method runs. {@code @Test(timeOut = …)}
   * does the same.
   *
   * @return a number and a unit as in {@code "30 s"}: ns, ms, s, min, h or d; empty for what the
   *     parameter {@code standstill.timeout} says, else for no limit
   */
  String timeout() default "";

  /**
   * Returns how much real time the test and each of its configuration methods may take. At the
   * limit it fails with a report of what runs and what is blocked. Not in force while a debugger is
   * attached.
   *
   * @return a number and a unit as in {@link #timeout}; empty for what the parameter {@code
   *     standstill.realTimeLimit} says, else for 60 s
   */
  String realTimeLimit() default "";

  /**
   * Returns under how many seeded schedules a test runs, with the seeds 0, 1, 2 and so on, each as
   * an invocation of its own; those after the first that fails are skipped, unless {@link
   * #keepGoing} says otherwise. The parameter {@code standstill.seeds} does the same for all tests
   * that have a loop each.
   *
   * @return the number; 0 for one run, first in, first out
   */
  int seeds() default 0;

  /**
   * Returns whether all {@link #seeds} run although one has failed. The last invocation fails then,
   * too, and tells how many have failed, and with which messages; for tests with a data provider
   * the log does. The parameter {@code standstill.keepGoing} does the same for all tests.
   *
   * @return true to run all seeds
   */
  boolean keepGoing() default false;

  /**
   * Returns which run to repeat, instead of all others. The parameter {@code standstill.replay}
   * does the same for all tests that are run.
   *
   * @return a token as a failure prints it; empty for none
   */
  String replay() default "";

  /**
   * Returns what becomes of tasks that are left when the loop closes. Those started with {@code
   * loop.background()} do not count.
   *
   * @return fail, warn or ignore
   */
  Leaks leaks() default Leaks.FAIL;

  /**
   * Returns whether sockets are on a network of the loop's own, in memory and in its time, such as
   * those of a server that the test starts and its clients; see {@link TestLoop.Builder#network}.
   *
   * @return true for a network of the test's own
   */
  boolean network() default false;

  /**
   * Returns when a timeline of the test is written: a page that shows its tasks, what they waited
   * for, and who let whom go on. It lies in {@code target/standstill/timelines}, or in {@code
   * build/standstill/timelines} if there is no {@code target} in the working directory, and what
   * fails says where.
   *
   * @return what the parameter {@code standstill.timeline} says, unless it is said here
   */
  Timeline timeline() default Timeline.AUTO;
}
