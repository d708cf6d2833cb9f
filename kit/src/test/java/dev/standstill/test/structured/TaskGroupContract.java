package dev.standstill.test.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.Event;
import dev.standstill.EventLoop;
import dev.standstill.Task;
import dev.standstill.TaskGroup;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a {@link TaskGroup} promises, whatever the loop's time. */
abstract class TaskGroupContract {

  private static final Duration LONG = Duration.ofDays(1);

  private final EventLoop loop = open();
  private final List<String> seen = new ArrayList<>();

  abstract EventLoop open();

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void joinWaitsForAllTasks() throws Exception {
    int sum =
        loop.run(() -> {
          try (var group = TaskGroup.open()) {
            Task<Integer> one = group.spawn("one", () -> sleepAndReturn(20, 1));
            Task<Integer> two = group.spawn("two", () -> sleepAndReturn(10, 2));
            group.join();
            return one.resultNow() + two.resultNow();
          }
        });

    assertThat(sum).isEqualTo(3);
  }

  @Test
  void joinWaitsForTasksThatTasksStart() throws Exception {
    loop.run(() -> {
      try (var group = TaskGroup.open()) {
        group.spawn(
            "parent", () -> group.spawn("child", () -> seen.add(sleepAndReturn(10, "child"))));
        group.join();
      }
    });

    assertThat(seen).containsExactly("child");
  }

  @Test
  void firstFailureCancelsTheOthersAndIsThrown() {
    assertThatThrownBy(() ->
            loop.run(() -> {
              try (var group = TaskGroup.open()) {
                group.spawn("sleeper", () -> sleepForEver("sleeper"));
                group.spawn("failing", () -> fail(new IOException("disk")));
                group.join();
              }
            }))
        .isInstanceOf(IOException.class)
        .hasMessage("disk")
        .hasNoSuppressedExceptions();
    assertThat(seen).containsExactly("sleeper interrupted");
  }

  @Test
  void furtherFailuresAreSuppressed() {
    assertThatThrownBy(() ->
            loop.run(() -> {
              try (var group = TaskGroup.open()) {
                group.spawn("second", () -> failWhenInterrupted(new IOException("second")));
                group.spawn("first", () -> fail(new IOException("first")));
                group.join();
              }
            }))
        .hasMessage("first")
        .satisfies(thrown ->
            assertThat(thrown.getSuppressed())
                .singleElement()
                .extracting(Throwable::getMessage)
                .isEqualTo("second"));
  }

  @Test
  void interruptingTheOwnerCancelsAll() throws Exception {
    var started = new Event();
    loop.run(() -> {
      Task<Void> owner =
          loop.spawn(
              "owner",
              () -> {
                try (var group = TaskGroup.open()) {
                  group.spawn("sleeper", () -> sleepForEver("sleeper"));
                  started.set();
                  group.join();
                } catch (InterruptedException e) {
                  seen.add("owner interrupted");
                }
                return null;
              });
      started.await();
      Thread.yield();
      owner.cancel(true);
    });
    loop.run(() -> awaitEnd("owner"));

    assertThat(seen).containsExactly("sleeper interrupted", "owner interrupted");
  }

  @Test
  void blockThatThrowsLeavesNoTaskBehind() {
    assertThatThrownBy(() ->
            loop.run(() -> {
              try (var group = TaskGroup.open()) {
                group.spawn("sleeper", () -> sleepForEver("sleeper"));
                Thread.sleep(10);
                throw new IOException("body");
              }
            }))
        .hasMessage("body");
    assertThat(seen).containsExactly("sleeper interrupted");
  }

  @Test
  void closingWithoutJoinIsRefused() {
    assertThatThrownBy(() ->
            loop.run(() -> {
              try (var group = TaskGroup.open()) {
                group.spawn("task", () -> 1);
              }
            }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "The group opened by \"main\" was closed without join(): its 1 tasks were cancelled.");
  }

  @Test
  void onlyTheOwnerJoins() {
    assertThatThrownBy(() ->
            loop.run(() -> {
              try (var group = TaskGroup.open()) {
                group.spawn("other", group::join);
                group.join();
              }
            }))
        .hasMessage("join() was called by \"other\": only \"main\", which opened the group, may.");
  }

  @Test
  void taskThatIsCancelledBeforeItStartsDoesNotHoldTheGroupUp() throws Exception {
    loop.run(() -> {
      try (var group = TaskGroup.open()) {
        group.spawn("never", () -> seen.add("never")).cancel(true);
        group.join();
      }
    });

    assertThat(seen).isEmpty();
  }

  @Test
  void groupsNest() throws Exception {
    loop.run(() -> {
      try (var outer = TaskGroup.open()) {
        outer.spawn(
            "middle",
            () -> {
              try (var inner = TaskGroup.open()) {
                inner.spawn("leaf", () -> seen.add(sleepAndReturn(5, "leaf")));
                inner.join();
                seen.add("inner");
              }
            });
        outer.join();
        seen.add("outer");
      }
    });

    assertThat(seen).containsExactly("leaf", "inner", "outer");
  }

  @Test
  void gatherReturnsResultsInTheOrderOfTheBodies() throws Exception {
    List<Integer> results =
        loop.run(() -> TaskGroup.gather(() -> sleepAndReturn(20, 1), () -> sleepAndReturn(10, 2)));

    assertThat(results).containsExactly(1, 2);
  }

  @Test
  void settleCollectsFailuresToo() throws Exception {
    List<Future.State> states =
        loop.run(() ->
            TaskGroup.<Integer>settle(
                    () -> sleepAndReturn(10, 1),
                    () -> {
                      throw new IOException("disk");
                    })
                .stream()
                .map(Future::state)
                .toList());

    assertThat(states).containsExactly(Future.State.SUCCESS, Future.State.FAILED);
  }

  @Test
  void raceTakesTheFirstAndCancelsTheOthers() throws Exception {
    String winner =
        loop.run(() ->
            TaskGroup.<String>race(
                () -> sleepForEver("loser"), () -> sleepAndReturn(10, "winner")));

    assertThat(winner).isEqualTo("winner");
    assertThat(seen).containsExactly("loser interrupted");
  }

  @Test
  void firstSuccessfulPassesOverFailuresAndCancelsTheOthers() throws Exception {
    String winner =
        loop.run(() ->
            TaskGroup.<String>firstSuccessful(
                () -> failing(new IOException("disk")),
                () -> sleepForEver("loser"),
                () -> sleepAndReturn(10, "winner")));

    assertThat(winner).isEqualTo("winner");
    assertThat(seen).containsExactly("loser interrupted");
  }

  @Test
  void firstSuccessfulThrowsTheFirstFailureIfAllFail() {
    IOException same = new IOException("second");
    assertThatThrownBy(() ->
            loop.run(() ->
                TaskGroup.<String>firstSuccessful(
                    () -> {
                      Thread.sleep(60);
                      throw new IllegalStateException("third");
                    },
                    () -> failing(new IOException("first")),
                    () -> {
                      Thread.sleep(20);
                      throw same;
                    })))
        .isInstanceOf(IOException.class)
        .hasMessage("first")
        .satisfies(thrown ->
            assertThat(thrown.getSuppressed())
                .extracting(Throwable::getMessage)
                .containsExactly("second", "third"));
  }

  @Test
  void firstSuccessfulMayFailEverywhereWithTheSameException() {
    IOException same = new IOException("disk");
    assertThatThrownBy(() ->
            loop.run(
                () -> TaskGroup.<String>firstSuccessful(() -> failing(same), () -> failing(same))))
        .isSameAs(same)
        .hasNoSuppressedExceptions();
  }

  @Test
  void firstSuccessfulIsCancelledWithItsCaller() throws Exception {
    loop.run(() -> {
      Task<String> caller =
          loop.spawn("caller", () -> TaskGroup.<String>firstSuccessful(() -> sleepForEver("body")));
      Thread.sleep(5);
      caller.cancel(true);
    });
    loop.run(() -> awaitEnd("caller"));

    assertThat(seen).containsExactly("body interrupted");
    assertThatThrownBy(() -> loop.run(() -> TaskGroup.firstSuccessful()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("firstSuccessful() needs at least one body: of none there is no result.");
  }

  @Test
  void shieldRunsToItsEndAndKeepsTheInterrupt() throws Exception {
    loop.run(() -> {
      Task<Void> caller =
          loop.spawn(
              "caller",
              () -> {
                seen.add(TaskGroup.shield(() -> sleepAndReturn(20, "shielded")));
                seen.add("interrupted: " + Thread.currentThread().isInterrupted());
                return null;
              });
      Thread.sleep(5);
      caller.cancel(true);
    });
    loop.run(() -> awaitEnd("caller"));

    assertThat(seen).containsExactly("shielded", "interrupted: true");
  }

  private void awaitEnd(String task) throws InterruptedException {
    while (loop.tasks().stream().anyMatch(living -> living.name().equals(task))) {
      Thread.sleep(1);
    }
  }

  private static <V> V sleepAndReturn(long millis, V value) throws InterruptedException {
    Thread.sleep(millis);
    return value;
  }

  private String sleepForEver(String name) throws InterruptedException {
    try {
      Thread.sleep(Long.MAX_VALUE);
      return name;
    } catch (InterruptedException e) {
      seen.add(name + " interrupted");
      throw e;
    }
  }

  @Test
  void aFailingTaskInterruptsAnOwnerThatWaitsForSomethingElse() {
    IOException failure = new IOException("broken");

    assertThatThrownBy(() ->
            loop.run(() -> {
              try (var group = TaskGroup.open()) {
                group.spawn("fails", () -> fail(failure));
                Thread.sleep(LONG);
                group.join();
              }
            }))
        .isInstanceOf(InterruptedException.class)
        .satisfies(e ->
            assertThat(e.getSuppressed())
                .singleElement()
                .isInstanceOfSatisfying(
                    IllegalStateException.class, told -> assertThat(told).hasCause(failure)));
  }

  @Test
  void anOwnerThatHasNotNoticedTheInterruptIsToldByJoin() throws Exception {
    IOException failure = new IOException("broken");
    AtomicBoolean interrupted = new AtomicBoolean();

    loop.run(() -> {
      try (var group = TaskGroup.open()) {
        group.spawn("fails", () -> fail(failure));
        Thread.yield();
        assertThatThrownBy(group::join).isSameAs(failure);
        interrupted.set(Thread.interrupted());
      }
    });

    assertThat(interrupted).isFalse();
  }

  @Test
  void cancellingOneTaskIsTheEndOfThatTaskOnly() throws Exception {
    loop.run(() -> {
      try (var group = TaskGroup.open()) {
        var cancelled =
            group.spawn(
                "cancelled",
                () -> {
                  try {
                    Thread.sleep(LONG);
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                });
        group.spawn("goes on", () -> Thread.sleep(20));
        Thread.sleep(1);
        cancelled.cancel(true);
        group.join();
      }
    });
  }

  @Test
  void whatTheCleanUpOfACancelledTaskThrowsIsToldWhenTheGroupCloses() {
    Exception failure = new IllegalArgumentException("clean-up");

    assertThatThrownBy(() ->
            loop.run(() -> {
              try (var group = TaskGroup.open()) {
                cancelOneThatFails(group, failure);
                group.join();
              }
            }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cleaned up")
        .hasCause(failure);
  }

  @Test
  void whatTheCleanUpOfACancelledTaskThrowsIsSuppressedInTheFailureOfTheGroup() {
    Exception failure = new IllegalArgumentException("clean-up");

    assertThatThrownBy(() ->
            loop.run(() -> {
              try (var group = TaskGroup.open()) {
                cancelOneThatFails(group, failure);
                Thread.sleep(1);
                group.spawn("fails", () -> fail(new IOException("broken")));
                group.join();
              }
            }))
        .isInstanceOf(IOException.class)
        .hasSuppressedException(failure);
  }

  @Test
  void whatTheCleanUpInAGroupOfACancelledTaskThrowsIsToldByTheGroupOfThatTask() {
    Exception failure = new IllegalArgumentException("clean-up");

    assertThatThrownBy(() ->
            loop.run(() -> {
              try (var outer = TaskGroup.open()) {
                var cancelled =
                    outer.spawn("cancelled", () -> joinOneThatFailsInItsCleanUp(failure));
                Thread.sleep(20);
                cancelled.cancel(true);
                outer.join();
              }
            }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cleaned up")
        .hasCauseInstanceOf(InterruptedException.class)
        .satisfies(told ->
            assertThat(told.getCause().getSuppressed())
                .singleElement()
                .satisfies(ofInner -> assertThat(ofInner).hasCause(failure)));
  }

  private static void joinOneThatFailsInItsCleanUp(Exception failure) throws Exception {
    try (var inner = TaskGroup.open()) {
      inner.spawn("fails in its clean-up", () -> failWhenInterrupted(failure));
      inner.join();
    }
  }

  @Test
  void tasksThatHaveEndedAreLetGo() throws Exception {
    int tasks = 1_000;
    List<WeakReference<Object>> results = new ArrayList<>();

    long left =
        loop.run(() -> {
          try (var group = TaskGroup.open()) {
            for (int i = 0; i < tasks; i++) {
              group.spawn(
                  "request",
                  () -> {
                    Object result = new Object();
                    results.add(new WeakReference<>(result));
                    return result;
                  });
              Thread.yield();
            }
            System.gc();
            group.join();
            return results.stream().filter(result -> result.get() != null).count();
          }
        });

    assertThat(results).hasSize(tasks);
    assertThat(left).isLessThan(tasks / 4);
  }

  private static void cancelOneThatFails(TaskGroup group, Exception inCleanUp)
      throws InterruptedException {
    var cancelled = group.spawn("cancelled", () -> failWhenInterrupted(inCleanUp));
    Thread.sleep(1);
    cancelled.cancel(true);
  }

  private static void fail(Exception failure) throws Exception {
    throw failure;
  }

  private static String failing(Exception failure) throws Exception {
    throw failure;
  }

  private static void failWhenInterrupted(Exception failure) throws Exception {
    try {
      Thread.sleep(Long.MAX_VALUE);
    } catch (InterruptedException e) {
      throw failure;
    }
  }
}
