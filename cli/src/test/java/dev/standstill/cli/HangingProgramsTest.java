package dev.standstill.cli;

import static dev.standstill.cli.ProgramsContract.Expected.ends;
import static dev.standstill.cli.ProgramsContract.Expected.isTold;
import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.children.Child;
import dev.standstill.children.Jvm;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Programs that hang on a JVM: the report names the culprit and its line. Their sources are in
 * {@code src/test/programs/hangs}.
 */
class HangingProgramsTest extends ProgramsContract {

  HangingProgramsTest() {
    super("hangs");
  }

  @Override
  Stream<Expected> programs() {
    return Stream.of(
        ends("ClassInit", "", "true", "true"),
        starvesCommonPool(1),
        starvesCommonPool(2),
        isTold(
            "UpgradeReadLock",
            "",
            "^Deadlock: 1 task waits for itself",
            "\"cleaner\" is blocked on a lock \\(\\S+\\), held for reading by \"cleaner\" itself",
            "at UpgradeReadLock.clear\\(UpgradeReadLock.java:17\\)",
            "Cycle: \"cleaner\" holds ",
            "virtual 0.1 s"),
        isTold(
            "PoolWaitsForItself",
            "",
            "^Deadlock: 3 tasks are blocked",
            "\"cook-1\" is blocked on a future .*queued in the pool of \"cook-.\": 3 waiting, 2 threads",
            "at PoolWaitsForItself.menu\\(PoolWaitsForItself.java:17\\)"),
        isTold(
            "ScheduledSwallows",
            "",
            "^Deadlock: ",
            "\"main\" is blocked on a latch",
            "Kept by a scheduled task .*: the mailbox is locked",
            "at ScheduledSwallows.poll\\(ScheduledSwallows.java:11\\)",
            "virtual 20 s"),
        isTold(
            "CacheCycle",
            "",
            "^Deadlock: 2 tasks wait for each other",
            "\"one\" is blocked on a monitor",
            "at CacheCycle.load\\(CacheCycle.java:19\\)",
            "\"two\" is blocked on a monitor",
            "at CacheCycle.load\\(CacheCycle.java:19\\)",
            "Cycle: "));
  }

  private static Expected starvesCommonPool(int threads) {
    return isTold(
            "CommonPoolBlocked",
            "",
            "^Deadlock: %d tasks are blocked".formatted(threads + 1),
            "\"main\" is blocked on a latch",
            "at CommonPoolBlocked.withTable\\(CommonPoolBlocked.java:16\\)",
            "\"ForkJoinPool.commonPool-worker-%d\" is blocked on a latch".formatted(threads),
            "at CommonPoolBlocked.withTable\\(CommonPoolBlocked.java:16\\)")
        .with("--common-pool=" + threads);
  }

  /** In a JVM of its own, because it is told of once. */
  @Test
  void initialisersThatNeedEachOtherAreToldOfAlthoughTheyDoNotHang() throws Exception {
    for (String schedule : List.of("", "--seed=0", "--seed=1")) {
      String[] arguments =
          Stream.of("run", "-cp", classes.toString(), schedule, "ClassInit")
              .filter(argument -> !argument.isEmpty())
              .toArray(String[]::new);
      try (Child child = Child.start(Jvm.of(List.of(Jvm.agent()), Main.class, arguments))) {
        assertThat(child.end().err())
            .contains("ClassInit$Tree needs ClassInit$Leaf, ClassInit$Leaf needs ClassInit$Tree.");
      }
    }
  }

  @Test
  void aHangThatDependsOnWhoIsFirstIsFoundBySomeSeeds() {
    assertThat(run("PhaserStartSignal", "").out()).isEqualTo("cancelled\n");

    List<Outcome> outcomes =
        IntStream.range(0, 20)
            .mapToObj(seed -> run("PhaserStartSignal", "", "--seed=" + seed))
            .toList();

    assertThat(outcomes)
        .anySatisfy(outcome -> assertThat(outcome.exitCode()).isEqualTo(3))
        .allSatisfy(outcome -> {
          if (outcome.exitCode() == 3) {
            assertThat(outcome.err())
                .startsWith("Deadlock: ")
                .contains("\"main\" is blocked on")
                .contains("at PhaserStartSignal.main(PhaserStartSignal.java:22)");
          } else {
            assertThat(outcome.out()).isEqualTo("cancelled\n");
          }
        });
  }
}
