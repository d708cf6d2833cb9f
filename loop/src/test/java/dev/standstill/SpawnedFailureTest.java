package dev.standstill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A failure of a spawned task that nobody waits for is told at the end of the task, and once. */
class SpawnedFailureTest {

  private static final RuntimeException FAILURE = new RuntimeException("boom");

  private record Told(Thread thread, String name, Throwable exception) {}

  private final LogRecords log = new LogRecords();
  private final List<Told> told = new ArrayList<>(); // only tasks of the loop touch it
  private ProductionLoop driven;
  private EventLoop loop;

  private void open(ProductionLoop.By by) {
    driven = ProductionLoop.open(by);
    loop = driven.loop();
    loop.setUncaughtExceptionHandler((thread, exception) ->
        told.add(new Told(thread, Thread.currentThread().getName(), exception)));
  }

  private void openWithoutHandler(ProductionLoop.By by) {
    driven = ProductionLoop.open(by);
    loop = driven.loop();
  }

  @AfterEach
  void close() throws Exception {
    driven.close();
    log.close();
  }

  private static Object fail() {
    throw FAILURE;
  }

  /** Runs what is ready before. */
  private void runOthers() throws Exception {
    loop.run(() -> Thread.sleep(1));
  }

  @ParameterizedTest
  @EnumSource
  void goesToTheHandlerInTheThreadOfTheTask(ProductionLoop.By by) throws Exception {
    open(by);
    var own = new CompletableFuture<Thread>();
    Task<Object> task =
        loop.spawn(
            "fetch",
            () -> {
              own.complete(Thread.currentThread());
              return fail();
            });
    runOthers();

    assertThat(told).containsExactly(new Told(own.get(), "fetch", FAILURE));
    assertThat(task.isDone()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void isLoggedWithTheNameOfTheTaskIfThereIsNoHandler(ProductionLoop.By by) throws Exception {
    openWithoutHandler(by);
    Task<Object> task = loop.spawn("fetch", SpawnedFailureTest::fail);
    runOthers();

    assertThat(log.messages())
        .containsExactly("Task \"fetch\" of %s ended with an exception.".formatted(loop));
    assertThat(log.take().getThrown()).isSameAs(FAILURE);
    assertThat(task.isDone()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void isThrownToWhoeverAsksLaterAndToldOnlyOnce(ProductionLoop.By by) throws Exception {
    open(by);
    Task<Object> task = loop.spawn("fetch", SpawnedFailureTest::fail);
    Task<Object> neverAsked = loop.spawn("other", SpawnedFailureTest::fail);
    runOthers();
    assertThat(catchThrowable(task::get)).hasCause(FAILURE);
    assertThat(neverAsked.isDone()).isTrue();
    driven.close();

    assertThat(told).extracting(Told::name).containsExactly("fetch", "other");
    assertThat(log.messages()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void isNotToldIfSomebodyWaits(ProductionLoop.By by) throws Exception {
    open(by);
    Throwable thrown =
        loop.run(() -> {
          Task<Object> failing =
              loop.spawn(
                  "failing",
                  () -> {
                    Thread.sleep(1);
                    return fail();
                  });
          return catchThrowable(failing::get);
        });
    Throwable thrownInTime =
        loop.run(() -> {
          Task<Object> failing = loop.spawn("failing", SpawnedFailureTest::fail);
          return catchThrowable(() -> failing.get(1, TimeUnit.DAYS));
        });
    driven.close();

    assertThat(thrown).hasCause(FAILURE);
    assertThat(thrownInTime).hasCause(FAILURE);
    assertThat(told).isEmpty();
    assertThat(log.messages()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void isToldAfterAllIfWhoeverHasWaitedHasLeft(ProductionLoop.By by) throws Exception {
    open(by);
    loop.run(() -> {
      var go = new CountDownLatch(1);
      Task<Object> failing =
          loop.spawn(
              "failing",
              () -> {
                go.await();
                return fail();
              });
      assertThat(catchThrowable(() -> failing.get(1, TimeUnit.MILLISECONDS)))
          .isInstanceOf(TimeoutException.class);
      go.countDown();
      Thread.sleep(1);
    });
    runOthers();

    assertThat(told).extracting(Told::name).containsExactly("failing");
  }

  @ParameterizedTest
  @EnumSource
  void isToldToStagesOnly(ProductionLoop.By by) throws Exception {
    open(by);
    Throwable handled =
        loop.run(() ->
            loop.<Object>spawn("failing", SpawnedFailureTest::fail)
                .toCompletableFuture()
                .<Throwable>handle((value, exception) -> exception)
                .get());
    driven.close();

    assertThat(handled).isSameAs(FAILURE);
    assertThat(told).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void isToldByTheGroupOnly(ProductionLoop.By by) throws Exception {
    open(by);
    loop.run(() -> {
      try (var group = TaskGroup.open()) {
        group.spawn("failing", SpawnedFailureTest::fail);
        assertThatThrownBy(group::join).isSameAs(FAILURE);
      }
      assertThatThrownBy(() -> TaskGroup.<Object>gather(SpawnedFailureTest::fail))
          .isSameAs(FAILURE);
      assertThatThrownBy(() -> TaskGroup.<Object>race(SpawnedFailureTest::fail)).isSameAs(FAILURE);
      assertThatThrownBy(() -> TaskGroup.<Object>shield(SpawnedFailureTest::fail))
          .isSameAs(FAILURE);
      assertThat(TaskGroup.<Object>firstSuccessful(SpawnedFailureTest::fail, () -> 1)).isEqualTo(1);
      assertThat(TaskGroup.<Object>settle(SpawnedFailureTest::fail))
          .extracting(Future::state)
          .containsExactly(Future.State.FAILED);
    });
    driven.close();

    assertThat(told).isEmpty();
    assertThat(log.messages()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void runThrowsItAndTellsNobodyElse(ProductionLoop.By by) throws Exception {
    open(by);
    assertThatThrownBy(() ->
            loop.run(() -> {
              Thread.sleep(1);
              return fail();
            }))
        .isSameAs(FAILURE);
    driven.close();

    assertThat(told).isEmpty();
    assertThat(log.messages()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void ofTheCleanUpOfACancelledTaskIsToldAtItsEnd(ProductionLoop.By by) throws Exception {
    open(by);
    Task<?> task =
        loop.spawn(
            "cancelled",
            () -> {
              try {
                Thread.sleep(Duration.ofDays(1));
              } finally {
                fail();
              }
            });
    runOthers();
    task.cancel(true);
    runOthers();

    assertThat(told).extracting(Told::name).containsExactly("cancelled");
  }
}
