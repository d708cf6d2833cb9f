package dev.standstill.testng;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.test.DeadlockException;
import dev.standstill.test.LeakedTaskException;
import dev.standstill.test.RunDetails;
import dev.standstill.test.TestLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testng.IHookCallBack;
import org.testng.IHookable;
import org.testng.ITestResult;
import org.testng.SkipException;
import org.testng.annotations.AfterClass;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeClass;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Listeners;

/** What {@link LoopListener} does with the tests of a class. */
class ListenerTest {

  private static final List<String> LOG = Collections.synchronizedList(new ArrayList<>());

  private static void log(String what) {
    LOG.add(
        what
            + (TestLoop.currentIfPresent().isPresent()
                ? " on %s at %d s".formatted(Thread.currentThread().getName(), secondsPassed())
                : " elsewhere"));
  }

  private static long secondsPassed() {
    return Duration.between(TestLoop.DEFAULT_START, Instant.now()).toSeconds();
  }

  private static void waitForEver() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      // The loop closes.
    }
  }

  @BeforeEach
  @AfterEach
  void forget() {
    LOG.clear();
  }

  private static Throwable failing(Class<?> testClass) {
    List<Throwable> failures = Runs.of(testClass).failures();
    assertThat(failures).hasSize(1);
    return failures.getFirst();
  }

  @Test
  void aTestAndItsConfigurationMethodsAreOneTaskOfALoop() {
    assertThat(Runs.of(WithFixtures.class).outcomes())
        .containsExactly("sleeps passed", "sleeps passed");

    assertThat(LOG)
        .containsExactly(
            "before class elsewhere",
            "before on test at 0 s",
            "test 1 on test at 10 s",
            "after on test at 3610 s",
            "before on test at 0 s",
            "test 2 on test at 10 s",
            "after on test at 7210 s",
            "after class elsewhere");
  }

  @OnLoop
  public static class WithFixtures {
    @BeforeClass
    public void beforeClass() {
      log("before class");
    }

    @BeforeMethod
    public void before() throws InterruptedException {
      log("before");
      Thread.sleep(Duration.ofSeconds(10));
    }

    @DataProvider
    public Object[][] hours() {
      return new Object[][] {{1}, {2}};
    }

    @org.testng.annotations.Test(dataProvider = "hours")
    public void sleeps(int hours) throws InterruptedException {
      log("test " + hours);
      Thread.sleep(Duration.ofHours(hours));
    }

    @AfterMethod
    public void after() {
      log("after");
    }

    @AfterClass
    public void afterClass() {
      log("after class");
    }
  }

  @Test
  void testsOfAClassMayShareALoopWithTheFixturesOfTheClass() {
    assertThat(Runs.of(OnOneLoop.class).outcomes()).containsExactly("one passed", "two passed");

    assertThat(LOG)
        .containsExactly(
            "before class on test at 0 s",
            "test on test at 1 s",
            "after on test at 2 s",
            "test on test at 2 s",
            "after on test at 3 s",
            "after class on test at 3 s");
  }

  @OnLoop(scope = OnLoop.Scope.CLASS)
  public static class OnOneLoop {
    @BeforeClass
    public void beforeClass() throws InterruptedException {
      log("before class");
      Thread.sleep(1_000);
    }

    @org.testng.annotations.Test
    public void one() throws InterruptedException {
      log("test");
      Thread.sleep(1_000);
    }

    @org.testng.annotations.Test
    public void two() throws InterruptedException {
      log("test");
      Thread.sleep(1_000);
    }

    @AfterMethod
    public void after() {
      log("after");
    }

    @AfterClass
    public void afterClass() {
      log("after class");
    }
  }

  @Test
  void whatAClassLeavesOnItsLoopFailsItsLastConfigurationMethod() {
    Runs runs = Runs.of(LeavingOnOneLoop.class);

    assertThat(runs.outcomes()).containsExactly("leaves passed", "afterClass failed");
    assertThat(runs.failures())
        .singleElement()
        .isInstanceOf(LeakedTaskException.class)
        .extracting(Throwable::getMessage)
        .asString()
        .contains("\"left\"");
  }

  @OnLoop(scope = OnLoop.Scope.CLASS)
  public static class LeavingOnOneLoop {
    @org.testng.annotations.Test
    public void leaves() {
      Thread.ofPlatform().name("left").start(ListenerTest::waitForEver);
    }

    @AfterClass
    public void afterClass() {}
  }

  @Test
  void withoutAnnotationAndParameterTestsAreLeftAlone() {
    assertThat(Runs.of(Plain.class).outcomes()).containsExactly("runs passed");

    assertThat(LOG).containsExactly("before elsewhere", "test elsewhere", "after elsewhere");
  }

  @Test
  void allTestsOfASuiteRunOnLoopsWithoutAnEdit() {
    Runs runs = Runs.with(Map.of("standstill.loop", "all"), Plain.class);

    assertThat(runs.outcomes()).containsExactly("runs passed");
    assertThat(LOG)
        .containsExactly("before on test at 0 s", "test on test at 0 s", "after on test at 0 s");
  }

  @Test
  void aParameterSaysWhatBecomesOfTasksThatTestsWithoutAnnotationLeave() {
    assertThat(leaving(Map.of())).containsExactly("litters failed");
    assertThat(leaving(Map.of("standstill.leaks", "warn"))).containsExactly("litters passed");
  }

  private static List<String> leaving(Map<String, String> parameters) {
    Map<String, String> all = new HashMap<>(parameters);
    all.put("standstill.loop", "all");
    return Runs.with(all, Littering.class).outcomes();
  }

  public static class Littering {
    @org.testng.annotations.Test
    public void litters() {
      Thread.ofPlatform().daemon().start(LockSupport::park);
    }
  }

  @Test
  void theParameterNamesClasses() {
    Runs.with(Map.of("standstill.loop", "Other*"), Plain.class);

    assertThat(LOG).containsExactly("before elsewhere", "test elsewhere", "after elsewhere");
  }

  public static class Plain {
    @BeforeMethod
    public void before() {
      log("before");
    }

    @org.testng.annotations.Test
    public void runs() {
      log("test");
    }

    @AfterMethod
    public void after() {
      log("after");
    }
  }

  @Test
  void aListenerThatIsNamedTwiceIsOne() {
    assertThat(Runs.of(NamingTheListener.class).outcomes()).containsExactly("runs passed");

    assertThat(LOG).containsExactly("test on test at 0 s", "after on test at 0 s");
  }

  @OnLoop
  @Listeners(LoopListener.class)
  public static class NamingTheListener {
    @org.testng.annotations.Test
    public void runs() {
      log("test");
    }

    @AfterMethod
    public void after() {
      log("after");
    }
  }

  @Test
  void aDeadlockIsToldAtOnceAndConfigurationMethodsRunAfterIt() {
    Throwable failure = failing(Hanging.class);

    assertThat(failure)
        .isInstanceOf(DeadlockException.class)
        .hasMessageContaining("\"test\" is blocked on a latch")
        .hasMessageContaining("ListenerTest$Hanging.hangs(ListenerTest.java:");
    assertThat(RunDetails.of(failure)).isPresent();
    assertThat(LOG).containsExactly("after on test at 5 s");
  }

  @OnLoop
  public static class Hanging {
    @org.testng.annotations.Test
    public void hangs() throws InterruptedException {
      Thread.sleep(5_000);
      new CountDownLatch(1).await();
    }

    @AfterMethod
    public void after() {
      log("after");
    }
  }

  @Test
  void aTaskThatIsLeftFailsTheTest() {
    Runs runs = Runs.of(Leaving.class);

    assertThat(runs.outcomes()).containsExactly("leaves failed", "passes passed");
    assertThat(runs.failures())
        .singleElement()
        .isInstanceOf(LeakedTaskException.class)
        .extracting(Throwable::getMessage)
        .asString()
        .contains("\"left\"");
  }

  @OnLoop
  public static class Leaving {
    @org.testng.annotations.Test
    public void leaves() {
      Thread.ofPlatform().name("left").start(ListenerTest::waitForEver);
    }

    @org.testng.annotations.Test
    public void passes() {}
  }

  @Test
  void aTaskThatConfigurationMethodsCouldHaveEndedFailsTheLastOfThem() {
    Runs runs = Runs.of(LeavingForLater.class);

    assertThat(runs.outcomes()).containsExactly("leaves passed", "after failed");
    assertThat(runs.failures()).singleElement().isInstanceOf(LeakedTaskException.class);
  }

  @OnLoop
  public static class LeavingForLater {
    @org.testng.annotations.Test
    public void leaves() {
      Thread.ofPlatform().name("left").start(ListenerTest::waitForEver);
    }

    @AfterMethod
    public void after() {}
  }

  @Test
  void anAfterMethodMayEndWhatTheTestHasStarted() {
    assertThat(Runs.of(EndingLater.class).outcomes()).containsExactly("starts passed");
  }

  @OnLoop
  public static class EndingLater {
    private Thread thread;

    @org.testng.annotations.Test
    public void starts() {
      thread = Thread.ofPlatform().start(ListenerTest::waitForEver);
    }

    @AfterMethod
    public void after() throws InterruptedException {
      thread.interrupt();
      thread.join();
    }
  }

  @Test
  void limitsAreOfVirtualTime() {
    Runs runs = Runs.of(Limited.class);

    assertThat(runs.outcomes()).containsExactlyInAnyOrder("isInTime passed", "takesTooLong failed");
    assertThat(runs.failures()).singleElement().isInstanceOf(TimeoutException.class);
  }

  @OnLoop
  public static class Limited {
    @org.testng.annotations.Test(timeOut = 7_200_000)
    public void isInTime() throws InterruptedException {
      Thread.sleep(Duration.ofHours(1));
    }

    @org.testng.annotations.Test(timeOut = 600_000)
    public void takesTooLong() throws InterruptedException {
      Thread.sleep(Duration.ofHours(1));
    }
  }

  @Test
  void expectedExceptionsAndSkipsAreThoseOfTestNG() {
    assertThat(Runs.of(Ending.class).outcomes())
        .containsExactlyInAnyOrder("throwsWhatItShould passed", "skips skipped", "fails failed");
  }

  @OnLoop
  public static class Ending {
    @org.testng.annotations.Test(expectedExceptions = IllegalStateException.class)
    public void throwsWhatItShould() throws InterruptedException {
      Thread.sleep(Duration.ofHours(1));
      throw new IllegalStateException("expected");
    }

    @org.testng.annotations.Test
    public void skips() {
      throw new SkipException("not here");
    }

    @org.testng.annotations.Test
    public void fails() {
      throw new IllegalStateException("not expected");
    }
  }

  @Test
  void aFailureUnderASeedTellsHowToRepeatIt() {
    Runs runs = Runs.of(FlakyUnderSeeds.class);
    Throwable failure = runs.failures().getFirst();
    RunDetails details = RunDetails.of(failure).orElseThrow();
    String token = details.replayToken().toString();

    assertThat(runs.outcomes().getFirst()).isEqualTo("dependsOnTheOrder passed");
    assertThat(runs.failures()).hasSize(1);
    assertThat(details)
        .hasMessageContaining("To repeat the run: @OnLoop(replay = \"" + token + "\")")
        .hasMessageContaining("-Dstandstill.replay=" + token);

    Runs again = Runs.with(Map.of("standstill.replay", token), FlakyUnderSeeds.class);

    assertThat(again.outcomes()).containsExactly("dependsOnTheOrder failed");
    assertThat(RunDetails.of(again.failures().getFirst()).orElseThrow().replayToken().toString())
        .isEqualTo(token);
  }

  @Test
  void aRunThatGoesAnotherWayThanTheOneToRepeatFails() {
    Runs runs = Runs.of(GoesAnotherWay.class);

    assertThat(runs.outcomes()).containsExactly("passes failed");
    assertThat(runs.failures())
        .singleElement()
        .isInstanceOf(AssertionError.class)
        .extracting(Throwable::getMessage)
        .asString()
        .startsWith("The replay of 2-s1f-1-00000000 went another way")
        .contains("run the test under many schedules: @OnLoop(seeds = 1_000)");
  }

  @OnLoop(replay = "2-s1f-1-00000000")
  public static class GoesAnotherWay {
    @org.testng.annotations.Test
    public void passes() {}
  }

  @OnLoop(seeds = 30)
  public static class FlakyUnderSeeds {
    @org.testng.annotations.Test
    public void dependsOnTheOrder() throws InterruptedException {
      List<String> order = Collections.synchronizedList(new ArrayList<>());
      Thread a = Thread.ofPlatform().start(() -> order.add("a"));
      Thread b = Thread.ofPlatform().start(() -> order.add("b"));
      a.join();
      b.join();
      assertThat(order).containsExactly("a", "b");
    }
  }

  @Test
  void testsInParallelHaveALoopEach() {
    InParallel.DONE.set(0);

    Runs runs = Runs.inParallel(4, InParallel.class);

    assertThat(runs.failures()).isEmpty();
    assertThat(runs.outcomes()).hasSize(8);
    assertThat(InParallel.DONE).hasValue(8);
    assertThat(LOG).hasSize(8).allMatch(line -> line.equals("after on test at 3660 s"));
  }

  @OnLoop
  public static class InParallel {
    static final AtomicInteger DONE = new AtomicInteger();

    @BeforeMethod
    public void before() throws InterruptedException {
      Thread.sleep(Duration.ofMinutes(1));
    }

    @DataProvider(parallel = true)
    public Object[][] numbers() {
      return Stream.of(1, 2, 3, 4).map(i -> new Object[] {i}).toArray(Object[][]::new);
    }

    @org.testng.annotations.Test(dataProvider = "numbers")
    public void one(int number) throws InterruptedException {
      Thread.sleep(Duration.ofHours(1));
      DONE.incrementAndGet();
    }

    @org.testng.annotations.Test(dataProvider = "numbers")
    public void two(int number) throws InterruptedException {
      Thread.sleep(Duration.ofHours(1));
      DONE.incrementAndGet();
    }

    @AfterMethod
    public void after() {
      log("after");
    }
  }

  @Test
  void theNextTestHasALoopAfterAConfigurationMethodHasFailed() {
    Runs runs = Runs.of(FailingBefore.class, Leaving.class);

    assertThat(runs.outcomes())
        .contains("before failed", "runs skipped", "leaves failed", "passes passed");
  }

  @OnLoop
  public static class FailingBefore {
    @BeforeMethod
    public void before() {
      throw new IllegalStateException("before");
    }

    @org.testng.annotations.Test
    public void runs() {}

    @AfterMethod
    public void after() {}
  }

  @Test
  void aTestThatDoesNotRunOnItsLoopSaysWhy() {
    assertThat(failing(Hooked.class))
        .hasMessageEndingWith(
            "because its class is an IHookable itself: let its run() call new LoopListener().run(callBack, testResult).");
    assertThat(Runs.of(HookedWell.class).outcomes()).containsExactly("runs passed");
    assertThat(LOG).containsExactly("test elsewhere", "test on test at 0 s");
  }

  @OnLoop
  public static class Hooked implements IHookable {
    @Override
    public void run(IHookCallBack callBack, ITestResult result) {
      callBack.runTestMethod(result);
    }

    @org.testng.annotations.Test
    public void runs() {
      log("test");
    }
  }

  @OnLoop
  public static class HookedWell implements IHookable {
    @Override
    public void run(IHookCallBack callBack, ITestResult result) {
      new LoopListener().run(callBack, result);
    }

    @org.testng.annotations.Test
    public void runs() {
      log("test");
    }
  }
}
