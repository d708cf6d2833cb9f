package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.standstill.ThrowingRunnable;
import dev.standstill.probe.Workshop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a failed run prints repeats it: fail, read what was printed, replay, compare. */
class ReplayTest {

  private static final Pattern HOW_TO_REPEAT =
      Pattern.compile("To repeat the run: TestLoop\\.builder\\(\\)\\.replay\\(\"([^\"]+)\"\\)");

  /** What a run left behind, all of which a replay has to repeat. */
  private record Outcome(String printed, String trace, String token) {}

  /** Runs a program that fails under some schedules; returns what it left, or null if it passed. */
  private static Outcome failure(TestLoop.Builder builder, Program program) throws Exception {
    try (var _ = new CapturedLog();
        TestLoop loop = builder.trace().open()) {
      try {
        program.run(loop);
        return null;
      } catch (DeadlockException | LostUpdate e) {
        return new Outcome(e.getMessage(), loop.trace().toString(), "" + loop.replayToken());
      }
    }
  }

  private interface Program {
    void run(TestLoop loop) throws Exception;
  }

  private static final class LostUpdate extends Exception {
    private static final long serialVersionUID = 1L;

    LostUpdate(String message) {
      super(message);
    }
  }

  /** Two tasks take two locks in different order; whether they meet depends on the schedule. */
  private static void philosophers(TestLoop loop) throws Exception {
    var left = new ReentrantLock();
    var right = new ReentrantLock();
    loop.run(() -> {
      Thread one = Thread.ofVirtual().name("one").start(() -> eat(left, right));
      Thread two = Thread.ofVirtual().name("two").start(() -> eat(right, left));
      one.join();
      two.join();
    });
  }

  private static void eat(ReentrantLock first, ReentrantLock second) {
    Thread.yield();
    first.lock();
    Thread.yield();
    second.lock();
    second.unlock();
    first.unlock();
  }

  private static Outcome firstFailure(Program program) throws Exception {
    for (long seed = 0; seed < 1000; seed++) {
      Outcome outcome = failure(TestLoop.builder().seed(seed), program);
      if (outcome != null) {
        return outcome;
      }
    }
    throw new AssertionError("No seed made the program fail.");
  }

  private static String printedToken(String printed) {
    Matcher matcher = HOW_TO_REPEAT.matcher(printed);
    assertThat(matcher.find()).as(printed).isTrue();
    return matcher.group(1);
  }

  @Test
  void theTokenThatAFailurePrintsRepeatsItByteForByte() throws Exception {
    Outcome original = firstFailure(ReplayTest::philosophers);

    String token = printedToken(original.printed());
    Outcome replayed = failure(TestLoop.builder().replay(token), ReplayTest::philosophers);

    assertThat(replayed).isEqualTo(original);
    assertThat(token).isEqualTo(original.token());
  }

  @Test
  void theChoicesOfARunRepeatItWithoutItsSeed() throws Exception {
    Outcome original = firstFailure(ReplayTest::philosophers);
    Schedule choices;
    try (TestLoop loop = TestLoop.builder().replay(original.token()).open();
        var _ = new CapturedLog()) {
      assertThatExceptionOfType(DeadlockException.class).isThrownBy(() -> philosophers(loop));
      Schedule made = loop.schedule();
      choices = Schedule.fifo().startingWith(made.choices()).preempting(made.preemptions());
    }

    Outcome repeated = failure(TestLoop.builder().schedule(choices), ReplayTest::philosophers);
    assertThat(repeated.trace()).isEqualTo(original.trace());

    Outcome replayed =
        failure(TestLoop.builder().replay(repeated.token()), ReplayTest::philosophers);
    assertThat(replayed).isEqualTo(repeated);
  }

  @Test
  void aFailedTaskIsRepeatedByTheTokenOfTheExceptionAtTheEnd() throws Exception {
    String printed = unobservedFailure(TestLoop.builder().seed(5));
    String token = printedToken(printed);

    assertThat(unobservedFailure(TestLoop.builder().replay(token))).isEqualTo(printed);
  }

  @Test
  void aToolMaySayInItsOwnWordsHowToRepeatARun() throws Exception {
    Outcome original = firstFailure(ReplayTest::philosophers);
    TestLoop.Builder same = TestLoop.builder().replay(original.token());
    Outcome quiet = failure(same.withoutReplayHint(), ReplayTest::philosophers);

    assertThat(original.printed())
        .isEqualTo(
            "%s%nTo repeat the run: TestLoop.builder().replay(\"%s\")",
            quiet.printed(), original.token());
    assertThat(quiet.token()).isEqualTo(original.token());
    assertThat(unobservedFailure(TestLoop.builder().withoutReplayHint()))
        .doesNotContain("repeat the run");
  }

  private static String unobservedFailure(TestLoop.Builder builder) {
    TestLoop loop = builder.open();
    List<String> order = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      String name = "task-" + i;
      loop.spawn(name, () -> order.add(name));
    }
    loop.spawn(
        "broken",
        () -> {
          Thread.yield();
          throw new IllegalStateException("after " + order);
        });
    loop.runUntilBlocked();
    try {
      loop.close();
      throw new AssertionError("The failure was lost.");
    } catch (TaskFailedException e) {
      return e.getMessage();
    }
  }

  @Test
  void aRunOfManyKindsOfWaitsIsRepeated() throws Exception {
    String original = Workshop.run(11, 4);
    String token = original.lines().toList().getLast();

    assertThat(ReplayToken.parse(token).schedule()).isEqualTo(Schedule.seeded(11));
    assertThat(ReplayToken.parse(token)).hasToString(token);
  }

  @Test
  void aReplayThatIsOneIsSilent() throws Exception {
    ReplayToken token = tokenOf(() -> Thread.sleep(1));

    assertThat(logOfReplay(token, () -> Thread.sleep(1))).isEmpty();
  }

  @Test
  void theReplayOfARunThatDidNothingIsSilentToo() {
    String token;
    try (TestLoop loop = TestLoop.open()) {
      token = loop.replayToken().toString();
    }
    try (var log = new CapturedLog()) {
      TestLoop.builder().replay(token).open().close();

      assertThat(log.messages()).isEmpty();
    }
  }

  @Test
  void aReplayThatGoesAnotherWayIsLogged() throws Exception {
    ReplayToken token = tokenOf(() -> Thread.sleep(1));

    assertThat(logOfReplay(token, () -> Thread.sleep(2)))
        .containsExactly(
            "The replay of "
                + token
                + " went another way than the recorded run: the program depends on something that the loop does not control, or has been changed.");
  }

  @Test
  void aReplayThatEndsEarlyIsLogged() throws Exception {
    ReplayToken token = tokenOf(() -> Thread.sleep(1));

    assertThat(logOfReplay(token, () -> {}))
        .containsExactly(
            "The replay of " + token + " ended after 1 slices, before the recorded run did.");
  }

  private static ReplayToken tokenOf(ThrowingRunnable body) throws Exception {
    try (TestLoop loop = TestLoop.builder().seed(3).open()) {
      loop.run(body);
      return loop.replayToken();
    }
  }

  private static List<String> logOfReplay(ReplayToken token, ThrowingRunnable body)
      throws Exception {
    try (var log = new CapturedLog()) {
      try (TestLoop loop = TestLoop.builder().replay(token.toString()).open()) {
        loop.run(body);
      }
      return log.messages();
    }
  }

  @Test
  void fixedChoicesAreMadeFirst() throws Exception {
    assertThat(order(Schedule.fifo())).containsExactly(0, 1, 2);
    assertThat(order(Schedule.fifo().startingWith(2))).containsExactly(2, 1, 0);
    assertThat(order(Schedule.fifo().startingWith(1, 1))).containsExactly(1, 2, 0);
  }

  /** A choice that is not there, because the program has changed, becomes the last there is. */
  @Test
  void aChoiceThatIsNotThereBecomesTheLast() throws Exception {
    assertThat(order(Schedule.fifo().startingWith(99)))
        .isEqualTo(order(Schedule.fifo().startingWith(2)));
  }

  private static List<Integer> order(Schedule schedule) throws Exception {
    List<Integer> order = new ArrayList<>();
    try (TestLoop loop = TestLoop.builder().schedule(schedule).open()) {
      for (int i = 0; i < 3; i++) {
        int number = i;
        loop.spawn(() -> order.add(number));
      }
      loop.runUntilBlocked();
    }
    return order;
  }

  @Test
  void aScheduleIsAValue() {
    Schedule schedule = Schedule.seeded(7).startingWith(1, 0, 2);

    assertThat(schedule).isEqualTo(Schedule.seeded(7).startingWith(1, 0, 2));
    assertThat(schedule).hasSameHashCodeAs(Schedule.seeded(7).startingWith(1, 0, 2));
    assertThat(schedule).isNotEqualTo(Schedule.fifo().startingWith(1, 0, 2));
    assertThat(schedule).hasToString("3 choices, then seed 7");
    assertThat(Schedule.fifo()).hasToString("first in, first out");
    assertThat(schedule.choices()).containsExactly(1, 0, 2);
    schedule.choices()[0] = 9;
    assertThat(schedule.choices()).containsExactly(1, 0, 2);
  }

  @Test
  void aNegativeChoiceIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.fifo().startingWith(0, -1))
        .withMessage("A choice is a position among the ready tasks, 0 or more, not -1.");
  }

  @Test
  void tokensKeepEverySeedAndChoice() {
    for (long seed : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      Schedule schedule = Schedule.seeded(seed).startingWith(0, 1, 254, 255, 256, 70_000);
      ReplayToken token = new ReplayToken(schedule, 123, -5);

      assertThat(ReplayToken.parse(token.toString())).isEqualTo(token);
      assertThat(ReplayToken.parse(" " + token + "\n").schedule()).isEqualTo(schedule);
      ReplayToken noted = token.withNote("aZ-_09");
      assertThat(ReplayToken.parse(noted.toString())).isEqualTo(noted).isNotEqualTo(token);
    }
  }

  @Test
  void longTokensThatRepeatThemselvesAreShort() {
    int[] turns = IntStream.range(0, 100_000).map(choice -> choice % 3).toArray();
    int[] waits = IntStream.range(0, 100_000).map(wait -> wait * 7).toArray();
    Schedule schedule = Schedule.fifo().startingWith(turns).preempting(waits);
    ReplayToken token = new ReplayToken(schedule, 300_000, 5);

    assertThat(token.toString()).hasSizeLessThan(1_000);
    assertThat(ReplayToken.parse(token.toString())).isEqualTo(token);
  }

  @Test
  void theLastChoicesAreLeftOutWhereTheyAreMadeAnyway() {
    Schedule fifo = Schedule.fifo();

    assertThat(fifo.startingWith(0, 2, 0, 0).shortened()).isEqualTo(fifo.startingWith(0, 2));
    assertThat(fifo.startingWith(0, 0).shortened()).isEqualTo(fifo);
    assertThat(fifo.startingWith(0, 0).preempting(new int[] {3}).shortened())
        .as("who waits is not left out")
        .isEqualTo(fifo.startingWith(0).preempting(new int[] {3}));
    Schedule seeded = Schedule.seeded(1).startingWith(0, 0);
    assertThat(seeded.shortened()).isEqualTo(seeded);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "fifo",
        "2-fifo",
        "2-fifo-3",
        "2-fifo-3-xyz",
        "2-s-3-00000000",
        "2-fifo-x-00000000",
        "2-s12345678901234567-3-00000000",
        "replay me"
      })
  void whatIsNoTokenIsRefusedWithItsShape(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestLoop.builder().replay(text))
        .withMessage(
            "\""
                + text
                + "\" is no replay token: a token looks like 2-s1f-42-9c0e11d2, as a failed run prints it.");
  }

  @Test
  void aTokenOfAnotherVersionIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReplayToken.parse("1-fifo-3-00000000"))
        .withMessageContaining("is of another version of Standstill");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2-fifo.A-3-00000000", "2-fifo.~AAAA-3-00000000"})
  void choicesThatCannotBeReadAreRefused(String token) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReplayToken.parse(token))
        .withMessage("\"" + token + "\" is no replay token: its choices cannot be read.");
  }

  @Test
  void aRunUnderLoadOfTimeIsRepeatedUpToWhereItStopped() throws Exception {
    try (TestLoop loop = TestLoop.builder().seed(1).open()) {
      loop.spawn("ticker", ReplayTest::tick);
      loop.advance(Duration.ofSeconds(5));
      ReplayToken token = loop.replayToken();
      try (TestLoop replay = TestLoop.builder().replay(token.toString()).open()) {
        replay.spawn("ticker", ReplayTest::tick);
        replay.advance(Duration.ofSeconds(5));

        assertThat(replay.replayToken()).isEqualTo(token);
      }
    }
  }

  private static void tick() throws InterruptedException {
    for (int i = 0; i < 5; i++) {
      Thread.sleep(Duration.ofSeconds(1));
    }
  }
}
