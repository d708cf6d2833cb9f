package dev.standstill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.standstill.EventLoop.WhenFull;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A limit on the work that is there at a time, on each kind of production loop. */
class LimitTest {

  private static final int LIMIT = 2;

  private final CountDownLatch go = new CountDownLatch(1);
  private final List<String> seen = new ArrayList<>(); // only tasks of the loop touch it
  private final LogRecords log = new LogRecords();
  private ProductionLoop driven;
  private EventLoop loop;

  private void open(ProductionLoop.By by, int tasks, WhenFull then) {
    driven = ProductionLoop.open(by);
    loop = driven.loop();
    loop.setLimit(tasks, then);
  }

  @AfterEach
  void close() throws Exception {
    go.countDown();
    if (driven != null) {
      driven.close();
    }
    log.close();
  }

  private Task<?> spawnWaiting(String name) {
    return loop.spawn(
        name,
        () -> {
          seen.add(name);
          go.await();
        });
  }

  private void runOthers() throws Exception {
    loop.run(() -> Thread.sleep(1));
  }

  private static void assertRefused(ThrowingCallable call, String why) {
    assertThatThrownBy(call)
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining(why);
  }

  /** So many places are free and not one more. They are free again afterwards. */
  private void assertFree(int places) throws Exception {
    loop.run(() -> {
      loop.setLimit(LIMIT, WhenFull.REFUSE);
      var end = new CountDownLatch(1);
      List<Task<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < places; i++) {
        tasks.add(loop.spawn("filler", () -> end.await()));
      }
      assertRefused(() -> loop.spawn("too much", () -> {}), "is full");
      end.countDown();
      for (Task<Void> task : tasks) {
        task.get();
      }
    });
    runOthers(); // the last has given its place back once it has ended
  }

  @ParameterizedTest
  @EnumSource
  void whatIsTooMuchIsRefused(ProductionLoop.By by) throws Exception {
    open(by, LIMIT, WhenFull.REFUSE);
    spawnWaiting("one");
    spawnWaiting("two");

    String why =
        loop
            + " is full: its limit is 2 tasks. Try again when some have ended, or let callers wait: WhenFull.WAIT.";
    assertRefused(() -> spawnWaiting("three"), why);
    assertRefused(() -> loop.execute(() -> {}), why);
    assertRefused(() -> loop.submit(() -> {}), why);
    assertRefused(() -> loop.invokeAll(List.of(Executors.callable(() -> {}))), why);
    assertThatThrownBy(() -> loop.run(() -> TaskGroup.<Integer>gather(() -> 1)))
        .hasMessageContaining(why);
    go.countDown();
    runOthers();
    assertFree(LIMIT);
    assertThat(seen).containsExactly("one", "two");
  }

  @ParameterizedTest
  @EnumSource
  void placeIsFreeAgainHoweverTheTaskEnds(ProductionLoop.By by) throws Exception {
    open(by, LIMIT, WhenFull.REFUSE);
    loop.setUncaughtExceptionHandler((thread, exception) -> seen.add(exception.getMessage()));
    loop.run(() -> loop.spawn("returns", () -> {}).get());
    runOthers();
    assertFree(LIMIT);
    loop.spawn("fails", LimitTest::fail);
    runOthers();
    assertFree(LIMIT);
    loop.execute(LimitTest::fail);
    runOthers();
    assertFree(LIMIT);
    Future<?> failing = loop.submit(LimitTest::fail);
    runOthers();
    assertFree(LIMIT);
    Task<?> cancelled = spawnWaiting("waits");
    runOthers();
    cancelled.cancel(true);
    runOthers();
    assertFree(LIMIT);
    loop.run(() -> spawnWaiting("never begins").cancel(true));
    runOthers();
    assertFree(LIMIT);
    assertThat(seen).containsExactly("boom", "boom", "waits");
    assertThatThrownBy(failing::get).hasRootCauseMessage("boom"); // until here it is no garbage
  }

  private static void fail() {
    throw new IllegalStateException("boom");
  }

  /** Starts a caller that hands over while the loop is full, and waits until it waits. */
  private <V> FutureTask<V> startWaiting(Thread.Builder builder, Callable<V> call) {
    var calling = new FutureTask<>(call);
    Thread thread = builder.start(calling);
    while (thread.getState() != Thread.State.WAITING) {
      assertThat(calling.isDone()).as("the caller has not waited").isFalse();
      Thread.onSpinWait();
    }
    return calling;
  }

  private FutureTask<Task<?>> startWaiting(Thread.Builder builder, String name) {
    return startWaiting(builder, () -> spawnWaiting(name));
  }

  @ParameterizedTest
  @EnumSource
  void threadsWaitAndGetPlacesInTheOrderInWhichTheyCame(ProductionLoop.By by) throws Exception {
    open(by, 1, WhenFull.WAIT);
    spawnWaiting("0");
    List<FutureTask<Task<?>>> callers = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      Thread.Builder builder = i % 2 == 0 ? Thread.ofPlatform().daemon() : Thread.ofVirtual();
      callers.add(startWaiting(builder, "" + i));
    }
    go.countDown();
    loop.run(() -> {
      for (FutureTask<Task<?>> caller : callers) {
        caller.get().get();
      }
    });

    assertThat(seen).containsExactly("0", "1", "2", "3", "4", "5", "6");
  }

  @ParameterizedTest
  @EnumSource
  void taskOfTheLoopWaitsWhileOthersGoOn(ProductionLoop.By by) throws Exception {
    open(by, 2, WhenFull.WAIT);
    loop.run(() ->
        loop.spawn(
                "parent",
                () -> {
                  loop.execute(() -> sleepAndSay("first"));
                  loop.spawn("second", () -> seen.add("second")).get();
                })
            .get());

    assertThat(seen).containsExactly("first", "second");
  }

  private void sleepAndSay(String text) {
    try {
      Thread.sleep(5);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    seen.add(text);
  }

  @ParameterizedTest
  @EnumSource
  void taskOfAnotherLoopWaits(ProductionLoop.By by) throws Exception {
    open(by, 1, WhenFull.WAIT);
    spawnWaiting("first");
    try (EventLoop other = EventLoop.start("other")) {
      Task<Task<?>> caller = other.spawn("caller", () -> spawnWaiting("second"));
      other.run(() -> {}); // the caller waits now, and its loop goes on
      assertThat(caller.isDone()).isFalse();
      go.countDown();
      loop.run(() -> caller.get().get());
    }

    assertThat(seen).containsExactly("first", "second");
  }

  @ParameterizedTest
  @EnumSource
  void callerThatIsInterruptedIsRefusedAndStaysInterrupted(ProductionLoop.By by) throws Exception {
    open(by, 1, WhenFull.WAIT);
    spawnWaiting("first");
    Threads.Running<Boolean> caller =
        Threads.start(
            "caller",
            () -> {
              Throwable thrown = catchThrowable(() -> spawnWaiting("second"));
              assertThat(thrown)
                  .isInstanceOf(RejectedExecutionException.class)
                  .hasMessageContaining(
                      "Thread \"caller\" was interrupted while it waited for one to end.")
                  .hasCauseInstanceOf(InterruptedException.class);
              return Thread.interrupted();
            });
    caller.awaitWaiting().thread().interrupt();

    assertThat(caller.get()).isTrue();
    go.countDown();
    runOthers();
    loop.setLimit(LIMIT, WhenFull.REFUSE);
    assertFree(LIMIT);
  }

  @ParameterizedTest
  @EnumSource
  void closingRefusesThoseWhoWait(ProductionLoop.By by) throws Exception {
    open(by, 1, WhenFull.WAIT);
    spawnWaiting("first");
    List<FutureTask<Task<?>>> callers =
        List.of(
            startWaiting(Thread.ofPlatform().daemon(), "second"),
            startWaiting(Thread.ofVirtual(), "third"));
    loop.shutdown();

    for (FutureTask<Task<?>> caller : callers) {
      assertThatThrownBy(caller::get)
          .hasRootCauseInstanceOf(RejectedExecutionException.class)
          .hasStackTraceContaining("is closed");
    }
    go.countDown();
    driven.close();
    assertThat(seen).doesNotContain("second", "third");
  }

  @Test
  void threadThatDrivesIsRefused() {
    open(ProductionLoop.By.CALLERS, 1, WhenFull.WAIT);
    spawnWaiting("first");
    assertRefused(
        () -> spawnWaiting("second"),
        "Thread \"%s\" cannot wait for others to end, because the loop needs it to run them"
            .formatted(Thread.currentThread().getName()));
  }

  @Test
  void threadOfTheHostIsRefused() throws Exception {
    var executor = Executors.newSingleThreadScheduledExecutor();
    driven = new ProductionLoop(EventLoop.on(ExecutorHost.of(executor)), executor::shutdownNow);
    loop = driven.loop();
    loop.setLimit(1, WhenFull.WAIT);
    loop.run(() -> {});
    executor
        .submit(() -> {
          spawnWaiting("first");
          assertRefused(() -> spawnWaiting("second"), "because the loop needs it to run them");
        })
        .get();
  }

  @ParameterizedTest
  @EnumSource
  void tasksThatWouldAllWaitForEachOtherAreRefused(ProductionLoop.By by) throws Exception {
    open(by, 2, WhenFull.WAIT);
    Callable<Integer> parent = () -> loop.<Integer>spawn("child", () -> 1).get();
    loop.run(() -> {
      Task<Integer> one = loop.spawn("one", parent);
      Task<Integer> two = loop.spawn("two", parent);
      assertThatThrownBy(two::get)
          .hasRootCauseInstanceOf(RejectedExecutionException.class)
          .hasMessageContaining(
              "Task \"two\" cannot wait for another to end, because all others wait for that, too");
      assertThat(one.get()).as("goes on once the other has ended").isEqualTo(1);
    });
  }

  @ParameterizedTest
  @EnumSource
  void bodyOfRunAndThreadsThatTasksStartDoNotCount(ProductionLoop.By by) throws Exception {
    open(by, 1, WhenFull.REFUSE);
    spawnWaiting("only");
    loop.run(() -> {
      List<Thread> children = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        children.add(Thread.startVirtualThread(() -> seen.add("child")));
      }
      for (Thread child : children) {
        child.join();
      }
    });

    assertThat(seen).hasSize(11);
  }

  @ParameterizedTest
  @EnumSource
  void scheduledTasksWaitForTheirTurnWhenTheyAreDue(ProductionLoop.By by) throws Exception {
    open(by, 1, WhenFull.REFUSE);
    spawnWaiting("only");
    List<ScheduledFuture<?>> due = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      String name = "due " + i;
      due.add(loop.schedule(() -> seen.add(name), Duration.ofMillis(i)));
    }
    ScheduledFuture<?> cancelled = loop.schedule(() -> seen.add("never"), Duration.ofMillis(1));
    int[] turns = {0};
    ScheduledFuture<?> periodic =
        loop.scheduleAtFixedRate(() -> turns[0]++, 1, 1, TimeUnit.MILLISECONDS);
    loop.run(() -> Thread.sleep(20));
    cancelled.cancel(false);
    assertThat(turns[0]).isZero();
    assertThat(seen).containsExactly("only");
    go.countDown();
    loop.run(() -> {
      for (ScheduledFuture<?> one : due) {
        one.get();
      }
      while (turns[0] < 3) {
        Thread.sleep(1);
      }
    });
    periodic.cancel(false);

    assertThat(seen).containsExactly("only", "due 1", "due 2", "due 3");
  }

  @ParameterizedTest
  @EnumSource
  void scheduledTasksThatStillWaitAreCancelledByShutdown(ProductionLoop.By by) throws Exception {
    open(by, 1, WhenFull.WAIT);
    spawnWaiting("only");
    ScheduledFuture<?> due = loop.schedule(() -> seen.add("due"), Duration.ZERO);
    loop.run(() -> Thread.sleep(1));
    loop.shutdown();
    go.countDown();
    driven.close();

    assertThat(due.isCancelled()).isTrue();
    assertThat(seen).containsExactly("only");
  }

  @ParameterizedTest
  @EnumSource
  void timeoutsExpireWhileTheLoopIsFull(ProductionLoop.By by) throws Exception {
    open(by, 1, WhenFull.WAIT);
    loop.run(() ->
        loop.spawn(
                "only",
                () -> {
                  Timeout.moveOnAfter(Duration.ofMillis(1), () -> go.await());
                  seen.add("moved on");
                })
            .get());

    assertThat(seen).containsExactly("moved on");
  }

  @ParameterizedTest
  @EnumSource
  void timeoutEndsTheWaitForAPlace(ProductionLoop.By by) throws Exception {
    open(by, 1, WhenFull.WAIT);
    spawnWaiting("only");
    loop.run(() -> {
      assertThatThrownBy(() ->
              Timeout.after(Duration.ofMillis(1), () -> loop.spawn("more", () -> seen.add("more"))))
          .isInstanceOf(TimeoutException.class)
          .hasRootCauseInstanceOf(InterruptedException.class);
      assertThat(Thread.interrupted()).isFalse();
    });

    assertThat(seen).containsExactly("only");
  }

  @ParameterizedTest
  @EnumSource
  void stagesAreNotLimited(ProductionLoop.By by) throws Exception {
    open(by, 1, WhenFull.WAIT);
    int result =
        loop.run(() ->
            loop.<Integer>spawn("one", () -> 1)
                .toCompletableFuture()
                .thenApply(one -> one + 1)
                .thenApply(two -> two + 1)
                .get());

    assertThat(result).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource
  void groupsWaitForPlacesAndTheirTasksEndMeanwhile(ProductionLoop.By by) throws Exception {
    open(by, 2, WhenFull.WAIT);
    int[] running = {0};
    int[] most = {0};
    loop.run(() -> {
      try (var group = TaskGroup.open()) {
        for (int i = 0; i < 7; i++) {
          group.spawn(
              "member",
              () -> {
                most[0] = Math.max(most[0], ++running[0]);
                Thread.sleep(1);
                running[0]--;
                seen.add("member");
              });
        }
        group.join();
      }
    });

    assertThat(seen).hasSize(7);
    assertThat(most[0]).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void cancellingAGroupEndsTheWaitOfItsTasks(ProductionLoop.By by) throws Exception {
    open(by, 2, WhenFull.WAIT);
    Task<?> outsider = spawnWaiting("outsider");
    loop.run(() -> {
      try (var group = TaskGroup.open()) {
        group.spawn("member", () -> group.spawn("child", () -> seen.add("child")));
        Thread.sleep(1);
        group.cancel();
        group.join();
      }
    });

    assertThat(seen).containsExactly("outsider");
    assertThat(outsider.isDone()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void higherLimitLetsThoseInWhoWait(ProductionLoop.By by) throws Exception {
    open(by, 1, WhenFull.WAIT);
    spawnWaiting("first");
    FutureTask<Task<?>> second = startWaiting(Thread.ofPlatform().daemon(), "second");
    loop.setLimit(2, WhenFull.WAIT);
    second.get();
    FutureTask<Task<?>> third = startWaiting(Thread.ofPlatform().daemon(), "third");
    loop.setLimit(Integer.MAX_VALUE, WhenFull.REFUSE);
    third.get();
    for (int i = 0; i < 100; i++) {
      spawnWaiting("more");
    }
    go.countDown();
    runOthers();
    loop.setLimit(LIMIT, WhenFull.REFUSE);
    assertFree(LIMIT);
    assertThat(seen).hasSize(103);
  }

  @ParameterizedTest
  @EnumSource
  void lowerLimitHoldsOnceEnoughHaveEnded(ProductionLoop.By by) throws Exception {
    open(by, 4, WhenFull.REFUSE);
    for (int i = 0; i < 4; i++) {
      spawnWaiting("" + i);
    }
    loop.setLimit(LIMIT, WhenFull.REFUSE);
    assertRefused(() -> spawnWaiting("more"), "its limit is 2 tasks");
    go.countDown();
    runOthers();
    assertFree(LIMIT);
  }

  @Test
  void limitHasToBePositive() {
    open(ProductionLoop.By.CALLERS, 1, WhenFull.WAIT);
    assertThatThrownBy(() -> loop.setLimit(0, WhenFull.WAIT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A loop without a place runs nothing: the limit has to be 1 or more, not 0");
  }
}
