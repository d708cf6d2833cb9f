package dev.standstill.testng;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.test.Property;
import dev.standstill.test.Schedule;
import dev.standstill.test.TestLoop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.DataProvider;

/** Tests that run under all their seeds although one has failed. */
class SeedsTest {

  private static final AtomicInteger RUNS = new AtomicInteger();

  @BeforeEach
  void begin() {
    RUNS.set(0);
  }

  private static void runOnce() {
    int number = RUNS.incrementAndGet();
    if (number % 3 == 0) {
      throw new IllegalStateException("a third of all");
    }
    if (number == 7) {
      throw new AssertionError("the seventh");
    }
  }

  @Test
  void allSeedsRunAndTheLastTellsHowManyHaveFailedAndHow() {
    Runs runs = Runs.of(KeepsGoing.class);

    assertThat(runs.outcomes()).hasSize(10);
    assertThat(runs.failures()).hasSize(4 + 1);
    assertThat(runs.failures().getLast().getMessage().lines())
        .startsWith(
            "4 of 10 schedules failed:",
            "     3 × java.lang.IllegalStateException: a third of all",
            "         seeds 2, 5, 8")
        .contains("     1 × java.lang.AssertionError: the seventh", "         seed 6")
        .anyMatch(line -> line.matches(" {9}to repeat the first: -Dstandstill.replay=2-s2-\\S+"));
  }

  @OnLoop(seeds = 10, keepGoing = true)
  public static class KeepsGoing {
    @org.testng.annotations.Test
    public void runs() {
      runOnce();
    }

    @AfterMethod
    public void after() {}
  }

  @Test
  void aLastSeedThatFailsItselfTellsOfTheOthers() {
    Runs runs =
        Runs.with(Map.of("standstill.seeds", "9", "standstill.keepGoing", "true"), Plain.class);

    assertThat(runs.failures()).hasSize(4);
    assertThat(runs.failures().getLast())
        .hasMessage("a third of all")
        .satisfies(failure ->
            assertThat(failure.getSuppressed())
                .anySatisfy(
                    more -> assertThat(more).hasMessageStartingWith("4 of 9 schedules failed:")));
  }

  @OnLoop
  public static class Plain {
    @org.testng.annotations.Test
    public void runs() {
      runOnce();
    }
  }

  @Test
  void ofATestWithDataTheLogTells() {
    List<String> logged = loggedBy(() -> assertThat(Runs.of(WithRows.class).failures()).hasSize(4));

    assertThat(logged)
        .singleElement()
        .asString()
        .startsWith(WithRows.class.getName() + ".runs: 4 of 10 schedules failed:");
  }

  @Test
  void whatIsToBeSeenSometimesAndIsUnderNoSeedIsLogged() {
    List<String> logged =
        loggedBy(() -> assertThat(Runs.of(SeesNothing.class).failures()).isEmpty());

    assertThat(logged)
        .containsExactly(
            SeesNothing.class.getName()
                + ".runs: Never seen in these schedules, though it is to be seen sometimes: \"seen\".");
  }

  @OnLoop(seeds = 3)
  public static class SeesNothing {
    @org.testng.annotations.Test
    public void runs() {
      TestLoop loop = TestLoop.currentIfPresent().orElseThrow();
      Property.sometimes(loop, "seen", false);
      Property.sometimes(loop, "seed 1", loop.schedule().equals(Schedule.seeded(1)));
    }
  }

  private static List<String> loggedBy(Runnable runs) {
    List<String> logged = Collections.synchronizedList(new ArrayList<>());
    Logger log = Logger.getLogger("dev.standstill");
    Handler handler = handler(logged);
    log.addHandler(handler);
    try {
      runs.run();
    } finally {
      log.removeHandler(handler);
    }
    return logged;
  }

  private static Handler handler(List<String> logged) {
    return new Handler() {
      @Override
      public void publish(LogRecord entry) {
        logged.add(entry.getMessage());
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  @OnLoop(seeds = 5, keepGoing = true)
  public static class WithRows {
    @DataProvider
    public Object[][] rows() {
      return new Object[][] {{1}, {2}};
    }

    @org.testng.annotations.Test(dataProvider = "rows")
    public void runs(int row) {
      runOnce();
    }
  }

  @Test
  void whereAllSeedsPassNothingIsTold() {
    assertThat(Runs.of(AllPass.class).failures()).isEmpty();
  }

  @OnLoop(seeds = 5, keepGoing = true)
  public static class AllPass {
    @org.testng.annotations.Test
    public void passes() {}
  }
}
