package dev.standstill.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.explore.ScheduleFailure;
import dev.standstill.junit.explored.Bookings;
import dev.standstill.test.TestLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** Runs that are repeated: of which test, and whether they are. */
class ReplayedTestTest {

  private static final String REPLAY = "standstill.replay";

  /** One test that fails under the seed 1, and others beside it. */
  static class Several {
    static final List<String> ran = new ArrayList<>();

    @LoopTest
    void first() throws InterruptedException {
      ran.add("first");
      Thread.sleep(1);
    }

    @LoopTest(seeds = 100)
    void flickers(TestLoop loop) throws Exception {
      ran.add("flickers");
      var order = new StringBuilder();
      var a = loop.spawn("a", () -> order.append('a'));
      var b = loop.spawn("b", () -> order.append('b'));
      a.get();
      b.get();
      assertThat(order).hasToString("ab");
    }

    @LoopTest
    void third() {
      ran.add("third");
    }

    @Nested
    class Inner {
      @LoopTest
      void first() {
        ran.add("Inner.first");
      }
    }
  }

  private static String printedReplay(Throwable failure) {
    return Runs.print(failure).replaceAll("(?s).*-Dstandstill\\.replay=(\\S+).*", "$1");
  }

  private static String found() {
    String replay = printedReplay(Runs.failing(Runs.of(Several.class)));
    Several.ran.clear();
    return replay;
  }

  private static EngineExecutionResults replaying(String replay, Class<?>... tests) {
    return Runs.with(Map.of(REPLAY, replay), tests);
  }

  @Test
  void whatIsPrintedNamesTheTestAndLeavesOutOthers() {
    String replay = found();
    assertThat(replay).endsWith("@ReplayedTestTest.Several.flickers");

    var results = replaying(replay, Several.class);

    assertThat(printedReplay(Runs.failing(results))).isEqualTo(replay);
    assertThat(Several.ran).containsExactly("flickers");
    assertThat(Runs.reasonsOfSkips(results))
        .hasSize(3)
        .containsOnly("standstill.replay is of ReplayedTestTest.Several.flickers");
  }

  @Test
  void aTokenAloneIsRefusedForASecondTest() {
    String token = found().replaceAll("@.*", "");

    List<Throwable> failures = Runs.failures(replaying(token, Several.class));

    assertThat(Several.ran).hasSize(1);
    assertThat(failures)
        .anySatisfy(failure ->
            assertThat(failure)
                .hasMessageContaining(
                    "The replay token "
                        + token
                        + " (standstill.replay) is the run of one test, and two are to repeat it: ")
                .hasMessageContaining(
                    "-Dstandstill.replay=" + token + "@ReplayedTestTest.Several."));
  }

  @Test
  void aTokenOnAClassWithSeveralTestsIsRefused() {
    assertThat(Runs.failures(Runs.of(TokenOnTheClass.class)))
        .anySatisfy(failure ->
            assertThat(failure)
                .hasMessageContaining(
                    "(@LoopTest on ReplayedTestTest.TokenOnTheClass) is the run of one test"));
  }

  @LoopTest(replay = "2-fifo-2-00000000")
  static class TokenOnTheClass {
    @Test
    void first() {}

    @Test
    void second() {}
  }

  @Test
  void aTokenForTheOnlyTestNeedsNoName() {
    String replay = found();

    Throwable again =
        Runs.failing(
            Runs.method(Map.of(REPLAY, replay.replaceAll("@.*", "")), Several.class, "flickers"));

    assertThat(printedReplay(again)).isEqualTo(replay);
  }

  @Test
  void theNameMayHaveItsPackage() {
    String replay = found().replace("@", "@dev.standstill.junit.");

    assertThat(Runs.failures(replaying(replay, Several.class))).hasSize(1);
    assertThat(Several.ran).containsExactly("flickers");
  }

  @Test
  void anInvocationOfSeveralIsNamedByItsNumber() {
    List<Throwable> failures = Runs.failures(Runs.of(Numbered.class));
    assertThat(failures).hasSize(2);
    String replay = printedReplay(failures.getLast());
    assertThat(replay).endsWith("@ReplayedTestTest.Numbered.isSmall#4");

    assertThat(Runs.failing(replaying(replay, Numbered.class))).hasMessageContaining("4");
  }

  @LoopTest
  static class Numbered {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void isSmall(int number) {
      assertThat(number).isLessThan(3);
    }
  }

  @Test
  void aNameIsOneWordForAShell() {
    assertThat(new TestName("a.b", "a.b.Shop.Inner", "sells"))
        .hasToString("Shop.Inner.sells")
        .matches(name -> name.isMeantBy("Inner.sells") && name.isMeantBy("a.b.Shop.Inner"))
        .matches(name -> !name.isMeantBy("er.sells") && !name.isMeantBy("Shop.Inner.sell"))
        .matches(TestName::isForPeople);
    assertThat(new TestName("REPL", "REPL..JShell.12.Shop", "sells").isForPeople()).isFalse();
  }

  @Test
  void theRunOfAClassWithOneLoopIsNamedByTheClass() {
    String replay = printedReplay(Runs.failing(OneLoop.class));
    assertThat(replay).endsWith("@ReplayedTestTest.OneLoop");

    Throwable again = Runs.failing(replaying(replay, OneLoop.class, Several.class));

    assertThat(printedReplay(again)).isEqualTo(replay);
  }

  @LoopScope(LoopScope.Kind.CLASS)
  static class OneLoop {
    @LoopTest
    void passes() throws InterruptedException {
      Thread.sleep(1);
    }

    @LoopTest
    void waitsForNobody() throws InterruptedException {
      new CountDownLatch(1).await();
    }
  }

  @Test
  void aRunThatGoesAnotherWayFails() {
    assertThat(Runs.failing(GoesAnotherWay.class))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith(
            "The replay of 2-s1f-1-00000000 went another way than the recorded run: the program depends on something that the loop does not control, or has been changed. So what became of the test is not what became of it in that run.")
        .hasMessageContaining("@LoopTest(seeds = 1_000)");
  }

  static class GoesAnotherWay {
    @LoopTest(replay = "2-s1f-1-00000000")
    void passes() {}
  }

  @Test
  void aRunThatEndsEarlyFails() {
    assertThat(Runs.failing(EndsEarly.class))
        .hasMessageContaining("before the recorded run did. So what became of the test");
  }

  static class EndsEarly {
    @LoopTest(replay = "2-fifo-1000-12345678")
    void passes() {}
  }

  @Test
  void anExploredRunThatGoesAnotherWayFails() {
    ScheduleFailure found = (ScheduleFailure) Runs.failing(Bookings.Overbooked.class);
    String token = found.token().toString();

    Throwable other = Runs.failing(Runs.with(Map.of(REPLAY, token), ExploredOtherwise.class));

    assertThat(other)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("it passes, but it is not the one of the token");
  }

  static class ExploredOtherwise {
    @LoopTest(explore = 10)
    void passes() throws InterruptedException {
      Thread thread = Thread.startVirtualThread(() -> {});
      thread.join();
    }
  }
}
