package dev.standstill.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.test.Property;
import dev.standstill.test.TestLoop;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/** Tests under many schedules, and the repetition of one. */
class SeedsTest {

  @Test
  void aTestRunsUnderEachSeed() {
    Orders.seen.clear();

    var results = Runs.passing(Orders.class);

    assertThat(Runs.tests(results)).hasSize(20).startsWith("seed 0", "seed 1").endsWith("seed 19");
    assertThat(Orders.seen).containsExactlyInAnyOrder("ab", "ba");
  }

  static class Orders {
    static final Set<String> seen = new LinkedHashSet<>();

    @LoopTest(seeds = 20)
    void runsTwoTasks(TestLoop loop) throws Exception {
      var order = new StringBuilder();
      var a = loop.spawn("a", () -> order.append('a'));
      var b = loop.spawn("b", () -> order.append('b'));
      a.get();
      b.get();
      seen.add(order.toString());
    }
  }

  @Test
  void theFirstSeedThatFailsIsTheLast() {
    var results = Runs.of(LostUpdate.class);

    int runs = Runs.tests(results).size();
    assertThat(runs).isLessThan(1_000);
    results.testEvents().assertStatistics(counts -> counts.failed(1).succeeded(runs - 1));
    assertThat(Runs.details(Runs.failing(results)))
        .contains("schedule: seed " + (runs - 1))
        .contains("@LoopTest(replay = \"");
  }

  @Test
  void theTokenOfAFailureRepeatsIt() {
    String printed = Runs.print(Runs.failing(LostUpdate.class));
    String replay = printed.replaceAll("(?s).*-Dstandstill\\.replay=(\\S+).*", "$1");
    String token = replay.replaceAll("@.*", "");
    LostUpdate.runs.clear();

    var again = Runs.with(Map.of("standstill.replay", replay), LostUpdate.class);

    assertThat(Runs.tests(again)).containsExactly("replay " + token);
    assertThat(Runs.print(Runs.failing(again))).isEqualTo(printed);
    assertThat(LostUpdate.runs).hasSize(1);
  }

  static class LostUpdate {
    static final List<Integer> runs = new ArrayList<>();

    private int balance;

    @BeforeEach
    void open() {
      balance = 100;
    }

    @LoopTest(seeds = 1_000)
    void transferNeverLosesMoney(TestLoop loop) throws Exception {
      var first = loop.spawn("first", () -> deposit(1));
      var second = loop.spawn("second", () -> deposit(2));
      first.get();
      second.get();
      runs.add(balance);
      assertThat(balance).isEqualTo(103);
    }

    int balance() {
      return balance;
    }

    private void deposit(int amount) {
      if (amount == 2) {
        Thread.yield();
      }
      int before = balance;
      if (before == 100) {
        Thread.yield();
      }
      balance = before + amount;
    }
  }

  @Test
  void anAnnotationNamesTheRunToRepeat() {
    assertThat(Runs.tests(Runs.passing(Replaying.class)))
        .containsExactly("replay 2-s1f-0-00000000");
  }

  static class Replaying {
    @LoopTest(seeds = 10, replay = "2-s1f-0-00000000")
    void runsOnce(TestLoop loop) {
      assertThat(loop.replayToken().schedule().seed()).hasValue(0x1f);
    }
  }

  @Test
  void aConfigurationParameterSaysHowManySeeds() {
    Map<String, String> seeds = Map.of("standstill.seeds", "3");

    assertThat(Runs.tests(Runs.with(seeds, Orders.class)))
        .containsExactly("seed 0", "seed 1", "seed 2");
    assertThat(Runs.tests(Runs.with(seeds, InRealTime.class))).containsExactly("real time");
  }

  static class InRealTime {
    @LoopTest(time = LoopTest.Time.REAL)
    void runsOnce() {}
  }

  @Test
  void allSeedsRunIfAskedAndAreToldAsOneAtTheEnd() {
    var results = Runs.of(KeepsGoing.class);

    assertThat(Runs.tests(results)).hasSize(1_000);
    List<Throwable> failures = Runs.failures(results);
    String summary = failures.getLast().getMessage();
    assertThat(summary)
        .startsWith("%,d of 1,000 schedules failed:".formatted(failures.size() - 1))
        .containsPattern(
            " [0-9]+ × org.opentest4j.AssertionFailedError: expected: 103 but was: 101")
        .containsPattern(" [0-9]+ × java.lang.IllegalStateException: lost the second")
        .containsPattern("seeds [0-9]+, [0-9]+, .* and [0-9]+ more")
        .containsPattern(
            "to repeat the first: -Dstandstill.replay=2-s\\S+@SeedsTest.KeepsGoing.transferNeverLosesMoney");
    assertThat(summary.lines().filter(line -> line.contains("×"))).hasSize(2);
  }

  @Test
  void aParameterAsksForThatToo() {
    var results = Runs.with(Map.of("standstill.keepGoing", "true"), LostUpdate.class);

    assertThat(Runs.tests(results)).hasSize(1_000);
  }

  @Test
  void whereAllSeedsPassNothingIsTold() {
    Runs.passing(AllPass.class);
  }

  static class AllPass {
    @LoopTest(seeds = 5, keepGoing = true)
    void passes() {}
  }

  static class KeepsGoing extends LostUpdate {
    @Override
    @LoopTest(seeds = 1_000, keepGoing = true)
    void transferNeverLosesMoney(TestLoop loop) throws Exception {
      try {
        super.transferNeverLosesMoney(loop);
      } catch (AssertionError e) {
        if (balance() == 101) {
          throw new AssertionFailedError("expected: 103 but was: 101");
        }
        throw new IllegalStateException("lost the second", e);
      }
    }
  }

  @Test
  void whatIsToBeSeenSometimesAndIsUnderNoSeedIsTold() {
    assertThat(Runs.entries(Runs.passing(SeesOneOrder.class), Seeds.SOMETIMES))
        .containsExactly(
            "Never seen in these schedules, though it is to be seen sometimes: \"neither\".");
  }

  static class SeesOneOrder {
    @LoopTest(seeds = 20)
    void runsTwoTasks(TestLoop loop) throws Exception {
      var order = new StringBuilder();
      var a = loop.spawn("a", () -> order.append('a'));
      var b = loop.spawn("b", () -> order.append('b'));
      a.get();
      b.get();
      Property.sometimes(loop, "a first", order.toString().equals("ab"));
      Property.sometimes(loop, "b first", order.toString().equals("ba"));
      Property.sometimes(loop, "neither", order.isEmpty());
    }
  }

  @Test
  void nothingIsToldOfWhatWasNotSeenBeforeAFailure() {
    assertThat(Runs.entries(Runs.of(FailsFirst.class), Seeds.SOMETIMES)).isEmpty();
  }

  static class FailsFirst {
    @LoopTest(seeds = 20)
    void fails(TestLoop loop) {
      Property.sometimes(loop, "the end", false);
      throw new IllegalStateException("fails");
    }
  }

  @Test
  void seedsOfAPlainTestAreRefused() {
    assertThat(Runs.failing(SeedsOnTheClass.class))
        .hasMessageContaining("replace its @Test by @LoopTest(seeds = ...)");
  }

  @LoopTest(seeds = 3)
  static class SeedsOnTheClass {
    @Test
    void runs() {}
  }
}
