package dev.standstill.junit4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assert.assertEquals;

import dev.standstill.test.DeadlockException;
import dev.standstill.test.LeakedTaskException;
import dev.standstill.test.RunDetails;
import dev.standstill.test.TestLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.After;
import org.junit.AfterClass;
import org.junit.Assume;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.Rule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.rules.ExternalResource;
import org.junit.runner.JUnitCore;
import org.junit.runner.Result;
import org.junit.runner.RunWith;
import org.junit.runner.notification.Failure;
import org.junit.runners.model.TestTimedOutException;

/** What {@link LoopRunner} does with the tests of a class. */
class RunnerTest {

  private static final List<String> LOG = Collections.synchronizedList(new ArrayList<>());

  private static void log(String what) {
    LOG.add(
        what + (TestLoop.currentIfPresent().isPresent() ? " on " + threadName() : " elsewhere"));
  }

  private static String threadName() {
    return Thread.currentThread().getName() + " at " + secondsPassed() + " s";
  }

  private static long secondsPassed() {
    return Duration.between(TestLoop.DEFAULT_START, Instant.now()).toSeconds();
  }

  @AfterEach
  void forget() {
    LOG.clear();
    LoopSettings.takeParametersFrom(System::getProperty);
  }

  private static Throwable failing(Class<?> testClass) {
    List<Failure> failures = JUnitCore.runClasses(testClass).getFailures();
    assertThat(failures).hasSize(1);
    return failures.getFirst().getException();
  }

  private static void passing(Class<?> testClass) {
    assertThat(JUnitCore.runClasses(testClass).getFailures()).isEmpty();
  }

  @Test
  void aTestAndAllItsFixturesAreOneTaskOfALoop() {
    passing(WithFixtures.class);

    assertThat(LOG)
        .containsExactly(
            "before class elsewhere",
            "constructor on test at 0 s",
            "rule on test at 0 s",
            "before on test at 10 s",
            "test on test at 20 s",
            "after on test at 3620 s",
            "after class elsewhere");
  }

  @RunWith(LoopRunner.class)
  public static class WithFixtures {

    @Rule
    public final ExternalResource resource =
        new ExternalResource() {
          @Override
          protected void before() throws Throwable {
            log("rule");
            Thread.sleep(Duration.ofSeconds(10));
          }
        };

    public WithFixtures() {
      log("constructor");
    }

    @BeforeClass
    public static void beforeClass() {
      log("before class");
    }

    @Before
    public void before() throws InterruptedException {
      log("before");
      Thread.sleep(Duration.ofSeconds(10));
    }

    @org.junit.Test
    public void sleepsForAnHour() throws InterruptedException {
      log("test");
      Thread.sleep(Duration.ofHours(1));
    }

    @After
    public void after() {
      log("after");
    }

    @AfterClass
    public static void afterClass() {
      log("after class");
    }
  }

  @Test
  void testsOfAClassMayShareALoopWithTheFixturesOfTheClass() {
    passing(OnOneLoop.class);

    assertThat(LOG)
        .containsExactly(
            "before class on test at 0 s",
            "test on test at 1 s",
            "test on test at 2 s",
            "after class on test at 3 s");
  }

  @RunWith(LoopRunner.class)
  @OnLoop(scope = OnLoop.Scope.CLASS)
  public static class OnOneLoop {

    @BeforeClass
    public static void beforeClass() throws InterruptedException {
      log("before class");
      Thread.sleep(1_000);
    }

    @org.junit.Test
    public void one() throws InterruptedException {
      log("test");
      Thread.sleep(1_000);
    }

    @org.junit.Test
    public void two() throws InterruptedException {
      log("test");
      Thread.sleep(1_000);
    }

    @AfterClass
    public static void afterClass() {
      log("after class");
    }
  }

  @Test
  void aClassFailsForTasksThatItsTestsLeaveOnTheirLoop() {
    assertThat(failing(LeavingOnOneLoop.class))
        .isInstanceOf(LeakedTaskException.class)
        .hasMessageContaining("\"left\"");
  }

  @RunWith(LoopRunner.class)
  @OnLoop(scope = OnLoop.Scope.CLASS)
  public static class LeavingOnOneLoop {
    @org.junit.Test
    public void leaves() {
      Thread.ofPlatform().name("left").start(RunnerTest::waitForEver);
    }

    @org.junit.Test
    public void passes() {}
  }

  @Test
  void aSharedLoopAndSeedsAreRefused() {
    assertThat(failing(SharingUnderSeeds.class))
        .hasMessageEndingWith(
            "several seeds need a loop for each test: leave one of the two away.");
  }

  @RunWith(LoopRunner.class)
  @OnLoop(scope = OnLoop.Scope.CLASS, seeds = 10)
  public static class SharingUnderSeeds {
    @org.junit.Test
    public void runs() {}
  }

  private static void waitForEver() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      // The loop closes.
    }
  }

  @Test
  void expectedExceptionsAndTimeoutsAreThoseOfJUnitInVirtualTime() {
    List<Failure> failures = JUnitCore.runClasses(WithParameters.class).getFailures();

    assertThat(failures)
        .extracting(failure -> failure.getDescription().getMethodName())
        .containsExactlyInAnyOrder("takesTooLong", "lacksAnException");
    assertThat(failures)
        .filteredOn(failure -> failure.getDescription().getMethodName().equals("takesTooLong"))
        .singleElement()
        .extracting(Failure::getException)
        .isInstanceOf(TestTimedOutException.class);
  }

  @RunWith(LoopRunner.class)
  public static class WithParameters {
    @org.junit.Test(expected = IllegalStateException.class)
    public void throwsWhatItShould() throws InterruptedException {
      Thread.sleep(Duration.ofHours(1));
      throw new IllegalStateException("expected");
    }

    @org.junit.Test(expected = IllegalStateException.class)
    public void lacksAnException() {}

    @org.junit.Test(timeout = 7_200_000)
    public void isInTime() throws InterruptedException {
      Thread.sleep(Duration.ofHours(1));
    }

    @org.junit.Test(timeout = 1_000)
    public void takesTooLong() throws InterruptedException {
      Thread.sleep(Duration.ofHours(1));
    }
  }

  @Test
  void aLimitOfVirtualTimeNamesWhoWaits() {
    assertThat(failing(Limited.class))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("\"test\" is blocked on sleep");
  }

  @RunWith(LoopRunner.class)
  public static class Limited {
    @org.junit.Test
    @OnLoop(timeout = "1 min")
    public void takesTooLong() throws InterruptedException {
      Thread.sleep(Duration.ofHours(1));
    }
  }

  @Test
  void aDeadlockIsToldAtOnceAndFixturesRunAfterIt() {
    Throwable failure = failing(Hanging.class);

    assertThat(failure)
        .isInstanceOf(DeadlockException.class)
        .hasMessageContaining("\"test\" is blocked on a latch")
        .hasMessageContaining("RunnerTest$Hanging.hangs(RunnerTest.java:");
    assertThat(LOG).containsExactly("after on test at 5 s");
  }

  @RunWith(LoopRunner.class)
  public static class Hanging {
    @org.junit.Test
    public void hangs() throws InterruptedException {
      Thread.sleep(5_000);
      new CountDownLatch(1).await();
    }

    @After
    public void after() {
      log("after");
    }
  }

  @Test
  void whatFixturesThrowAfterADeadlockIsToldWithIt() {
    assertThat(failing(HangingAndFailing.class).getSuppressed())
        .extracting(Throwable::getMessage)
        .contains("after");
  }

  @RunWith(LoopRunner.class)
  public static class HangingAndFailing {
    @org.junit.Test
    public void hangs() {
      waitForEver();
    }

    @After
    public void after() {
      throw new IllegalStateException("after");
    }
  }

  @Test
  void aTaskThatIsLeftFailsTheTest() {
    assertThat(failing(Leaving.class))
        .isInstanceOf(LeakedTaskException.class)
        .hasMessageContaining("\"left\"");
  }

  @RunWith(LoopRunner.class)
  public static class Leaving {
    @org.junit.Test
    public void leaves() {
      Thread.ofPlatform().name("left").start(RunnerTest::waitForEver);
    }
  }

  @Test
  void aTestThatFailsAndLeavesATaskTellsBoth() {
    Throwable failure = failing(FailingTwice.class);

    assertThat(failure).hasMessage("test");
    assertThat(failure.getSuppressed())
        .extracting(Object::getClass)
        .extracting(Class::getSimpleName)
        .containsExactlyInAnyOrder("IllegalStateException", "RunDetails", "LeakedTaskException");
  }

  @RunWith(LoopRunner.class)
  public static class FailingTwice {
    @org.junit.Test
    public void fails() {
      Thread.ofPlatform().name("left").start(RunnerTest::waitForEver);
      throw new IllegalArgumentException("test");
    }

    @After
    public void after() {
      throw new IllegalStateException("after");
    }
  }

  @Test
  void aFailureUnderASeedTellsHowToRepeatIt() {
    Throwable failure = failing(FlakyUnderSeeds.class);
    RunDetails details = RunDetails.of(failure).orElseThrow();
    String token = details.replayToken().toString();

    assertThat(details)
        .hasMessageContaining("To repeat the run: @OnLoop(replay = \"" + token + "\")")
        .hasMessageContaining("-Dstandstill.replay=" + token);

    int before = FlakyUnderSeeds.RUNS.get();
    LoopSettings.takeParametersFrom(name -> name.equals("standstill.replay") ? token : null);
    Throwable again = failing(FlakyUnderSeeds.class);

    assertThat(again).hasMessage(failure.getMessage());
    assertThat(RunDetails.of(again).orElseThrow().replayToken().toString()).isEqualTo(token);
    assertThat(FlakyUnderSeeds.RUNS).hasValue(before + 1);
  }

  @RunWith(LoopRunner.class)
  public static class FlakyUnderSeeds {
    static final AtomicInteger RUNS = new AtomicInteger();

    @org.junit.Test
    @OnLoop(seeds = 100)
    public void dependsOnTheOrder() throws InterruptedException {
      RUNS.incrementAndGet();
      List<String> order = Collections.synchronizedList(new ArrayList<>());
      Thread a = Thread.ofPlatform().start(() -> order.add("a"));
      Thread b = Thread.ofPlatform().start(() -> order.add("b"));
      a.join();
      b.join();
      assertEquals(List.of("a", "b"), order);
    }
  }

  @Test
  void aRunThatGoesAnotherWayThanTheOneToRepeatFails() {
    assertThat(failing(GoesAnotherWay.class))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("The replay of 2-s1f-1-00000000 went another way")
        .hasMessageContaining("run the test under many schedules: @OnLoop(seeds = 1_000)");
  }

  @RunWith(LoopRunner.class)
  public static class GoesAnotherWay {
    @org.junit.Test
    @OnLoop(replay = "2-s1f-1-00000000")
    public void passes() {}
  }

  @Test
  void theParameterSetsSeedsForAllTests() {
    LoopSettings.takeParametersFrom(name -> name.equals("standstill.seeds") ? "7" : null);
    Counting.runs = 0;

    passing(Counting.class);

    assertThat(Counting.runs).isEqualTo(7);
  }

  @RunWith(LoopRunner.class)
  public static class Counting {
    static int runs;

    @org.junit.Test
    public void counts() {
      runs++;
    }
  }

  @Test
  void anAssumptionThatDoesNotHoldIsNoFailure() {
    Result result = JUnitCore.runClasses(Assuming.class);

    assertThat(result.wasSuccessful()).isTrue();
    assertThat(result.getAssumptionFailureCount()).isEqualTo(1);
  }

  @RunWith(LoopRunner.class)
  public static class Assuming {
    @org.junit.Test
    public void assumes() {
      Assume.assumeTrue(false);
    }
  }

  @Test
  void aParameterThatCannotBeReadIsToldByTheTest() {
    LoopSettings.takeParametersFrom(name -> name.equals("standstill.seeds") ? "many" : null);

    assertThat(failing(Counting.class))
        .hasMessage(
            "The parameter standstill.seeds = \"many\" is no number of seeds: write one such as 100, or 0 for none.");
  }
}
