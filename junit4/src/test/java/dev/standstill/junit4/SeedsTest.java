package dev.standstill.junit4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.test.Property;
import dev.standstill.test.RunDetails;
import dev.standstill.test.Schedule;
import dev.standstill.test.TestLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Filter;
import java.util.logging.Logger;
import org.junit.Assume;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.runner.JUnitCore;
import org.junit.runner.Result;
import org.junit.runner.RunWith;
import org.junit.runner.notification.Failure;

/** Tests that run under all their seeds although one has failed. */
class SeedsTest {

  @AfterEach
  void takeParametersOfTheJvm() {
    LoopSettings.takeParametersFrom(System::getProperty);
  }

  @Test
  void allSeedsRunAndTheFailureTellsHowManyHaveFailedAndHow() {
    Throwable failure = failing(KeepsGoing.class);

    assertThat(failure.getMessage().lines())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("4 of 10 schedules failed:"),
            line ->
                assertThat(line)
                    .isEqualTo("     3 × java.lang.IllegalStateException: a third of all"),
            line -> assertThat(line).isEqualTo("         seeds 2, 5, 8"),
            line ->
                assertThat(line).matches(" {9}to repeat the first: -Dstandstill.replay=2-s2-\\S+"),
            line -> assertThat(line).isEqualTo("     1 × java.lang.AssertionError: the seventh"),
            line -> assertThat(line).isEqualTo("         seed 6"),
            line ->
                assertThat(line).matches(" {9}to repeat the first: -Dstandstill.replay=2-s6-\\S+"));
    assertThat(failure.getCause()).hasMessage("a third of all");
    assertThat(RunDetails.of(failure.getCause())).isPresent();
  }

  @Test
  void aParameterAsksForThatToo() {
    LoopSettings.takeParametersFrom(name -> name.equals("standstill.keepGoing") ? "true" : null);

    assertThat(failing(Stops.class)).hasMessageStartingWith("4 of 10 schedules failed:");
  }

  @Test
  void withoutItTheFirstThatFailsIsTheLast() {
    assertThat(failing(Stops.class)).hasMessage("a third of all");
    assertThat(Stops.RUNS).hasValue(3);
  }

  @Test
  void aParameterThatIsNeitherTrueNorFalseFailsTheTest() {
    LoopSettings.takeParametersFrom(name -> name.equals("standstill.keepGoing") ? "yes" : null);

    assertThat(failing(Stops.class))
        .hasMessage(
            "The parameter standstill.keepGoing = \"yes\" is neither \"true\" nor \"false\", which it can be.");
  }

  @Test
  void aSeedThatIsAbortedIsNoFailureAndHidesNone() {
    Result aborted = JUnitCore.runClasses(Aborted.class);

    assertThat(aborted.getFailures())
        .extracting(Failure::getMessage)
        .singleElement()
        .asString()
        .startsWith("1 of 3 schedules failed:");
  }

  @Test
  void whatIsToBeSeenSometimesAndIsUnderNoSeedIsLogged() {
    List<String> logged = new ArrayList<>();
    Logger log = Logger.getLogger("dev.standstill");
    Filter filter = log.getFilter();
    log.setFilter(entry -> !logged.add(entry.getMessage()));
    try {
      assertThat(JUnitCore.runClasses(SeesNothing.class).getFailures()).isEmpty();
    } finally {
      log.setFilter(filter);
    }

    assertThat(logged)
        .singleElement()
        .asString()
        .endsWith("Never seen in these schedules, though it is to be seen sometimes: \"seen\".");
  }

  @RunWith(LoopRunner.class)
  public static class SeesNothing {
    @org.junit.Test
    @OnLoop(seeds = 3)
    public void runs() {
      TestLoop loop = TestLoop.currentIfPresent().orElseThrow();
      Property.sometimes(loop, "seen", false);
      Property.sometimes(loop, "seed 1", loop.schedule().equals(Schedule.seeded(1)));
    }
  }

  private static Throwable failing(Class<?> testClass) {
    KeepsGoing.RUNS.set(0);
    Stops.RUNS.set(0);
    Result result = JUnitCore.runClasses(testClass);
    assertThat(result.getFailures()).hasSize(1);
    return result.getFailures().getFirst().getException();
  }

  private static void run(int number) {
    if (number % 3 == 0) {
      throw new IllegalStateException("a third of all");
    }
    if (number == 7) {
      throw new AssertionError("the seventh");
    }
  }

  @RunWith(LoopRunner.class)
  public static class KeepsGoing {
    static final AtomicInteger RUNS = new AtomicInteger();

    @org.junit.Test
    @OnLoop(seeds = 10, keepGoing = true)
    public void runs() {
      SeedsTest.run(RUNS.incrementAndGet());
    }
  }

  @RunWith(LoopRunner.class)
  public static class Stops {
    static final AtomicInteger RUNS = new AtomicInteger();

    @org.junit.Test
    @OnLoop(seeds = 10)
    public void runs() {
      SeedsTest.run(RUNS.incrementAndGet());
    }
  }

  @RunWith(LoopRunner.class)
  public static class Aborted {
    private static final AtomicInteger RUNS = new AtomicInteger();

    @org.junit.Test
    @OnLoop(seeds = 3, keepGoing = true)
    public void runs() {
      int number = RUNS.incrementAndGet();
      Assume.assumeTrue(number != 2);
      if (number == 1) {
        throw new IllegalStateException("the first");
      }
    }
  }
}
