package dev.standstill.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.junit.flakes.Round;
import dev.standstill.test.TestLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EventConditions;
import org.opentest4j.TestAbortedException;

/** The search of a suite for tests whose outcome depends on the schedule. */
class FlakesTest {

  @TempDir Path folder;

  private EngineExecutionResults search(String schedules, Class<?>... suite) {
    return search(Map.of("standstill.flakes", schedules), suite);
  }

  private EngineExecutionResults search(Map<String, String> more, Class<?>... suite) {
    Map<String, String> configuration = new HashMap<>(more);
    configuration.put("standstill.flakes.folder", folder.toString());
    return Runs.with(configuration, suite);
  }

  private String summary() throws IOException {
    return Files.readString(folder.resolve("flakes.txt"));
  }

  private List<String> kept() throws IOException {
    return Files.readAllLines(folder.resolve("flakes.jsonl"));
  }

  private static String fieldOf(List<String> kept, String test, String field) {
    return kept.stream()
        .filter(line -> line.contains("\"test\":\"" + test + "\""))
        .map(line -> line.replaceAll(".*\"" + field + "\":\"?([^\",}]*).*", "$1"))
        .findFirst()
        .orElseThrow();
  }

  /** Tests as suites have them. */
  static class Mixed {
    static final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    private final StringBuilder order = new StringBuilder();

    @BeforeAll
    static void first() {
      calls.add("first");
    }

    @BeforeEach
    void before(TestLoop loop) {
      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START);
      assertThat(order).isEmpty();
    }

    @AfterEach
    void after() {
      calls.add("after");
    }

    @LoopTest
    void passes() throws InterruptedException {
      Thread.sleep(Duration.ofHours(1));
    }

    @LoopTest
    void fails() {
      throw new IllegalStateException("always");
    }

    @LoopTest
    void flickers(TestLoop loop) throws Exception {
      var a = loop.spawn("a", () -> order.append('a'));
      var b = loop.spawn("b", () -> order.append('b'));
      a.get();
      b.get();
      assertThat(order).hasToString("ab");
    }

    @Disabled
    @LoopTest
    void isDisabled() {}

    @LoopTest
    void isAborted() {
      Assumptions.abort("not here");
    }
  }

  static class OnNoLoop {
    static final AtomicInteger runs = new AtomicInteger();

    @Test
    void isOnNoLoop() {
      runs.incrementAndGet();
    }
  }

  private static List<Throwable> failures(EngineExecutionResults results) {
    return Runs.failures(results).stream()
        .filter(failure -> !(failure instanceof TestAbortedException))
        .toList();
  }

  @Test
  void testsThatFlickerAreToldApartFromThoseThatAlwaysFail() throws IOException {
    EngineExecutionResults results = search("30", Mixed.class);

    List<Throwable> failures = failures(results);
    assertThat(failures).hasSize(2);
    assertThat(failures.getFirst()).hasMessage("always");
    assertThat(failures.getLast())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("1 test flickers: its outcome depends on the schedule.")
        .hasMessageContaining("  FlakesTest.Mixed.flickers\n    under seed ")
        .hasMessageContaining("to return: \"ab\" but was: \"ba\"\n")
        .hasMessageContaining("    to repeat it: -Dstandstill.replay=2-s")
        .hasMessageContaining("1 test is broken: it fails first in, first out, too.")
        .hasMessageContaining(
            "  FlakesTest.Mixed.fails\n    java.lang.IllegalStateException: always")
        .hasMessageContaining(
            "1 test passes under all schedules so far: first in, first out and 30 seeds.");
    assertThat(summary().strip()).isEqualTo(failures.getLast().getMessage());
    assertThat(kept()).hasSize(3);
    assertThat(fieldOf(kept(), "FlakesTest.Mixed.passes", "verdict")).isEqualTo("passes");
    assertThat(fieldOf(kept(), "FlakesTest.Mixed.passes", "schedules")).isEqualTo("30");
    assertThat(fieldOf(kept(), "FlakesTest.Mixed.fails", "verdict")).isEqualTo("broken");
    assertThat(fieldOf(kept(), "FlakesTest.Mixed.flickers", "verdict")).isEqualTo("flickers");
  }

  @Test
  void theRunItselfIsFirstInFirstOutAndFailsAsAUsualOne() {
    OnNoLoop.runs.set(0);

    EngineExecutionResults results = search("5", Mixed.class, OnNoLoop.class);

    results.testEvents().assertStatistics(counts -> counts.succeeded(3).failed(1).aborted(1));
    assertThat(Runs.tests(results)).containsOnly("virtual time", "isOnNoLoop()");
    assertThat(OnNoLoop.runs).hasValue(1);
    results.containerEvents().failed().assertEventsMatchLoosely(EventConditions.engine());
  }

  @Test
  void theTokenThatIsToldRepeatsTheFailure() throws IOException {
    search("30", Mixed.class);
    String replay = fieldOf(kept(), "FlakesTest.Mixed.flickers", "replay");

    Throwable again = Runs.failing(Runs.with(Map.of("standstill.replay", replay), Mixed.class));

    assertThat(Runs.print(again)).contains("-Dstandstill.replay=" + replay);
  }

  @Test
  void fixturesOfAllKindsRunForEachSchedule() {
    Mixed.calls.clear();

    search("7", PassesWithFixtures.class);

    assertThat(Mixed.calls.stream().filter("first"::equals)).hasSize(1 + 7);
    assertThat(Mixed.calls.stream().filter("after"::equals)).hasSize(1 + 7);
    assertThat(Mixed.calls.stream().filter("extension"::equals)).hasSize(1 + 7);
    assertThat(Mixed.calls.stream().filter("last"::equals)).hasSize(1 + 7);
  }

  static class Extending implements AfterEachCallback {
    @Override
    public void afterEach(ExtensionContext context) {
      Mixed.calls.add("extension");
    }
  }

  @ExtendWith(Extending.class)
  static class PassesWithFixtures {
    @BeforeAll
    static void first() {
      Mixed.calls.add("first");
    }

    @LoopTest
    void passes() throws InterruptedException {
      Thread.sleep(1);
    }

    @AfterEach
    void after() {
      Mixed.calls.add("after");
    }

    @AfterAll
    static void last() {
      Mixed.calls.add("last");
    }
  }

  @Test
  void aSecondSearchGoesOnWithFurtherSeeds() throws IOException {
    search("5", OnlyPasses.class);
    OnlyPasses.seeds.clear();

    search("5", OnlyPasses.class);

    assertThat(OnlyPasses.seeds).containsExactly("fifo", "5", "6", "7", "8", "9");
    assertThat(fieldOf(kept(), "FlakesTest.OnlyPasses.passes", "schedules")).isEqualTo("10");
  }

  static class OnlyPasses {
    static final List<String> seeds = Collections.synchronizedList(new ArrayList<>());

    @LoopTest
    void passes(TestLoop loop) {
      var seed = loop.schedule().seed();
      seeds.add(seed.isPresent() ? String.valueOf(seed.getAsLong()) : "fifo");
    }
  }

  static class AlsoPasses {
    static final AtomicInteger runs = new AtomicInteger();

    @LoopTest
    void passes() {
      runs.incrementAndGet();
    }
  }

  @Test
  void aSearchThatWasCutShortGoesOnWhereItWas() throws IOException {
    search("8", OnlyPasses.class, AlsoPasses.class);
    String cut = String.join("\n", kept()).replaceFirst("\"schedules\":8", "\"schedules\":3");
    Files.writeString(folder.resolve("flakes.jsonl"), cut);
    OnlyPasses.seeds.clear();
    AlsoPasses.runs.set(0);

    search(Map.of("standstill.flakes", "8"), OnlyPasses.class, AlsoPasses.class);

    // The one that was cut short has the rest, the other further ones.
    assertThat(AlsoPasses.runs.get() + OnlyPasses.seeds.size()).isEqualTo(1 + 5 + 1 + 8);
    assertThat(fieldOf(kept(), "FlakesTest.AlsoPasses.passes", "schedules")).isEqualTo("8");
    assertThat(fieldOf(kept(), "FlakesTest.OnlyPasses.passes", "schedules")).isEqualTo("16");
  }

  @Test
  void whatHasFlickeredIsRepeatedFirstAndFailsTheBuildAgain() throws IOException {
    search("30", Mixed.class);
    String found = fieldOf(kept(), "FlakesTest.Mixed.flickers", "seed");

    List<Throwable> failures = Runs.failures(search("30", Mixed.class));

    assertThat(failures.getLast()).hasMessageContaining("1 test flickers");
    assertThat(fieldOf(kept(), "FlakesTest.Mixed.flickers", "seed")).isEqualTo(found);
  }

  @Test
  void whatHasBeenRepairedIsSearchedFromTheBeginning() throws IOException {
    Repaired.isRepaired = false;
    assertThat(Runs.failures(search("30", Repaired.class))).hasSize(1);
    Repaired.isRepaired = true;

    Runs.failures(search("30", Repaired.class));

    assertThat(Runs.failures(search("30", Repaired.class))).isEmpty();
    assertThat(fieldOf(kept(), "FlakesTest.Repaired.isOrdered", "verdict")).isEqualTo("passes");
    assertThat(fieldOf(kept(), "FlakesTest.Repaired.isOrdered", "schedules")).isEqualTo("60");
  }

  static class Repaired {
    static boolean isRepaired;

    @LoopTest
    void isOrdered(TestLoop loop) throws Exception {
      var order = new StringBuilder();
      var a = loop.spawn("a", () -> order.append('a'));
      if (isRepaired) {
        a.get();
      }
      var b = loop.spawn("b", () -> order.append('b'));
      a.get();
      b.get();
      assertThat(order).hasToString("ab");
    }
  }

  @Test
  void aBudgetThatRunsOutLeavesTheRestForTheNextSearch() throws IOException {
    OnlyPasses.seeds.clear();

    EngineExecutionResults results =
        search(
            Map.of("standstill.flakes", "1000000", "standstill.flakes.for", "1 ns"),
            OnlyPasses.class,
            Mixed.class);

    assertThat(failures(results))
        .singleElement()
        .satisfies(failure -> assertThat(failure).hasMessage("always"));
    assertThat(OnlyPasses.seeds).containsExactly("fifo");
    assertThat(summary())
        .contains(
            "3 tests pass under all schedules so far: first in, first out and 0 seeds.",
            "Time was up before 3 tests had all that were asked for: the next search goes on there.");
  }

  @Test
  void whenTimeIsUpNoFurtherTestOfARoundBegins() {
    OnlyPasses.seeds.clear();

    EngineExecutionResults results =
        Runs.with(
            Map.of(Round.PARAMETER, new Round(3L, 0, System.nanoTime() - 1).toString()),
            OnlyPasses.class);

    assertThat(OnlyPasses.seeds).isEmpty();
    assertThat(Runs.reasonsOfSkips(results))
        .containsExactly("the time for finding flaky tests is up");
  }

  @Test
  void allTestsHaveASeedBeforeAnyHasTheNext() throws IOException {
    Turns.turns.clear();

    search("3", Turns.class);

    List<String> seeds = Turns.turns.stream().map(turn -> turn.replaceAll(".* ", "")).toList();
    assertThat(seeds).containsExactly("fifo", "fifo", "0", "0", "1", "1", "2", "2");
  }

  static class Turns {
    static final List<String> turns = Collections.synchronizedList(new ArrayList<>());

    @LoopTest
    void one(TestLoop loop) {
      note("one", loop);
    }

    @LoopTest
    void other(TestLoop loop) {
      note("other", loop);
    }

    private static void note(String test, TestLoop loop) {
      var seed = loop.schedule().seed();
      turns.add(test + " " + (seed.isPresent() ? String.valueOf(seed.getAsLong()) : "fifo"));
    }
  }

  @Test
  void testsThatDoNotDoTheSameAgainAreToldApartAndFailNothing() throws IOException {
    Once.runs.set(0);

    assertThat(Runs.failures(search("5", Once.class))).isEmpty();

    assertThat(summary())
        .contains(
            "1 test does not do the same again under one schedule: ",
            "first in, first out it has passed once and failed once: java.lang.IllegalStateException: a second time");
  }

  /** It passes once in a JVM. */
  static class Once {
    static final AtomicInteger runs = new AtomicInteger();

    @LoopTest
    void passesOnce() {
      if (runs.incrementAndGet() > 1) {
        throw new IllegalStateException("a second time");
      }
    }
  }

  @Test
  void seedsAndExplorationsOfTheTestsThemselvesGiveWay() {
    OnlyPasses.seeds.clear();

    search(Map.of("standstill.flakes", "2", "standstill.seeds", "50"), WithSeeds.class);

    assertThat(OnlyPasses.seeds).containsExactly("fifo", "fifo", "0", "0", "1", "1");
  }

  static class WithSeeds {
    @LoopTest(seeds = 100)
    void withSeeds(TestLoop loop) {
      new OnlyPasses().passes(loop);
    }

    @LoopTest(explore = 100)
    void explored(TestLoop loop) {
      new OnlyPasses().passes(loop);
    }
  }

  @Test
  void theInvocationThatFailsIsNamed() {
    Throwable found = Runs.failing(search("30", Parameterized.class));

    assertThat(found)
        .hasMessageContaining("FlakesTest.Parameterized.isOrdered\n")
        .hasMessageContaining("java.lang.AssertionError: ")
        .hasMessageContaining("@FlakesTest.Parameterized.isOrdered#2");
  }

  @LoopTest
  static class Parameterized {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isOrdered(boolean careful, TestLoop loop) throws Exception {
      var order = new StringBuilder();
      var a = loop.spawn("a", () -> order.append('a'));
      if (careful) {
        a.get();
      }
      var b = loop.spawn("b", () -> order.append('b'));
      a.get();
      b.get();
      if (!order.toString().equals("ab")) {
        throw new AssertionError(order);
      }
    }
  }

  @Test
  void plainTestsThatDriveALoopAreSearchedToo() {
    assertThat(Runs.failing(search("30", Driven.class)))
        .hasMessageContaining("FlakesTest.Driven.drives\n    under seed ");
  }

  @ExtendWith(LoopExtension.class)
  static class Driven {
    @Test
    void drives(TestLoop loop) {
      var order = new StringBuilder();
      loop.spawn("a", () -> order.append('a'));
      loop.spawn("b", () -> order.append('b'));
      loop.runUntilBlocked();
      assertThat(order).hasToString("ab");
    }
  }

  @Test
  void aClassWithOneLoopFlickersAsAWholeIfItsEndDoes() {
    assertThat(Runs.failing(search("30", LeavesTasks.class)))
        .hasMessageContaining("1 test flickers")
        .hasMessageContaining("FlakesTest$LeavesTasks\n    under seed ");
  }

  /** If the second task is the first to run, it is left at the end of the class. */
  @LoopScope(LoopScope.Kind.CLASS)
  static class LeavesTasks {
    @LoopTest
    void startsTwo(TestLoop loop) {
      var go = new CountDownLatch(1);
      var order = new StringBuilder();
      loop.spawn("a", () -> order.append('a'));
      loop.spawn(
          "b",
          () -> {
            if (!order.isEmpty()) {
              go.countDown();
            }
            go.await();
          });
    }
  }

  @Test
  void testsThatRunInParallelAreSearchedSo() throws IOException {
    Map<String, String> parallel = new HashMap<>(ParallelTest.EIGHT_AT_ONCE);
    parallel.put("standstill.flakes", "20");

    List<Throwable> failures =
        Runs.failures(
            search(
                parallel,
                Mixed.class,
                OnlyPasses.class,
                AlsoPasses.class,
                Parameterized.class,
                Turns.class));

    assertThat(failures.getLast())
        .hasMessageContaining("2 tests flicker: ")
        .hasMessageContaining("1 test is broken: ")
        .hasMessageContaining("5 tests pass under all schedules so far");
  }

  @Test
  void nothingIsKeptIfNotWanted() {
    OnlyPasses.seeds.clear();

    Runs.with(
        Map.of("standstill.flakes", "2", "standstill.flakes.folder", "none"), OnlyPasses.class);

    assertThat(OnlyPasses.seeds).containsExactly("fifo", "0", "1");
    assertThat(Path.of("none")).doesNotExist();
  }

  @Test
  void withoutTheParameterNothingIsSearched() {
    search("0", OnlyPasses.class);

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aTestToRepeatIsNoSearch() {
    OnlyPasses.seeds.clear();

    search(
        Map.of("standstill.flakes", "5", "standstill.replay", "2-s7-0-00000000"), OnlyPasses.class);

    assertThat(OnlyPasses.seeds).containsExactly("7");
  }
}
