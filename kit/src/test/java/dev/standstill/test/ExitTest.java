package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.standstill.ThrowingRunnable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A task that ends the JVM ends the run of its loop, and the JVM lives on. */
class ExitTest {

  private final List<String> log = new ArrayList<>();

  static Stream<Arguments> exits() {
    return Stream.of(
        Arguments.of("System.exit", (ThrowingRunnable) () -> System.exit(3)),
        Arguments.of("Runtime.exit", (ThrowingRunnable) () -> Runtime.getRuntime().exit(3)),
        Arguments.of("Runtime.halt", (ThrowingRunnable) () -> Runtime.getRuntime().halt(3)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("exits")
  void endsTheRun(String name, ThrowingRunnable exit) {
    try (var written = new CapturedLog()) {
      try (TestLoop loop = TestLoop.open()) {
        assertThatExceptionOfType(ExitException.class)
            .isThrownBy(() -> loop.run(exit))
            .withMessage("A task called System.exit(3).")
            .returns(3, ExitException::status);
      }
      assertThat(written.messages()).isEmpty();
    }
  }

  @Test
  void neverReturnsToTheTaskThatCalled() {
    try (TestLoop loop = TestLoop.open()) {
      loop.spawn(
          "exits",
          () -> {
            try {
              System.exit(0);
              log.add("after");
            } finally {
              log.add("finally");
            }
          });
      assertThatExceptionOfType(ExitException.class).isThrownBy(loop::runUntilBlocked);
    }

    assertThat(log).isEmpty();
  }

  @Test
  void countsWhicheverTaskCalls() {
    try (TestLoop loop = TestLoop.open()) {
      assertThatExceptionOfType(ExitException.class)
          .isThrownBy(() ->
              loop.run(() -> {
                Thread.startVirtualThread(() -> System.exit(7));
                Thread.sleep(1);
                log.add("after");
              }))
          .returns(7, ExitException::status);
    }

    assertThat(log).isEmpty();
  }

  @Test
  void letsNothingRunAnyMore() {
    try (TestLoop loop = TestLoop.open()) {
      loop.spawn("exits", () -> System.exit(0));
      loop.spawn("other", () -> log.add("ran"));
      assertThatExceptionOfType(ExitException.class).isThrownBy(loop::runUntilBlocked);
    }

    assertThat(log).isEmpty();
  }
}
