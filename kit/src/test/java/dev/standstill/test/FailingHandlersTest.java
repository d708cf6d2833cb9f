package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.Task;
import org.junit.jupiter.api.Test;

/**
 * A handler of uncaught exceptions that throws ends no call that drives, and is told at the end.
 */
class FailingHandlersTest {

  private static final RuntimeException FAILURE = new RuntimeException("boom");
  private static final RuntimeException OF_HANDLER =
      new RuntimeException("the handler is at fault");

  private final TestLoop loop = TestLoop.open();

  @Test
  void handlerOfTheLoop() {
    loop.setUncaughtExceptionHandler((thread, exception) -> throwOfHandler());
    loop.execute(FailingHandlersTest::fail);
    requireGoesOnAndTells();
  }

  @Test
  void handlerOfTheJvm() {
    Thread.setDefaultUncaughtExceptionHandler((thread, exception) -> throwOfHandler());
    try {
      loop.execute(FailingHandlersTest::fail);
      requireGoesOnAndTells();
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(null);
    }
  }

  @Test
  void handlerOfAVirtualThread() {
    loop.spawn(
        "parent",
        () ->
            Thread.ofVirtual()
                .uncaughtExceptionHandler((thread, exception) -> throwOfHandler())
                .start(FailingHandlersTest::fail));
    requireGoesOnAndTells();
  }

  @Test
  void handlerOfAPlatformThread() {
    loop.spawn(
        "parent",
        () ->
            Thread.ofPlatform()
                .uncaughtExceptionHandler((thread, exception) -> throwOfHandler())
                .start(FailingHandlersTest::fail));
    requireGoesOnAndTells();
  }

  private void requireGoesOnAndTells() {
    Task<Integer> other = loop.spawn("other", () -> 42);
    loop.runUntilBlocked();
    assertThat(other.resultNow()).isEqualTo(42);
    assertThat(loop.tasks()).isEmpty();
    assertThatThrownBy(loop::close)
        .satisfies(thrown -> assertThat(allOf(thrown)).contains("the handler is at fault"));
  }

  private static String allOf(Throwable thrown) {
    var text = new java.io.StringWriter();
    thrown.printStackTrace(new java.io.PrintWriter(text, true));
    return text.toString();
  }

  private static void throwOfHandler() {
    throw OF_HANDLER;
  }

  private static void fail() {
    throw FAILURE;
  }
}
