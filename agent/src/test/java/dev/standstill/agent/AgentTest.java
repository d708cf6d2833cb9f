package dev.standstill.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.probe.Async;
import dev.standstill.probe.Exit;
import dev.standstill.probe.Facts;
import dev.standstill.probe.HandOvers;
import dev.standstill.probe.MissingClass;
import dev.standstill.probe.PinnedPark;
import dev.standstill.probe.Sockets;
import dev.standstill.probe.SystemClocks;
import dev.standstill.probe.TimedWaits;
import dev.standstill.probe.Untouched;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program sees that was started with {@code -javaagent:}. */
class AgentTest {

  private static final String LOOP_INSTANT =
      Instant.ofEpochSecond(Loop.EPOCH_SECOND, Loop.NANOS_IN_SECOND).toString();

  @Test
  void printsNothingOfItsOwn() throws Exception {
    assertThat(AgentJvm.runWithAgent(Untouched.class))
        .isEqualTo(new AgentJvm.Result(0, "hello" + System.lineSeparator(), ""));
  }

  @Test
  void putsItsHooksIntoJavaBaseAndMissesNothing() throws Exception {
    assertThat(AgentJvm.runWithAgent(Facts.class).values())
        .containsEntry("module", "java.base")
        .containsEntry("public", "true")
        .containsEntry("active", "false")
        .containsEntry("problem", "null");
  }

  @Test
  void tellsTheLoopsWhatTheJdkLacksAndLetsTheProgramRun(@TempDir Path patch) throws Exception {
    Path poller = Files.createDirectories(patch.resolve("sun/nio/ch")).resolve("Poller.class");
    Files.write(poller, JdkClass.withoutMethod("sun/nio/ch/Poller", "poll"));
    List<String> flags =
        List.of("--patch-module", "java.base=" + patch, "-javaagent:" + AgentJvm.agent());
    AgentJvm.Result result = AgentJvm.run(flags, Facts.class);
    assertThat(result.status()).isZero();
    assertThat(result.values().get("problem"))
        .startsWith("On JDK " + Runtime.version())
        .contains("sun.nio.ch.Poller.poll")
        .endsWith("or use a newer Standstill.");
  }

  @Test
  void opensThePackagesOfTheJdkToAModuleThatAsks() throws Exception {
    assertThat(AgentJvm.runWithAgent(Facts.class).values())
        .containsEntry(
            "opened",
            "java.lang java.util.concurrent java.util.concurrent.locks"
                + " jdk.internal.misc jdk.internal.vm sun.nio.ch");
  }

  @Test
  void startsOnceThoughItIsLoadedTwice() throws Exception {
    String flag = "-javaagent:" + AgentJvm.agent();
    AgentJvm.Result result = AgentJvm.run(List.of(flag, flag), Facts.class);
    assertThat(result.err()).isEmpty();
    assertThat(result.values()).containsEntry("problem", "null");
  }

  @Test
  void answersEveryClockOfTheJdkWithTheTimeOfTheLoop() throws Exception {
    Map<String, String> values = clocksOf("task");
    assertThat(values).hasSize(13);
    assertThat(values.get("System.nanoTime")).isEqualTo("42");
    assertThat(values.get("System::nanoTime")).isEqualTo("42");
    values.keySet().removeIf(clock -> clock.endsWith("nanoTime"));
    assertThat(values.values())
        .containsOnly(
            LOOP_INSTANT,
            LOOP_INSTANT.replace("Z", ""),
            "2000-01-01T00:00:00Z",
            Long.toString(Loop.EPOCH_SECOND * 1000));
  }

  @Test
  void leavesOtherThreadsInRealTime() throws Exception {
    for (String thread : List.of("other", "main")) {
      Map<String, String> values = clocksOf(thread);
      assertThat(values).hasSize(13);
      assertThat(values.values())
          .noneMatch(value -> value.equals("42") || value.startsWith("2000-01-01"))
          .doesNotContain(Long.toString(Loop.EPOCH_SECOND * 1000));
    }
  }

  private static Map<String, String> clocksOf(String thread) throws Exception {
    Map<String, String> values = AgentJvm.runWithAgent(SystemClocks.class).values();
    values.keySet().removeIf(name -> !name.startsWith(thread + " "));
    return values.entrySet().stream()
        .collect(
            Collectors.toMap(
                entry -> entry.getKey().substring(thread.length() + 1), Map.Entry::getValue));
  }

  @Test
  void asksTheLoopForTheTimeInEachTimedWait() throws Exception {
    Map<String, String> reads = AgentJvm.runWithAgent(TimedWaits.class).values();
    assertThat(reads).hasSize(20);
    assertThat(reads).allSatisfy((wait, count) -> assertThat(Integer.parseInt(count)).isPositive());
  }

  @Test
  void runsAsynchronousStagesOnTheExecutorOfTheLoop() throws Exception {
    assertThat(AgentJvm.runWithAgent(Async.class).values())
        .containsEntry("supplyAsync", "true")
        .containsEntry("runs", "true")
        .containsEntry("thenApplyAsync", "true")
        .containsEntry("outside supplyAsync", "false");
  }

  @Test
  void offersTimeoutsAndDelaysToTheLoop() throws Exception {
    assertThat(AgentJvm.runWithAgent(Async.class).values())
        .containsEntry("completeOnTimeout", "10000000000")
        .containsEntry("after the timeout", "late")
        .containsEntry("cancelled in time", "true")
        .containsEntry("delayedExecutor", "1000000")
        .containsEntry("after the delay", "true");
  }

  @Test
  void leavesTimeoutsThatTheLoopDoesNotTakeToTheJdk() throws Exception {
    assertThat(AgentJvm.runWithAgent(Async.class).values())
        .containsEntry("outside completeOnTimeout", "late")
        .containsEntry("refused delayedExecutor", "false");
  }

  @Test
  void tellsTheLoopWhenATaskWaitsForASocketAndWhenItNoLongerDoes() throws Exception {
    assertThat(AgentJvm.runWithAgent(Sockets.class).values())
        .containsEntry("read", "1 entered, 1 left")
        .containsEntry("timed read", "2 entered, 2 left")
        .containsEntry("read by a platform thread", "2 entered, 2 left")
        .containsEntry("park for no socket", "2 entered, 2 left");
  }

  @Test
  void offersTheParksOfPinnedTasksToTheLoop() throws Exception {
    assertThat(AgentJvm.runWithAgent(PinnedPark.class).values())
        .containsEntry("offered", "[0, 1000000000000]")
        .containsEntry("refused", "returned");
  }

  @Test
  void letsTheLoopTakeTheExitOfTheJvmAndItsShutdownHooks() throws Exception {
    AgentJvm.Result result = AgentJvm.run(List.of("-javaagent:" + AgentJvm.agent()), Exit.class);
    assertThat(result.values())
        .containsEntry("taken", "[3, 4]")
        .containsEntry("hooks", "1")
        .doesNotContainKey("run by the JVM");
    assertThat(result.status()).isEqualTo(9);
  }

  @Test
  void keepsMonitorsMovingBetweenVirtualThreads() throws Exception {
    assertThat(AgentJvm.runWithAgent(HandOvers.class).values()).containsEntry("turns", "20000");
  }

  @Test
  void rewritesAClassThatRefersToMissingClasses() throws Exception {
    assertThat(AgentJvm.runWithAgent(MissingClass.class).values()).containsEntry("nanoTime", "42");
  }
}
