package dev.standstill.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.junit.explored.Account;
import dev.standstill.test.TestLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** The search of a suite for tests that depend on the schedule, by exploring each. */
class FlakesByExploringTest {

  @TempDir Path folder;

  private EngineExecutionResults search(Map<String, String> more, Class<?>... suite) {
    Map<String, String> configuration = new HashMap<>(more);
    configuration.putIfAbsent("standstill.flakes", "60");
    configuration.putIfAbsent("standstill.flakes.by", "explore");
    configuration.put("standstill.flakes.folder", folder.toString());
    return Runs.with(configuration, suite);
  }

  private String summary() throws IOException {
    return Files.readString(folder.resolve("flakes.txt"));
  }

  private String kept(String test) throws IOException {
    return Files.readAllLines(folder.resolve("flakes.jsonl")).stream()
        .filter(line -> line.contains("\"test\":\"" + test + "\""))
        .findFirst()
        .orElseThrow();
  }

  /** Two threads book without a lock. */
  private static void bookTwice() throws InterruptedException {
    Account account = new Account();
    Thread one = Thread.startVirtualThread(() -> account.add(1));
    Thread other = Thread.startVirtualThread(() -> account.add(2));
    one.join();
    other.join();
    assertThat(account.balance()).isEqualTo(3);
  }

  static class Mixed {
    @LoopTest
    void losesABooking() throws InterruptedException {
      bookTwice();
    }

    @LoopTest
    void passes() throws InterruptedException {
      Account account = new Account();
      Thread one = Thread.startVirtualThread(() -> account.add(1));
      one.join();
      Thread.sleep(1000);
      assertThat(account.balance()).isEqualTo(1);
    }

    @LoopTest
    void fails() {
      throw new IllegalStateException("always");
    }
  }

  @LoopTest
  static class WithPlainTests {
    @Test
    void losesABooking() throws InterruptedException {
      bookTwice();
    }
  }

  @Test
  void whatSeedsDoNotFindIsFoundWithATokenThatRepeatsIt() throws IOException {
    assertThat(Runs.failures(search(Map.of("standstill.flakes.by", "seeds"), Mixed.class)))
        .hasSize(1);

    List<Throwable> failures = Runs.failures(search(Map.of(), Mixed.class));

    assertThat(failures).hasSize(2);
    assertThat(failures.getFirst()).hasMessage("always");
    assertThat(failures.getLast().getMessage())
        .contains(
            "1 test flickers: its outcome depends on the schedule.\n  FlakesByExploringTest.Mixed.losesABooking\n    explored: ",
            "1 test is broken: it fails first in, first out, too.\n  FlakesByExploringTest.Mixed.fails\n    java.lang.IllegalStateException: always",
            "1 test passes under all schedules so far: first in, first out and 60 explored schedules.");
    assertThat(summary().strip()).isEqualTo(failures.getLast().getMessage());
    String line =
        summary()
            .lines()
            .filter(each -> each.startsWith("    to repeat it: "))
            .findFirst()
            .orElseThrow();
    assertThat(line)
        .matches(
            " {4}to repeat it: -Dstandstill.explore=1 -Dstandstill.replay=\\S+@FlakesByExploringTest.Mixed.losesABooking");
    Map<String, String> repeat =
        Map.of("standstill.explore", "1", "standstill.replay", line.replaceFirst(".*replay=", ""));
    assertThat(Runs.failing(Runs.with(repeat, Mixed.class))).hasMessageContaining("expected: 3");
  }

  @Test
  void plainTestsOfAClassOnLoopsAreExploredToo() throws IOException {
    assertThat(Runs.failing(search(Map.of(), WithPlainTests.class)))
        .hasMessageContaining("FlakesByExploringTest.WithPlainTests.losesABooking");

    Map<String, String> repeat =
        Map.of(
            "standstill.explore",
            "1",
            "standstill.replay",
            kept("FlakesByExploringTest.WithPlainTests.losesABooking")
                .replaceFirst(".*\"replay\":\"([^\"]+)\".*", "$1"));
    assertThat(Runs.failing(Runs.with(repeat, WithPlainTests.class)))
        .hasMessageContaining("expected: 3");
  }

  @Test
  void aSecondSearchGoesOnWithFurtherSchedules() throws IOException {
    search(Map.of("standstill.flakes", "250"), OnlyPasses.class);
    assertThat(kept("FlakesByExploringTest.OnlyPasses.passes")).contains("\"explored\":250,");

    search(Map.of("standstill.flakes", "250"), OnlyPasses.class);
    assertThat(kept("FlakesByExploringTest.OnlyPasses.passes")).contains("\"explored\":500,");

    search(Map.of("standstill.flakes", "3", "standstill.flakes.by", "seeds"), OnlyPasses.class);
    assertThat(kept("FlakesByExploringTest.OnlyPasses.passes"))
        .contains("\"schedules\":3,", "\"explored\":500,");
  }

  static class OnlyPasses {
    @LoopTest
    void passes() throws InterruptedException {
      Thread thread = Thread.startVirtualThread(() -> {});
      thread.join();
    }
  }

  @Test
  void whatHasFlickeredIsRepeatedFirstAndIsSearchedAnewOnceItPasses() throws IOException {
    Repaired.isRepaired = false;
    Runs.failing(search(Map.of(), Repaired.class));
    String found = kept("FlakesByExploringTest.Repaired.books");

    Runs.failing(search(Map.of("standstill.flakes.by", "seeds"), Repaired.class));
    assertThat(kept("FlakesByExploringTest.Repaired.books")).isEqualTo(found);

    Repaired.isRepaired = true;
    assertThat(Runs.failures(search(Map.of(), Repaired.class))).isEmpty();
    assertThat(kept("FlakesByExploringTest.Repaired.books"))
        .contains("\"verdict\":\"passes\"", "\"explored\":60,");
  }

  static class Repaired {
    static boolean isRepaired;

    @LoopTest
    void books() throws InterruptedException {
      if (!isRepaired) {
        bookTwice();
      }
    }
  }

  @Test
  void aBudgetThatRunsOutLeavesTheRestForTheNextSearch() throws IOException {
    search(Map.of("standstill.flakes.for", "1 ns"), OnlyPasses.class);

    assertThat(summary())
        .contains(
            "1 test passes under all schedules so far: first in, first out and 0 explored schedules.",
            "Time was up before 1 test had all that were asked for: the next search goes on there.");
  }

  @Test
  void testsThatCannotBeExploredAreTold() throws IOException {
    assertThat(Runs.failures(search(Map.of(), Unexplorable.class, Sharing.class))).isEmpty();

    assertThat(summary())
        .contains("2 tests cannot be explored.\n")
        .contains("before(org.junit.jupiter.api.TestInfo) cannot be explored: its parameter")
        .contains("it shares its loop with others");
  }

  static class Unexplorable {
    @BeforeEach
    void before(TestInfo info) {
      assertThat(info).isNotNull();
    }

    @LoopTest
    void hasAFixtureThatAsksForMore(TestLoop loop) {
      loop.spawn("task", () -> {});
    }
  }

  @LoopTest
  @LoopScope(LoopScope.Kind.CLASS)
  static class Sharing {
    @Test
    void sharesItsLoop() throws InterruptedException {
      Thread.sleep(1);
    }
  }

  @Test
  void aWayThatThereIsNotIsRefused() {
    assertThat(Runs.failures(search(Map.of("standstill.flakes.by", "chance"), OnlyPasses.class)))
        .first()
        .asString()
        .contains("standstill.flakes.by = \"chance\" is neither \"explore\" nor \"seeds\"");
  }
}
