package dev.standstill.children;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it needs a shell and its signals")
class ChildTest {

  /** Prints a line, then waits for ever. */
  static final class Stuck {
    static void main() throws InterruptedException {
      System.out.println("up");
      new CountDownLatch(1).await();
    }
  }

  /** Interrupts a child of its own, as Ctrl-C does. */
  static final class Interrupter {
    static void main() throws Exception {
      try (Child child = Child.start(sh("echo up; exec sleep 1000"))) {
        child.readLine();
        child.signal("INT");
        System.out.println("ended with " + child.end().status());
      }
    }
  }

  private static ProcessBuilder sh(String script) {
    return new ProcessBuilder("sh", "-c", script);
  }

  @Test
  void tellsHowAProcessEndedAndWhatItPrinted() throws Exception {
    assertThat(Child.run(sh("echo out; echo err >&2; exit 3")))
        .isEqualTo(new Child.Result(3, "out\n", "err\n"));
    assertThat(Child.run(sh("echo out; echo err >&2").redirectErrorStream(true)))
        .isEqualTo(new Child.Result(0, "out\nerr\n", ""));
  }

  @Test
  void readsLineAfterLine() throws Exception {
    try (Child child = Child.start(sh("echo one; echo two; echo three"))) {
      assertThat(child.readLine()).isEqualTo("one");
      assertThat(child.readLine()).isEqualTo("two");
      assertThat(child.end().out()).isEqualTo("one\ntwo\nthree\n");
    }
  }

  @Test
  void saysThatThereIsNoFurtherLine() throws Exception {
    try (Child child = Child.start(sh("echo reason >&2; exit 3"))) {
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(child::readLine)
          .withMessageContaining("exit 3")
          .withMessageContaining("reason");
    }
  }

  @Test
  void atTheLimitAJvmIsKilledAndItsStacksAreShown() throws Exception {
    try (Child child = Child.start(Jvm.of(List.of(), Stuck.class))) {
      child.readLine();
      child.expire();

      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(child::end)
          .withMessageStartingWith("Killed, because it still ran after PT5M: [")
          .withMessageContaining("\nup\n")
          .withMessageContaining("CountDownLatch.await(");
    }
  }

  @Test
  void atTheLimitWhatAProcessStartedIsKilledToo() throws Exception {
    try (Child child = Child.start(sh("sleep 1000 & sleep 1000"), Duration.ofMillis(100))) {
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(child::readLine)
          .withMessageContaining("still ran after PT0.1S");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aProcessHearsOfSignalsThatTheBuildIgnores() throws Exception {
    List<String> command = Jvm.of(List.of(), Interrupter.class).command();
    String quoted = "'" + String.join("' '", command) + "'";

    assertThat(Child.run(sh("trap '' INT; " + quoted)))
        .isEqualTo(new Child.Result(0, "ended with 130\n", ""));
  }
}
