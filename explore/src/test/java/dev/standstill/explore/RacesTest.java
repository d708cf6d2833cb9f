package dev.standstill.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.explore.programs.Unordered;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A data race is told, whatever the seed, and whether a schedule fails or not. */
class RacesTest {

  private static final int SEEDS = 20;

  static Stream<Arguments> programs() {
    return Stream.of(
        program("double-checked locking", "Settings.instance", Unordered::doubleCheckedLocking),
        program("HashMap", "HashMap.put", Unordered::sharedHashMap),
        program("HashMap in a pool", "HashMap.", Unordered::sharedHashMapInAPool),
        program("SimpleDateFormat", "SimpleDateFormat.parse", Unordered::sharedDateFormat),
        program("flag", "Worker.stopped", Unordered::flag),
        program("flag between sleeps", "Worker.stopped", Unordered::sleepingFlag),
        program("two locks", "Counter.count", Unordered::twoLocks),
        program("element of an array", "an array", Unordered::element),
        program("ArrayList", "ArrayList.", Unordered::list),
        program("unsafe publication", "Holder.counter", Unordered::unsafePublication),
        program("static field", "Unordered.total", Unordered::staticField),
        program("lock of the writer alone", "Counter.count", Unordered::unlockedRead),
        program("StringBuilder", "StringBuilder.append", Unordered::text),
        program("before a barrier", "Counter.count", Unordered::beforeBarrier),
        program("after a latch", "Counter.count", Unordered::afterLatch),
        program("inside of a library", "Counter.count", Unordered::insideOfLibrary));
  }

  private static Arguments program(String name, String subject, ClassicBugsTest.Program program) {
    return Arguments.of(name, subject, program);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("programs")
  void isToldWhateverTheSeed(String name, String subject, ClassicBugsTest.Program program) {
    for (long seed = 0; seed < SEEDS; seed++) {
      ExplorationResult result = exploration(program).seed(seed * 1_000_000).run().orThrow();

      assertThat(result.races()).as("seed %d: %s", seed, result).isNotEmpty();
      DataRace race =
          result.races().stream()
              .filter(told -> told.subject().contains(subject))
              .findFirst()
              .orElseThrow(() -> new AssertionError(result.toString()));
      assertThat(race.first().writes() || race.second().writes()).isTrue();
      assertThat(race.first().thread()).isNotEqualTo(race.second().thread());
      for (DataRace.Access access : new DataRace.Access[] {race.first(), race.second()}) {
        assertThat(access.where()).contains("Unordered.java:");
        assertThat(access.stack().getFirst().getClassName()).contains("Unordered");
        assertThat(access.stack().getLast().getClassName()).contains("Unordered");
      }
      if (Boolean.getBoolean("standstill.classic.print") && seed == 0) {
        System.out.println(result + System.lineSeparator() + race.story());
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("programs")
  void failsIfAsked(String name, String subject, ClassicBugsTest.Program program) {
    ExplorationResult result = exploration(program).failOnRaces().run();

    ScheduleFailure failure = result.failure().orElseThrow();
    assertThat(failure.getCause()).isInstanceOf(DataRaceException.class);
    ExplorationResult again = exploration(program).failOnRaces().replay(failure.token().toString());
    assertThat(again.failure().orElseThrow().getCause())
        .hasMessage(failure.getCause().getMessage());
  }

  /**
   * Two threads that write a field each with a lock of its own meet after one switch; perhaps after
   * none if time passes while they stand there.
   */
  @Test
  void areShrunkToTheSwitchesThatDecide() {
    for (long seed = 0; seed < SEEDS; seed++) {
      ScheduleFailure failure =
          exploration(Unordered::twoLocks)
              .strategy(SearchStrategy.RANDOM)
              .seed(seed * 1_000_000)
              .failOnRaces()
              .run()
              .failure()
              .orElseThrow();

      assertThat(failure.getCause()).isInstanceOf(DataRaceException.class);
      boolean isSlow = failure.report().contains("while time passes at each access");
      assertThat(failure.switches())
          .as("seed %d: %s", seed, failure.report())
          .isBetween(isSlow ? 0 : 1, 1);
      assertThat(failure.token().note()).isNotEmpty();
    }
  }

  @Test
  void areToldOfEachObjectOfALine() {
    ExplorationResult result = exploration(Unordered::inOneLine).run();

    assertThat(result.races())
        .extracting(DataRace::subject)
        .containsExactlyInAnyOrder("ArrayList.add", "HashMap.put");
  }

  @Test
  void areIgnoredIfAsked() {
    ExplorationResult result = exploration(Unordered::doubleCheckedLocking).ignoreRaces().run();

    assertThat(result.races()).isEmpty();
  }

  private static Exploration exploration(ClassicBugsTest.Program program) {
    return Exploration.of(loop -> program.run()).schedules(300);
  }
}
