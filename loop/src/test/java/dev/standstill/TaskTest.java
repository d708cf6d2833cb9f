package dev.standstill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@link EventLoop#spawn} returns. */
class TaskTest {

  private final EventLoop loop = EventLoop.start("app");
  private final List<String> events = new ArrayList<>();

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void bearsTheNameThatItsThreadBearsToo() throws Exception {
    Task<String> task = loop.spawn("fetch", () -> Thread.currentThread().getName());
    assertThat(task.name()).isEqualTo("fetch");
    assertThat(task.get()).isEqualTo("fetch");
  }

  @Test
  void isNumberedIfItHasNoName() {
    Task<?> first = loop.spawn(() -> 1);
    Task<?> second = loop.spawn(() -> {});
    assertThat(first.name()).isEqualTo("task-1");
    assertThat(second.name()).isEqualTo("task-2");
  }

  @Test
  void isToldWithItsThreadUntilItHasEnded() throws Exception {
    var end = new CountDownLatch(1);
    Task<?> first = loop.spawn("first", () -> end.await());
    Task<?> second = loop.spawn("second", () -> {});
    second.get();
    loop.run(() -> assertThat(loop.tasks()).extracting(TaskSnapshot::name).contains("first"));

    assertThat(loop.tasks()).extracting(TaskSnapshot::name).containsExactly("first");
    end.countDown();
    first.get();
    assertThat(loop.tasks()).isEmpty();
  }

  @Test
  void yieldsWhatItsBodyReturns() throws Exception {
    Task<Integer> task = loop.spawn("answer", () -> 42);
    assertThat(task.get()).isEqualTo(42);
    assertThat(task.state()).isEqualTo(Future.State.SUCCESS);
    assertThat(task.resultNow()).isEqualTo(42);
  }

  @Test
  void yieldsNullIfItsBodyReturnsNothing() throws Exception {
    Task<Void> task = loop.spawn("effect", () -> {});
    assertThat(task.get()).isNull();
  }

  @Test
  void throwsWhatItsBodyHasThrownAsACause() {
    IOException thrown = new IOException("disk");
    Task<?> task = loop.spawn("fails", () -> throwIt(thrown));
    assertThatThrownBy(task::get).isInstanceOf(ExecutionException.class).cause().isSameAs(thrown);
    assertThat(task.state()).isEqualTo(Future.State.FAILED);
    assertThat(task.exceptionNow()).isSameAs(thrown);
  }

  private static void throwIt(IOException thrown) throws IOException {
    throw thrown;
  }

  @Test
  void isInterruptedWhenItIsCancelled() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Task<?> task = loop.spawn("waiter", () -> waitUntilInterrupted(waiting, ended));
    waiting.await();
    assertThat(task.cancel(true)).isTrue();
    ended.await();
    assertThat(events).containsExactly("interrupted");
    assertThatThrownBy(task::get).isInstanceOf(CancellationException.class);
  }

  private void waitUntilInterrupted(CountDownLatch waiting, CountDownLatch ended) {
    waiting.countDown();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      events.add("interrupted");
    }
    ended.countDown();
  }

  @Test
  void goesOnWhenItIsCancelledWithoutAnInterrupt() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch latch = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Task<?> task =
        loop.spawn(
            "waiter",
            () -> {
              begun.countDown();
              latch.await();
              ended.countDown();
            });
    begun.await();
    assertThat(task.cancel(false)).isTrue();
    latch.countDown();
    ended.await();
    assertThat(task).isCancelled();
  }

  @Test
  void neverRunsIfItIsCancelledBeforeItsTurn() throws Exception {
    Task<?> task =
        loop.run(() -> {
          Task<?> child = loop.spawn("child", () -> events.add("ran"));
          child.cancel(true);
          return child;
        });
    loop.run(() -> {});
    assertThat(task).isCancelled();
    assertThat(events).isEmpty();
  }

  @Test
  void isWaitedForNoLongerThanAsked() {
    Task<?> task = loop.spawn("waiter", () -> new CountDownLatch(1).await());
    assertThatThrownBy(() -> task.get(1, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    assertThat(task.isDone()).isFalse();
  }

  @Test
  void mayBeWaitedForByOtherTasks() throws Exception {
    int sum =
        loop.run(() -> {
          Task<Integer> left = loop.spawn("left", () -> 40);
          Task<Integer> right = loop.spawn("right", () -> left.get() + 2);
          return right.get();
        });
    assertThat(sum).isEqualTo(42);
  }

  @Test
  void showsWhatItHasDoneToWhoeverGotItsResult() throws Exception {
    for (int round = 0; round < 1_000; round++) {
      int[] plain = {0};
      loop.spawn("writer", () -> plain[0] = 42).get();
      assertThat(plain[0]).isEqualTo(42);
    }
  }

  @Test
  void isRefusedWithoutABody() {
    assertThatThrownBy(() -> loop.execute(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> loop.spawn("no body", (ThrowingRunnable) null))
        .isInstanceOf(NullPointerException.class);
  }
}
