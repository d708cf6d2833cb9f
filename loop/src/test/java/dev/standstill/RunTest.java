package dev.standstill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@link EventLoop#run} on a loop that its callers drive. */
class RunTest {

  private final EventLoop loop = EventLoop.open("http");

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void returnsWhatTheBodyReturns() throws Exception {
    assertThat(loop.<Integer>run(() -> 42)).isEqualTo(42);
  }

  @Test
  void throwsWhatTheBodyHasThrown() {
    for (Throwable thrown :
        List.of(
            new IOException("disk"), new IllegalStateException("state"), new AssertionError())) {
      assertThat(catchThrowable(() -> loop.run(() -> sneakyThrow(thrown)))).isSameAs(thrown);
    }
  }

  @Test
  void throwsEvenWhatIsNeitherAnExceptionNorAnError() {
    Throwable thrown = new Throwable("neither");
    assertThat(catchThrowable(() -> loop.run(() -> sneakyThrow(thrown)))).isSameAs(thrown);
  }

  @Test
  void runsTheBodyAsATaskNamedMain() throws Exception {
    Thread task = loop.run(Thread::currentThread);
    assertThat(task.isVirtual()).isTrue();
    assertThat(task.getName()).isEqualTo("main");
  }

  @Test
  void runsTasksOneAtATimeFirstInFirstOut() throws Exception {
    List<String> order = new ArrayList<>();
    loop.run(() -> {
      for (String name : List.of("a", "b", "c")) {
        loop.spawn(name, () -> appendThreeTimes(order, name));
      }
      awaitSize(order, 9);
    });
    assertThat(order).containsExactly("a", "b", "c", "a", "b", "c", "a", "b", "c");
  }

  private static void appendThreeTimes(List<String> order, String name) {
    for (int i = 0; i < 3; i++) {
      order.add(name);
      Thread.yield();
    }
  }

  @Test
  void keepsTheOrderInWhichOneThreadHandsWorkOver() throws Exception {
    List<Integer> order = new ArrayList<>();
    List<Integer> expected = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      int number = i;
      expected.add(number);
      loop.execute(() -> order.add(number));
    }
    loop.run(() -> {});
    assertThat(order).isEqualTo(expected);
  }

  @Test
  void leavesOtherTasksToTheNextRun() throws Exception {
    LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
    Task<String> consumer = loop.spawn("consumer", () -> queue.take());
    loop.run(() -> {});
    assertThat(consumer.isDone()).isFalse();
    queue.add("item");
    assertThat(loop.<String>run(() -> consumer.get())).isEqualTo("item");
  }

  @Test
  void showsTheCallerWhatTasksHaveDoneBeforeItReturns() throws Exception {
    int[] plain = {0};
    loop.spawn("writer", () -> plain[0] = 41);
    loop.run(() -> plain[0]++);
    assertThat(plain[0]).isEqualTo(42);
  }

  @Test
  void isRefusedToATaskOfTheLoopItself() throws Exception {
    Task<?> task = loop.spawn("fetch-3", () -> loop.run(() -> 1));
    loop.run(() -> {});
    assertThatThrownBy(task::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "run() was called from task \"fetch-3\", which runs on this loop \"http\"."
                + " Call the code directly, or spawn() it and get() the Task.");
  }

  @Test
  void isRefusedToAVirtualThreadThatATaskHasStarted() throws Exception {
    Task<Throwable> task =
        loop.spawn(
            "parent",
            () -> {
              Throwable[] thrown = {null};
              Thread.ofVirtual()
                  .name("child")
                  .start(() -> thrown[0] = catchThrowable(() -> loop.run(() -> 1)))
                  .join();
              return thrown[0];
            });
    assertThat(loop.<Throwable>run(() -> task.get()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("run() was called from task \"child\"");
  }

  @Test
  void isRefusedToAVirtualThreadThatWouldHaveToDrive() throws Exception {
    Throwable[] thrown = {null};
    Thread.ofVirtual()
        .name("request")
        .start(() -> thrown[0] = catchThrowable(() -> loop.run(() -> 1)))
        .join();
    assertThat(thrown[0])
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "EventLoop \"http\" cannot be run by virtual thread \"request\": a carrier has to be a"
                + " platform thread. Use EventLoop.start() for a loop with a thread of its own.");
  }

  @Test
  void servesVirtualThreadsWhenTheLoopHasAThreadOfItsOwn() throws Exception {
    try (EventLoop started = EventLoop.start("started")) {
      Object[] got = {null};
      Thread.ofVirtual().start(() -> got[0] = catchThrowable(() -> started.run(() -> {}))).join();
      assertThat(got[0]).isNull();
    }
  }

  @Test
  void letsOneOfSeveralThreadsDriveWhileTheOthersWait() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(1);
    var driver = Threads.start("driver", () -> loop.run(() -> awaited(first)));
    driver.awaitWaiting();
    var waiter = Threads.start("waiter", () -> loop.run(() -> awaited(second)));
    waiter.awaitWaiting();
    second.countDown();
    assertThat(waiter.get()).isEqualTo("main");
    assertThat(driver.isDone()).isFalse();
    first.countDown();
    assertThat(driver.get()).isEqualTo("main");
  }

  @Test
  void letsAWaitingThreadTakeOverFromOneThatLeaves() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(1);
    var driver = Threads.start("driver", () -> loop.run(() -> awaited(first)));
    driver.awaitWaiting();
    var waiter = Threads.start("waiter", () -> loop.run(() -> awaited(second)));
    waiter.awaitWaiting();
    first.countDown();
    assertThat(driver.get()).isEqualTo("main");
    second.countDown();
    assertThat(waiter.get()).isEqualTo("main");
  }

  private static String awaited(CountDownLatch latch) throws InterruptedException {
    latch.await();
    return Thread.currentThread().getName();
  }

  @Test
  void cancelsItsTaskWhenTheThreadThatDrivesIsInterrupted() throws Exception {
    LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
    List<String> seen = new ArrayList<>();
    var driver = Threads.start("driver", () -> loop.run(() -> takeUntilInterrupted(queue, seen)));
    driver.awaitWaiting();
    driver.thread().interrupt();
    assertThatThrownBy(driver::get).hasCauseInstanceOf(InterruptedException.class);
    loop.run(() -> {});
    assertThat(seen).containsExactly("interrupted");
  }

  private static void takeUntilInterrupted(LinkedBlockingQueue<String> queue, List<String> seen)
      throws InterruptedException {
    try {
      queue.take();
    } catch (InterruptedException e) {
      seen.add("interrupted");
      throw e;
    }
  }

  @Test
  void noticesAnInterruptOfItsThreadWhileATaskRunsOnIt() {
    Thread driver = Thread.currentThread();
    assertThatThrownBy(() ->
            loop.run(() -> {
              driver.interrupt();
              yieldUntilInterrupted();
            }))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  private static void yieldUntilInterrupted() {
    while (!Thread.currentThread().isInterrupted()) {
      Thread.yield();
    }
  }

  @Test
  void leavesAThreadThatWasInterruptedBeforehandInterruptedNoMore() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> loop.run(() -> 1)).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void isRefusedOnceTheLoopIsClosed() throws Exception {
    var closer = Threads.start("shutdown", loop::close);
    closer.get();
    assertThatThrownBy(() -> loop.run(() -> 1))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageMatching(
            "EventLoop \"http\" is closed: it was closed by thread \"shutdown\""
                + " \\(Threads\\.java:\\d+\\)\\. Open a new one\\.");
  }

  private static void awaitSize(List<String> list, int size) {
    while (list.size() < size) {
      Thread.yield();
    }
  }

  @SuppressWarnings("unchecked")
  private static <X extends Throwable> void sneakyThrow(Throwable thrown) throws X {
    throw (X) thrown;
  }
}
