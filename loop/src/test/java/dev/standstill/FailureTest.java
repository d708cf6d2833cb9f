package dev.standstill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Failures that nobody asks for are never lost in silence. */
class FailureTest {

  private static final RuntimeException FAILURE = new RuntimeException("boom");

  private final LogRecords log = new LogRecords();
  private final EventLoop loop = EventLoop.open("app");

  @AfterEach
  void close() {
    loop.close();
    log.close();
  }

  @Test
  void exceptionOfATaskWithoutAHandleIsLogged() throws Exception {
    loop.execute(FailureTest::fail);
    loop.run(() -> {});
    LogRecord record = log.take();
    assertThat(record.getMessage())
        .matches("Task #\\d+ of EventLoop \"app\" ended with an exception\\.");
    assertThat(record.getThrown()).isSameAs(FAILURE);
  }

  @Test
  void exceptionOfAVirtualThreadThatATaskStartedIsLoggedWithItsName() throws Exception {
    loop.run(() -> Thread.ofVirtual().name("child").start(FailureTest::fail).join());
    assertThat(log.take().getMessage())
        .isEqualTo("Task \"child\" of EventLoop \"app\" ended with an exception.");
  }

  @Test
  void exceptionOfATaskWithoutAHandleGoesToTheHandlerOfTheLoop() throws Exception {
    CompletableFuture<Throwable> handled = new CompletableFuture<>();
    loop.setUncaughtExceptionHandler((thread, exception) -> handled.complete(exception));
    loop.execute(FailureTest::fail);
    loop.run(() -> {});
    assertThat(handled).isCompletedWithValue(FAILURE);
    assertThat(log.messages()).isEmpty();
  }

  @Test
  void exceptionOfATaskWithoutAHandleGoesToTheDefaultHandlerOfTheJvmIfThereIsOne()
      throws Exception {
    CompletableFuture<Throwable> handled = new CompletableFuture<>();
    Thread.setDefaultUncaughtExceptionHandler((thread, exception) -> handled.complete(exception));
    try {
      loop.execute(FailureTest::fail);
      loop.run(() -> {});
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(null);
    }
    assertThat(handled).isCompletedWithValue(FAILURE);
    assertThat(log.messages()).isEmpty();
  }

  @Test
  void handlerOfTheThreadItselfComesFirst() throws Exception {
    CompletableFuture<Throwable> handled = new CompletableFuture<>();
    Thread.UncaughtExceptionHandler own = (thread, exception) -> handled.complete(exception);
    loop.run(
        () -> Thread.ofVirtual().uncaughtExceptionHandler(own).start(FailureTest::fail).join());
    assertThat(handled).isCompletedWithValue(FAILURE);
    assertThat(log.messages()).isEmpty();
  }

  @Test
  void loopGoesOnAfterATaskHasFailed() throws Exception {
    loop.execute(FailureTest::fail);
    assertThat(loop.<Integer>run(() -> 42)).isEqualTo(42);
  }

  @Test
  void failureThatNobodyAskedForIsLoggedWhenTheLoopCloses() throws Exception {
    Future<?> task = loop.submit(FailureTest::fail);
    loop.run(() -> {});
    assertThat(log.messages()).isEmpty();
    loop.close();
    LogRecord record = log.take();
    assertThat(record.getMessage())
        .isEqualTo("Task \"task-1\" of loop \"app\" failed, and nobody asked for its result.");
    assertThat(record.getThrown()).isSameAs(FAILURE);
    assertThat(log.messages()).isEmpty();
    assertThat(task.isDone()).isTrue();
  }

  @Test
  void failureThatNobodyAskedForIsLoggedWhenATaskClosesTheLoop() throws Exception {
    Future<?> task = loop.submit(FailureTest::fail);
    loop.spawn("closer", () -> loop.close());
    loop.runForever();
    assertThat(log.take().getThrown()).isSameAs(FAILURE);
    assertThat(task.isDone()).isTrue();
  }

  @Test
  void failureThatNobodyCanAskForAnyMoreIsLoggedSoon() throws Exception {
    loop.submit(FailureTest::fail);
    loop.run(() -> {});
    while (log.messages().isEmpty()) {
      System.gc();
      Thread.onSpinWait();
    }
    assertThat(log.take().getMessage())
        .isEqualTo("Task \"task-1\" of loop \"app\" failed, and nobody asked for its result.");
  }

  @Test
  void failureThatNobodyAskedForGoesToTheHandlerOfTheLoop() throws Exception {
    List<Throwable> handled = new ArrayList<>();
    List<String> names = new ArrayList<>();
    loop.setUncaughtExceptionHandler((thread, exception) -> {
      names.add(thread.getName());
      handled.add(exception);
    });
    Future<?> task = loop.submit(FailureTest::fail);
    loop.run(() -> {});
    assertThat(handled).isEmpty();
    loop.close();
    assertThat(handled).containsExactly(FAILURE);
    assertThat(names).containsExactly("task-1");
    assertThat(log.messages()).isEmpty();
    assertThat(task.isDone()).isTrue();
  }

  @Test
  void failureOfTheHandlerLosesNothingAndStopsNothing() throws Exception {
    RuntimeException ofHandler = new IllegalStateException("the handler is at fault");
    loop.setUncaughtExceptionHandler((thread, exception) -> {
      throw ofHandler;
    });
    Task<?> task = loop.spawn("fetch", FailureTest::fail);
    loop.run(() -> {});
    loop.close();
    assertThat(loop.isTerminated()).isTrue();
    assertThat(log.take().getThrown()).isSameAs(ofHandler).hasSuppressedException(FAILURE);
    assertThat(task.isDone()).isTrue();
  }

  @Test
  void loopWithAThreadOfItsOwnGoesOnWhenItsHandlerThrows() throws Exception {
    RuntimeException ofHandler = new IllegalStateException("the handler is at fault");
    try (EventLoop started = EventLoop.start("started")) {
      started.setUncaughtExceptionHandler((thread, exception) -> {
        throw ofHandler;
      });
      started.execute(FailureTest::fail);
      assertThat(started.<Integer>run(() -> 42)).isEqualTo(42);
    }
    LogRecord record = log.take();
    assertThat(record.getMessage())
        .matches(
            "The handler of uncaught exceptions failed for task #\\d+ of EventLoop \"started\", which goes on without it\\. Let the handler throw nothing\\.");
    assertThat(record.getThrown()).isSameAs(ofHandler).hasSuppressedException(FAILURE);
  }

  @Test
  void handlerMayThrowWhatItWasGiven() throws Exception {
    loop.setUncaughtExceptionHandler((thread, exception) -> {
      throw (RuntimeException) exception;
    });
    loop.execute(FailureTest::fail);
    Task<?> task = loop.spawn("fetch", FailureTest::fail);
    assertThat(loop.<Integer>run(() -> 42)).isEqualTo(42);
    assertThat(log.take().getThrown()).isSameAs(FAILURE).hasNoSuppressedExceptions();
    loop.close();
    assertThat(log.take().getThrown()).isSameAs(FAILURE).hasNoSuppressedExceptions();
    assertThat(task.isDone()).isTrue();
  }

  @Test
  void loopGoesOnWhenTheDefaultHandlerOfTheJvmThrows() throws Exception {
    Error ofHandler = new AssertionError("the handler is at fault");
    Thread.setDefaultUncaughtExceptionHandler((thread, exception) -> {
      throw ofHandler;
    });
    try {
      loop.execute(FailureTest::fail);
      assertThat(loop.<Integer>run(() -> 42)).isEqualTo(42);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(null);
    }
    assertThat(log.take().getThrown()).isSameAs(ofHandler).hasSuppressedException(FAILURE);
  }

  @Test
  void loopGoesOnWhenTheHandlerOfAThreadThrows() throws Exception {
    RuntimeException ofHandler = new IllegalStateException("the handler is at fault");
    Thread.UncaughtExceptionHandler own =
        (thread, exception) -> {
          throw ofHandler;
        };
    loop.run(() ->
        Thread.ofVirtual()
            .name("child")
            .uncaughtExceptionHandler(own)
            .start(FailureTest::fail)
            .join());
    assertThat(loop.tasks()).isEmpty();
    LogRecord record = log.take();
    assertThat(record.getMessage()).contains("for task \"child\" of EventLoop \"app\"");
    assertThat(record.getThrown()).isSameAs(ofHandler);
  }

  @Test
  void failureThatSomebodyHasAskedForIsNotLogged() throws Exception {
    Future<?> got = loop.submit(FailureTest::fail);
    Future<?> looked = loop.submit(FailureTest::fail);
    Future<?> stated = loop.submit(FailureTest::fail);
    Future<?> wanted = loop.submit(FailureTest::fail);
    loop.run(() -> {});
    assertThat(catchThrowable(got::get)).hasCause(FAILURE);
    assertThat(looked.exceptionNow()).isSameAs(FAILURE);
    stated.state();
    assertThat(catchThrowable(wanted::resultNow)).isInstanceOf(IllegalStateException.class);
    loop.close();
    assertThat(log.messages()).isEmpty();
  }

  @Test
  void failureThatACancelExplainsIsNotLogged() throws Exception {
    cancelOneThatThrows(interrupt -> new IllegalStateException("cut off", interrupt));
    assertThat(log.messages()).isEmpty();
  }

  @Test
  void failureOfTheCleanUpOfACancelledTaskIsLogged() throws Exception {
    cancelOneThatThrows(interrupt -> FAILURE);
    assertThat(log.take().getThrown()).isSameAs(FAILURE);
  }

  private void cancelOneThatThrows(Function<InterruptedException, RuntimeException> thrown)
      throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Task<?> task =
        loop.spawn(
            "cancelled",
            () -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                throw thrown.apply(e);
              }
            });
    loop.run(() -> {});
    task.cancel(true);
    loop.close();
  }

  private static void fail() {
    throw FAILURE;
  }
}
