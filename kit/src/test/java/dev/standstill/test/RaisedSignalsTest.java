package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.EventLoop;
import dev.standstill.SignalRegistration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals on a loop in virtual time: the test sends them. */
class RaisedSignalsTest {

  private final TestLoop loop = TestLoop.open();
  private final List<String> seen = new ArrayList<>();

  @AfterEach
  void close() {
    loop.close();
  }

  private void see(String what) {
    seen.add(what + " at " + Duration.between(TestLoop.DEFAULT_START, loop.now()).toSeconds());
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "SIGTERM"})
  void startsATaskThatMayBlock(String name) {
    loop.onSignal(
        "TERM",
        () -> {
          see(Thread.currentThread().getName() + " on " + EventLoop.running().orElseThrow());
          Thread.sleep(Duration.ofSeconds(5));
          see("slept");
        });
    loop.advance(Duration.ofSeconds(10));

    loop.raiseSignal(name);
    assertThat(seen).isEmpty();
    loop.runUntilIdle();

    assertThat(seen).containsExactly("SIGTERM on " + loop + " at 10", "slept at 15");
  }

  @Test
  void ofATaskIsHandledWhenThatLetsOthersRun() throws Exception {
    loop.onSignal("INT", () -> see("handled"));
    loop.run(() -> {
      loop.raiseSignal("INT");
      see("raised");
      Thread.yield();
      see("went on");
    });
    assertThat(seen).containsExactly("raised at 0", "handled at 0", "went on at 0");
  }

  @Test
  void startsAllHandlersInTheirOrder() {
    loop.onSignal("TERM", () -> see("first"));
    SignalRegistration second = loop.onSignal("TERM", () -> see("second"));
    loop.onSignal("TERM", () -> see("third"));
    second.close();

    loop.raiseSignal("TERM");
    loop.runUntilIdle();

    assertThat(seen).containsExactly("first at 0", "third at 0");
  }

  @Test
  void thatNothingHandlesIsToldSinceItWouldEndAJvm() {
    loop.onSignal("TERM", () -> {}).close();
    assertThatThrownBy(() -> loop.raiseSignal("TERM"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Nothing on %s handles the signal TERM, so a JVM would do with it what it does by"
                + " default, such as end: call onSignal(\"TERM\", ...) before.",
            loop);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TREM", "KILL", "SEGV"})
  void thatCannotBeHandledInProductionIsRefused(String name) {
    assertThatThrownBy(() -> loop.onSignal(name, () -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("such as TERM, INT or HUP");
  }

  @Test
  void failureOfAHandlerFailsTheTest() {
    TestLoop failing = TestLoop.open();
    Exception planned = new Exception("planned");
    failing.onSignal(
        "TERM",
        () -> {
          throw planned;
        });
    failing.raiseSignal("TERM");
    assertThatThrownBy(failing::close).isInstanceOf(TaskFailedException.class).hasCause(planned);
  }
}
