package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.children.Jvm;
import dev.standstill.probe.FirstCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the loop does not control is found, with the line of the program where the runs part. */
class NondeterminismTest {

  private static final Schedule SCHEDULE = Schedule.seeded(1);

  private static int line;

  @TempDir Path directory;

  @Test
  void aFilesModificationTimeIsFoundWhereTheProgramWaitsForIt() throws Exception {
    Path file = Files.createFile(directory.resolve("leak"));
    AtomicInteger changes = new AtomicInteger();

    assertThatDifferenceIn(
            loop -> {
              touch(file, changes.incrementAndGet());
              loop.run(() -> waitForAgeOf(file));
            })
        .hasMessageStartingWith("Two runs with one schedule (seed 1) differ from slice 2 on")
        .message()
        .contains("First run:  2 +PT1S", "Second run: 2 +PT2S")
        .containsPattern(
            "after it had stopped in slice 1 at \\+PT0S\\R(      at java.*\\R)+"
                + here("waitForAgeOf"));
  }

  private static void touch(Path file, int seconds) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(seconds)));
  }

  private static void waitForAgeOf(Path file) throws Exception {
    Duration age = Duration.ofSeconds(Files.getLastModifiedTime(file).to(TimeUnit.SECONDS));
    line = nextLine();
    Thread.sleep(age);
  }

  @Test
  void anOutsideThreadIsFoundWhereTheProgramTakesAnotherWay() throws Exception {
    AtomicInteger answers = new AtomicInteger();

    assertThatDifferenceIn(
            loop -> {
              Thread outside = new Thread(answers::incrementAndGet, "outside");
              outside.start();
              outside.join();
              loop.run(() -> takeOneOfTwoWays(answers.get()));
            })
        .message()
        .containsPattern("First run:  .*\\R(      at java.*\\R)+" + here("takeOneOfTwoWays"))
        .containsPattern(
            "Second run: .*\\R(      at java.*\\R)+      at .*NondeterminismTest\\.yieldTwice\\(");
  }

  private static void takeOneOfTwoWays(int answer) throws InterruptedException {
    if (answer == 1) {
      line = nextLine();
      Thread.sleep(1);
    } else {
      yieldTwice();
    }
  }

  private static void yieldTwice() {
    Thread.yield();
    Thread.yield();
  }

  @Test
  void whatAJvmDoesOnceIsNoDifference() throws Exception {
    assertThat(Jvm.runWithAgent(FirstCheck.class, "1", "2").lines())
        .containsExactly("1 is one run", "2 is one run");
  }

  private static AbstractThrowableAssert<?, ?> assertThatDifferenceIn(TestLoop.Body body) {
    return assertThatThrownBy(() -> TestLoop.checkDeterminism(SCHEDULE, body))
        .isInstanceOf(NondeterminismException.class);
  }

  private static int nextLine() {
    return new Throwable().getStackTrace()[1].getLineNumber() + 1;
  }

  /** The frame of a method at the line that it noted down. */
  private static String here(String method) {
    return "      at .*NondeterminismTest\\.%s\\(NondeterminismTest\\.java:%d\\)"
        .formatted(method, line);
  }
}
