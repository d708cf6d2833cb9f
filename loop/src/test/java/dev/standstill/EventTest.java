package dev.standstill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventTest {

  private final EventLoop loop = EventLoop.open("app");
  private final Event event = new Event();

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void isNotSetAtFirst() {
    assertThat(event.isSet()).isFalse();
  }

  @Test
  void wakesAllWhoWaitForIt() throws Exception {
    List<Integer> woken = new ArrayList<>();
    List<Task<?>> waiters = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int number = i;
      waiters.add(loop.spawn(() -> awaitAndAdd(woken, number)));
    }
    loop.run(() -> {});
    assertThat(woken).isEmpty();
    event.set();
    loop.run(() -> getAll(waiters));
    assertThat(woken).containsExactly(0, 1, 2);
  }

  private static void getAll(List<Task<?>> tasks) throws Exception {
    for (Task<?> task : tasks) {
      task.get();
    }
  }

  private void awaitAndAdd(List<Integer> woken, int number) throws InterruptedException {
    event.await();
    woken.add(number);
  }

  @Test
  void letsThroughAtOnceWhileItIsSet() throws Exception {
    event.set();
    event.set();
    event.await();
    event.await(Duration.ZERO);
    assertThat(event.isSet()).isTrue();
  }

  @Test
  void holdsBackAgainOnceItIsCleared() throws Exception {
    event.set();
    event.clear();
    assertThat(event.isSet()).isFalse();
    Task<?> waiter = loop.spawn("waiter", () -> event.await());
    loop.run(() -> {});
    assertThat(waiter.isDone()).isFalse();
    event.set();
    loop.run(() -> waiter.get());
  }

  @Test
  void wakesThoseWhoWaitedAlsoIfItIsClearedAtOnce() throws Exception {
    Task<?> waiter = loop.spawn("waiter", () -> event.await());
    Task<?> limited = loop.spawn("limited", () -> event.await(Duration.ofHours(1)));
    loop.run(() -> {});
    loop.run(() -> {
      event.set();
      event.clear();
      Task<?> later = loop.spawn("later", () -> event.await());
      waiter.get();
      limited.get();
      assertThat(later.isDone()).isFalse();
    });
    assertThat(event.isSet()).isFalse();
  }

  @Test
  void letsATaskOfALoopWaitForAnotherThread() throws Exception {
    var waiter = Threads.start("waiter", () -> loop.run(() -> event.await())).awaitWaiting();
    event.set();
    waiter.get();
  }

  @Test
  void letsAThreadWaitForATask() throws Exception {
    var waiter = Threads.start("waiter", () -> event.await()).awaitWaiting();
    loop.run(event::set);
    waiter.get();
  }

  @Test
  void isWaitedForNoLongerThanAsked() {
    assertThatThrownBy(() -> event.await(Duration.ofMillis(2)))
        .isInstanceOf(TimeoutException.class)
        .hasMessage("The event was not set within PT0.002S.");
  }

  @Test
  void isNotWaitedForIfNoTimeIsGiven() {
    for (Duration none : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
      assertThatThrownBy(() -> event.await(none)).isInstanceOf(TimeoutException.class);
    }
  }

  @Test
  void mayBeWaitedForLongerThanTimeItself() throws Exception {
    Task<?> waiter = loop.spawn("waiter", () -> event.await(Duration.ofSeconds(Long.MAX_VALUE)));
    loop.run(() -> {});
    assertThat(waiter.isDone()).isFalse();
    event.set();
    loop.run(() -> waiter.get());
  }

  @Test
  void letsGoOfATaskThatIsCancelled() throws Exception {
    Task<?> waiter = loop.spawn("waiter", () -> event.await());
    loop.run(() -> {});
    waiter.cancel(true);
    assertThatThrownBy(waiter::get).isInstanceOf(CancellationException.class);
    loop.close();
    assertThat(loop.isTerminated()).isTrue();
  }

  @Test
  void doesNotWaitOnAThreadThatIsInterrupted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(event::await).isInstanceOf(InterruptedException.class);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> event.await(Duration.ofHours(1)))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void showsWhatWasDoneBeforeItWasSet() throws Exception {
    int[] plain = {0};
    var waiter =
        Threads.start(
            "waiter",
            () -> {
              event.await();
              return plain[0];
            });
    plain[0] = 42;
    event.set();
    assertThat(waiter.get()).isEqualTo(42);
  }
}
