package dev.standstill.explore.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.explore.Schedules;
import dev.standstill.explore.programs.Interleavings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Each strategy does what its paper says. */
class StrategiesTest {

  private static final int RUNS = 4_000;

  @Test
  void randomWalkTakesEachOrderOfOneStepTasksEquallyOften() {
    Map<String, Integer> orders = run(new RandomWalk(), RUNS, oneStepEach());

    assertThat(orders).hasSize(6);
    assertUniform(orders.values(), 20.5);
  }

  private static Callable<String> oneStepEach() {
    return () -> Interleavings.runAtOnce(new int[] {1, 1, 1}, new int[3]);
  }

  @Test
  void stickyDrawsHowRarelyItSwitches() {
    Map<String, Integer> orders = run(new Sticky(), RUNS, () -> Interleavings.run(100, 100));

    long often = count(orders, order -> switches(order) > 70);
    long rarely = count(orders, order -> switches(order) < 8);
    assertThat(often / (double) RUNS).as("often").isBetween(1 / 10.0, 1 / 5.0);
    assertThat(rarely / (double) RUNS).as("rarely").isBetween(1 / 6.0, 1 / 2.0);
  }

  /** One preemption at the right one of about 12 points; the number of changes is drawn, 0 to 4. */
  @Test
  void pctFindsABugAsOftenAsItsDepthAllows() {
    int tasks = 3;
    int points = 16;
    Map<String, Integer> orders = run(new Pct(), 20_000, () -> Interleavings.run(4, 1));

    double first = share(orders, "B.*");
    double depthOfTwo = share(orders, "AABAA");
    assertThat(first).isGreaterThan(1.0 / tasks / 2);
    assertThat(depthOfTwo).isGreaterThan(4 / 5.0 / tasks / points);

    Map<String, Integer> more = run(new Pct(), 20_000, () -> Interleavings.run(3, 3));
    assertThat(share(more, "AABBAB|ABBAAB|AABBBA"))
        .isGreaterThan(3 / 5.0 / tasks / points / points);
  }

  /** One of the two has to make 11 draws that are higher than one of the other. */
  @Test
  void posFindsWhatIsBehindManyStepsFarMoreOftenThanARandomWalk() {
    Callable<String> program = () -> Interleavings.runAtOnce(new int[] {1, 1}, new int[] {10, 0});

    Map<String, Integer> pos = run(new Pos(), RUNS, program);
    Map<String, Integer> walk = run(new RandomWalk(), RUNS, program);

    assertThat(share(pos, "AB")).isBetween(1 / 20.0, 1 / 8.0);
    assertThat(share(walk, "AB")).isLessThan(1 / 200.0);
  }

  @Test
  void posTakesEachOrderOfAccessesThatRaceEquallyOften() {
    Map<String, Integer> orders = run(new Pos(), RUNS, oneStepEach());

    assertThat(orders).hasSize(6);
    assertUniform(orders.values(), 20.5);
  }

  @Test
  void surwTakesEachInterleavingOfOneFieldEquallyOftenWhateverElseIsDone() {
    Map<String, Integer> orders =
        run(new Surw(), RUNS, () -> Interleavings.run(new int[] {3, 3}, new int[] {30, 0}));

    Map<String, Integer> interleavings = new TreeMap<>();
    orders.forEach(
        (order, count) -> interleavings.merge(order.replace("-", ""), count, Integer::sum));
    assertThat(interleavings).hasSize(20);
    assertUniform(interleavings.values(), 43.8);
  }

  @Test
  void depthFirstFindsAllInterleavingsWithSoManyPreemptions() {
    for (int bound = 0; bound <= 2; bound++) {
      Dfs search = new Dfs(bound);
      Map<String, Integer> orders = run(search, 1_000, () -> Interleavings.run(3, 3));

      Set<String> interleavings = new TreeSet<>();
      orders.keySet().forEach(order -> interleavings.add(order.replace("-", "")));
      assertThat(interleavings).isEqualTo(interleavings(3, 3, bound));
    }
  }

  /** That of a bound of 1 begins with those of a bound of 0. */
  @Test
  void depthFirstTakesNoScheduleTwice() {
    assertThat(schedulesUpTo(0)).isEqualTo("3 of 3: all 3 schedules with up to 0 preemptions pass");
    assertThat(schedulesUpTo(1))
        .isEqualTo("26 of 29: all 26 schedules with up to 1 preemption pass");
    assertThat(schedulesUpTo(2))
        .isEqualTo("165 of 194: all 165 schedules with up to 2 preemptions pass");
  }

  private static String schedulesUpTo(int preemptions) {
    Dfs search = new Dfs(preemptions);
    List<String> tokens = new ArrayList<>();
    Schedules.run(
        search,
        1_000,
        (schedule, loop) -> {
          Interleavings.run(3, 3);
          tokens.add(loop.replayToken().toString());
        },
        (schedule, failure) -> assertThat(failure).isNull());
    return "%d of %d: %s".formatted(Set.copyOf(tokens).size(), tokens.size(), search.proved());
  }

  @Test
  void depthFirstSaysWhenThereAreNoMore() {
    Dfs search = new Dfs(6);
    Map<String, Integer> orders = run(search, 10_000, () -> Interleavings.run(1, 1));

    assertThat(orders.keySet()).containsExactly("-AB", "-BA", "A-B", "AB-", "B-A", "BA-");
    assertThat(search.isExhausted()).isTrue();
    assertThat(search.proved()).isEqualTo("all 279 schedules pass");
  }

  @Test
  void allTakeTurns() {
    Portfolio search = new Portfolio(1_000);
    Map<String, Integer> turns = new TreeMap<>();
    for (int run = 0; run < 1_002; run++) {
      search.begin(run);
      turns.merge(search.toString(), 1, Integer::sum);
      search.end();
    }

    assertThat(turns)
        .containsEntry("fifo", 1)
        .containsEntry("dfs", 1)
        .containsEntry("surw", 400)
        .containsEntry("pos", 200)
        .containsEntry("pct", 200)
        .containsEntry("sticky", 100)
        .containsEntry("random", 100);
  }

  private static Map<String, Integer> run(Search search, int count, Callable<String> body) {
    return Schedules.outcomes(search, count, body);
  }

  private static long count(Map<String, Integer> outcomes, Predicate<String> matching) {
    return outcomes.entrySet().stream()
        .filter(entry -> matching.test(entry.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static double share(Map<String, Integer> outcomes, String pattern) {
    long matching = count(outcomes, outcome -> outcome.replace("-", "").matches(pattern));
    return matching / (double) count(outcomes, outcome -> true);
  }

  private static int switches(String order) {
    String letters = order.replace("-", "");
    int switches = 0;
    for (int i = 1; i < letters.length(); i++) {
      switches += letters.charAt(i) == letters.charAt(i - 1) ? 0 : 1;
    }
    return switches;
  }

  /** Chi-square against the bound that one of a thousand fair samples exceeds. */
  private static void assertUniform(Collection<Integer> counts, double bound) {
    double expected = counts.stream().mapToInt(count -> count).average().orElseThrow();
    double distance =
        counts.stream()
            .mapToDouble(count -> (count - expected) * (count - expected) / expected)
            .sum();
    assertThat(distance).as("%s", counts).isLessThan(bound);
  }

  /** All interleavings of two tasks in which so many switches leave one that could go on. */
  private static Set<String> interleavings(int ofA, int ofB, int preemptions) {
    Set<String> found = new TreeSet<>();
    List<String> open = new ArrayList<>(List.of(""));
    while (!open.isEmpty()) {
      String order = open.removeLast();
      long a = order.chars().filter(letter -> letter == 'A').count();
      long b = order.length() - a;
      if (order.length() == ofA + ofB) {
        if (preemptions(order, ofA, ofB) <= preemptions) {
          found.add(order);
        }
        continue;
      }
      if (a < ofA) {
        open.add(order + 'A');
      }
      if (b < ofB) {
        open.add(order + 'B');
      }
    }
    return found;
  }

  private static int preemptions(String order, int ofA, int ofB) {
    int preemptions = 0;
    for (int i = 1; i < order.length(); i++) {
      char before = order.charAt(i - 1);
      long done = order.substring(0, i).chars().filter(letter -> letter == before).count();
      boolean goesOn = done < (before == 'A' ? ofA : ofB);
      preemptions += goesOn && order.charAt(i) != before ? 1 : 0;
    }
    return preemptions;
  }
}
