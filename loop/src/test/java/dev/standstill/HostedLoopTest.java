package dev.standstill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.jdk.VirtualThreads;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A loop on a thread that belongs to somebody else. */
class HostedLoopTest {

  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("host").factory());
  private final EventLoop loop = EventLoop.on(ExecutorHost.of(executor));
  private final List<String> events = new ArrayList<>();

  @AfterEach
  void close() {
    loop.close();
    executor.shutdownNow();
  }

  @Test
  void tasksRunOnTheThreadOfTheHost() throws Exception {
    Thread host = executor.submit(Thread::currentThread).get();

    Thread before = loop.run(VirtualThreads::currentCarrier);
    Thread after =
        loop.run(() -> {
          Thread.sleep(1);
          return VirtualThreads.currentCarrier();
        });

    assertThat(before).isSameAs(host);
    assertThat(after).isSameAs(host);
  }

  @Test
  void theSameHostGivesTheSameLoop() {
    assertThat(EventLoop.on(ExecutorHost.of(executor))).isSameAs(loop);
  }

  @Test
  void theLoopGivesItsHostBack() {
    assertThat(loop.host()).contains(ExecutorHost.of(executor));
    assertThat(loop.host().map(host -> ((ExecutorHost) host).executor())).contains(executor);
  }

  @Test
  void aLoopOfItsOwnHasNoHost() {
    try (EventLoop own = EventLoop.start("own")) {
      assertThat(own.host()).isEmpty();
    }
  }

  @Test
  void theLoopIsNamedAfterItsHost() {
    assertThat(loop.toString()).isEqualTo("EventLoop \"%s\"", loop.host().orElseThrow());
  }

  @Test
  void aLoopThatNobodyKnowsIsForgotten() throws Exception {
    var other = Executors.newSingleThreadScheduledExecutor();
    try {
      var known = new WeakReference<>(EventLoop.on(ExecutorHost.of(other)));
      while (known.get() != null) {
        System.gc();
        Thread.sleep(1);
      }
      assertThat(EventLoop.on(ExecutorHost.of(other)).isShutdown()).isFalse();
    } finally {
      other.shutdownNow();
    }
  }

  @Test
  void aTaskThatBlocksDoesNotHoldUpTheHost() throws Exception {
    var wakeUp = new CountDownLatch(1);
    Task<?> task = loop.spawn("waiter", () -> wakeUp.await());

    executor.submit(wakeUp::countDown).get();

    task.get();
  }

  /** The yields take some 0.1 s, which is 500 turns; the host's own work gets its share between. */
  @Test
  void aTaskThatYieldsAMillionTimesDoesNotHoldUpTheHost() throws Exception {
    var ownWork = new AtomicInteger();
    Task<?> task = loop.spawn("yields", () -> yieldTimes(1_000_000));
    executor.execute(() -> countUntilDone(task, ownWork));
    task.get();
    assertThat(ownWork.get()).isGreaterThan(100);
  }

  private void countUntilDone(Task<?> task, AtomicInteger rounds) {
    rounds.incrementAndGet();
    if (!task.isDone()) {
      executor.execute(() -> countUntilDone(task, rounds));
    }
  }

  private static void yieldTimes(int times) {
    for (int i = 0; i < times; i++) {
      Thread.yield();
    }
  }

  @Test
  void tasksSleepInOrderOfTime() throws Exception {
    loop.run(() -> {
      try (var group = TaskGroup.open()) {
        group.spawn("late", () -> sleepAndTell(20, "late"));
        group.spawn("early", () -> sleepAndTell(5, "early"));
        group.spawn("never", () -> sleepAndTell(1, "first"));
        group.join();
      }
    });
    assertThat(events).containsExactly("first", "early", "late");
  }

  private void sleepAndTell(long millis, String event) throws InterruptedException {
    Thread.sleep(millis);
    events.add(event);
  }

  /** A turn may set the next timer before the one that has called it is known to have fired. */
  @Test
  void eachOfManySleepsEnds() throws Exception {
    loop.run(() -> {
      for (int i = 0; i < 5_000; i++) {
        Thread.sleep(Duration.ofNanos(50_000));
      }
    });
  }

  @Test
  void isAScheduledExecutorService() throws Exception {
    BlockingQueue<String> ran = new ArrayBlockingQueue<>(10);
    var once = loop.schedule(() -> "once", 1, TimeUnit.MILLISECONDS);
    var again = loop.scheduleAtFixedRate(() -> ran.offer("again"), 1, 1, TimeUnit.MILLISECONDS);

    assertThat(once.get()).isEqualTo("once");
    assertThat(ran.take()).isEqualTo("again");
    assertThat(ran.take()).isEqualTo("again");
    again.cancel(false);
  }

  @Test
  void workComesInFromTheHostAndFromItsTasks() throws Exception {
    var fromHost = executor.submit(() -> loop.spawn("child", () -> events.add("from the host")));
    fromHost.get().get();
    loop.run(() -> loop.spawn("child", () -> events.add("from a task")).get());
    assertThat(events).containsExactly("from the host", "from a task");
  }

  @Test
  void whatTasksDidIsSeenByTheHostAndTheOtherWayRound() throws Exception {
    int[] plain = {0};
    for (int i = 0; i < 1_000; i++) {
      executor.submit(() -> plain[0]++).get();
      loop.run(() -> {
        plain[0]++;
      });
    }
    assertThat(plain[0]).isEqualTo(2_000);
  }

  @Test
  void aFutureALockAndAQueueOfOneLoopCanBeAwaitedOnAnother() throws Exception {
    var future = new CompletableFuture<String>();
    var queue = new ArrayBlockingQueue<String>(1);
    var lock = new ReentrantLock();
    var locked = new CountDownLatch(1);
    var unlock = new CountDownLatch(1);
    try (EventLoop other = EventLoop.start("other")) {
      Task<?> holds =
          other.spawn(
              "holds",
              () -> {
                lock.lock();
                locked.countDown();
                unlock.await();
                lock.unlock();
              });
      locked.await();
      Task<Thread> locks = loop.spawn("locks", () -> lockOn(lock));
      Task<String> waits = loop.spawn("waits", () -> future.get() + queue.take());
      other.run(() -> {
        future.complete("both ");
        queue.put("arrived");
      });
      assertThat(waits.get()).isEqualTo("both arrived");
      assertThat(lock.hasQueuedThreads()).isTrue();
      assertThat(locks.isDone()).isFalse();

      unlock.countDown();
      holds.get();
      assertThat(locks.get()).isSameAs(executor.submit(Thread::currentThread).get());
    }
  }

  /** Returns the carrier that has the lock. */
  private static Thread lockOn(ReentrantLock lock) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      return VirtualThreads.currentCarrier();
    } finally {
      lock.unlock();
    }
  }

  @Test
  void runIsRefusedOnTheThreadOfTheHost() throws Exception {
    loop.run(() -> {});
    var refused = executor.submit(() -> loop.run(() -> 1));
    assertThatThrownBy(refused::get)
        .hasCauseInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith(
            "run() was called on thread \"host\", on which this loop \"%s\" runs its tasks: it would wait for itself. Call the code directly, or spawn() it.",
            loop.name());
  }

  @Test
  void runByATaskOfTheLoopIsRefused() throws Exception {
    assertThatThrownBy(() -> loop.run(() -> loop.run(() -> 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("run() was called from task \"main\", which runs on this loop");
  }

  @Test
  void runThatMayWaitForItselfIsLogged() throws Exception {
    try (var log = new LogRecords()) {
      var other = Executors.newSingleThreadScheduledExecutor();
      other.submit(() -> EventLoop.on(ExecutorHost.of(other)).run(() -> 1));
      assertThat(log.take().getMessage())
          .startsWith("run() waits for EventLoop \"")
          .endsWith("it waits for itself: spawn() the code there instead.");
      other.shutdownNow();
    }
  }

  @Test
  void runIsAllowedToVirtualThreadsAndTasksOfOtherLoops() throws Exception {
    try (EventLoop other = EventLoop.start("other")) {
      assertThat(other.run(() -> loop.run(() -> 42))).isEqualTo(42);
    }
  }

  @Test
  void callersDoNotDriveIt() {
    assertThatThrownBy(loop::runForever)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("%s runs on %s already: hand work to it with spawn().", loop, loop.name());
    assertThatThrownBy(loop::stop)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("%s runs on %s until it ends with close().", loop, loop.name());
  }

  @Test
  void closingEndsTheTasksAndLeavesTheHostOpen() throws Exception {
    Task<?> task = loop.spawn("waiter", this::waitAndTell);
    loop.run(() -> {});

    loop.close();

    assertThat(events).containsExactly("interrupted");
    assertThat(task).isCancelled();
    assertThat(loop.isTerminated()).isTrue();
    assertThat(executor.submit(() -> "open").get()).isEqualTo("open");
  }

  private void waitAndTell() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      events.add("interrupted");
    }
  }

  @Test
  void aHostWhoseLoopIsClosedGetsAnotherOne() throws Exception {
    loop.close();
    assertThatThrownBy(() -> loop.run(() -> 1))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("is closed: it was closed by thread");
    try (EventLoop another = EventLoop.on(ExecutorHost.of(executor))) {
      assertThat(another.run(() -> 1)).isEqualTo(1);
      assertThat(EventLoop.on(ExecutorHost.of(executor))).isSameAs(another);
    }
  }

  @Test
  void closingOnTheThreadOfTheHostDoesNotWait() throws Exception {
    loop.spawn("waiter", this::waitAndTell);
    loop.run(() -> {});
    executor.submit(loop::close).get();
    assertThat(loop.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    assertThat(events).containsExactly("interrupted");
  }

  @Test
  void tasksOfAHostThatEndsAreCancelledAndNamedInTheLog() throws Exception {
    try (var log = new LogRecords()) {
      Task<?> task = loop.spawn("waiter", this::waitAndTell);
      loop.run(() -> {});
      executor.shutdownNow();

      assertThatThrownBy(() -> loop.run(() -> 1))
          .isInstanceOf(RejectedExecutionException.class)
          .hasMessage(
              "%s is closed: it was closed by its host %s, which runs nothing any more. Open a new one.",
              loop, loop.name());

      assertThat(loop.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
      assertThat(task).isCancelled();
      assertThat(events).containsExactly("interrupted");
      assertThat(log.take().getMessage())
          .startsWith(loop + " has lost its host, which runs nothing any more.")
          .contains("Tasks that were left are cancelled: \"waiter\"");
    }
  }

  @Test
  void aSleepEndsThoughTheHostHasEnded() throws Exception {
    try (var log = new LogRecords()) {
      Task<?> task = loop.spawn("sleeper", () -> Thread.sleep(20));
      loop.run(() -> {});
      executor.shutdownNow();
      assertThat(loop.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
      assertThat(task).isCancelled();
      assertThat(log.take().getMessage()).contains("\"sleeper\"");
    }
  }

  @Test
  void aTurnThatTheHostHasDroppedIsNoticedByWhoeverWaits() throws Exception {
    try (var log = new LogRecords()) {
      loop.run(() -> {});
      var busy = new CountDownLatch(1);
      executor.execute(() -> awaitUninterruptibly(busy));
      Task<?> task = loop.spawn("dropped", () -> {});
      executor.shutdownNow();
      busy.countDown();
      assertThat(loop.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
      assertThat(task).isCancelled();
      assertThat(log.take().getMessage()).contains("\"dropped\"");
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void closingALoopWhoseHostHasEndedIsQuiet() throws Exception {
    try (var log = new LogRecords()) {
      loop.run(() -> {});
      executor.shutdownNow();
      loop.close();
      assertThat(loop.isTerminated()).isTrue();
      assertThat(log.messages()).isEmpty();
    }
  }

  @Test
  void aHostOfYourOwnIsAFewLines() throws Exception {
    record QueueHost(BlockingQueue<Runnable> queue, Thread thread) implements Host {
      @Override
      public void execute(Runnable turn) {
        queue.add(turn);
      }

      @Override
      public boolean isCurrentThread() {
        return Thread.currentThread() == thread;
      }
    }
    var queue = new ArrayBlockingQueue<Runnable>(10);
    EventLoop own = EventLoop.on(new QueueHost(queue, Thread.currentThread()));
    Task<Thread> task = own.spawn("task", VirtualThreads::currentCarrier);
    while (!task.isDone()) {
      queue.take().run();
    }
    assertThat(task.get()).isSameAs(Thread.currentThread());
    assertThat(EventLoop.on(new QueueHost(queue, Thread.currentThread()))).isSameAs(own);
  }

  @Test
  void aFailureOfATaskReachesTheCaller() {
    assertThatThrownBy(() ->
            loop.run(() -> {
              throw new IllegalArgumentException("no");
            }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no");
    Task<?> failing =
        loop.spawn(
            "failing",
            () -> {
              throw new IllegalArgumentException("no");
            });
    assertThatThrownBy(failing::get).isInstanceOf(ExecutionException.class);
  }

  @Test
  void anInterruptOfTheCallerCancelsTheTask() throws Exception {
    var begun = new CountDownLatch(1);
    var caller =
        Threads.start(
            "caller",
            () ->
                loop.run(() -> {
                  begun.countDown();
                  waitAndTell();
                }));
    begun.await();
    caller.thread().interrupt();
    assertThatThrownBy(caller::get).hasCauseInstanceOf(InterruptedException.class);
    loop.run(() -> {});
    assertThat(events).containsExactly("interrupted");
  }

  @Test
  void timeIsThatOfTheMachine() throws Exception {
    long before = System.nanoTime();
    loop.run(() -> Thread.sleep(Duration.ofMillis(20)));
    assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(20_000_000);
  }
}
