package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.standstill.Event;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A heartbeat moves time for ever; a call that nothing else ends says so. */
class MoveLimitTest {

  private static TestLoop withHeartbeat() {
    TestLoop loop = TestLoop.builder().moveLimit(1000).leaks(Leaks.IGNORE).open();
    loop.background()
        .spawn(
            "heart",
            () -> {
              while (true) {
                Thread.sleep(1000);
              }
            });
    return loop;
  }

  static Stream<Consumer<TestLoop>> endlessCalls() {
    return Stream.of(
        loop -> run(loop),
        TestLoop::runUntilIdle,
        loop -> {
          try {
            loop.runUntilDone(loop.spawn("waits", () -> new Event().await()));
          } catch (Exception e) {
            throw sneaky(e);
          }
        });
  }

  private static void run(TestLoop loop) {
    try {
      loop.run(() -> {
        new Event().await();
        return null;
      });
    } catch (Exception e) {
      throw sneaky(e);
    }
  }

  private static RuntimeException sneaky(Exception e) {
    return e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
  }

  @ParameterizedTest
  @MethodSource("endlessCalls")
  void anEndlessCallIsTold(Consumer<TestLoop> call) {
    try (TestLoop loop = withHeartbeat()) {
      assertThatExceptionOfType(LivelockException.class)
          .isThrownBy(() -> call.accept(loop))
          .withMessageContaining("moved time 1000 times")
          .withMessageContaining("\"heart\" is blocked on sleep")
          .withMessageContaining("MoveLimitTest");
    }
  }

  @Test
  void aBodyThatItselfRunsNowAndThenIsWaitedFor() throws Exception {
    try (TestLoop loop = withHeartbeat()) {
      loop.run(() -> {
        for (int day = 0; day < 3; day++) {
          Thread.sleep(Duration.ofMinutes(10));
        }
        return null;
      });
      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plus(Duration.ofMinutes(30)));
    }
  }

  @Test
  void aCallThatSaysHowFarHasNoSuchLimit() {
    try (TestLoop loop = withHeartbeat()) {
      loop.advance(Duration.ofHours(2));

      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plus(Duration.ofHours(2)));
    }
  }

  @Test
  void theLimitIsAboveZero() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestLoop.builder().moveLimit(0))
        .withMessage("The limit of moves has to be above 0, not 0");
  }
}
