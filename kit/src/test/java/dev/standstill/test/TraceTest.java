package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.standstill.ThrowingRunnable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceTest {

  /** What a program of two tasks does: "waiter", and "waker" once that waits. */
  private static Trace trace(int stacks, ThrowingRunnable waiter, ThrowingRunnable waker) {
    try (TestLoop loop = TestLoop.builder().traceWithStacks(stacks).leaks(Leaks.IGNORE).open()) {
      loop.spawn(
          "waiter",
          () -> {
            waiter.run();
            return null;
          });
      loop.spawn(
          "waker",
          () -> {
            waker.run();
            return null;
          });
      loop.runUntilBlocked();
      return loop.trace();
    }
  }

  private static Trace.Slice first(String task, Trace trace) {
    return of(task, trace).getFirst();
  }

  private static Trace.Slice second(String task, Trace trace) {
    return of(task, trace).get(1);
  }

  private static List<Trace.Slice> of(String task, Trace trace) {
    return trace.slices().stream().filter(slice -> slice.name().equals(task)).toList();
  }

  private static void shows(Trace trace, BlockedOn on, String object, int holder, Trace.By by) {
    assertThat(first("waiter", trace).then()).isEqualTo(new Trace.Wait(on, object, holder, false));
    assertThat(second("waiter", trace).cause()).isEqualTo(new Trace.Cause(by, 2, 2));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100})
  void aTakeIsLetGoOnByAPut(int stacks) {
    for (BlockingQueue<String> queue :
        List.of(new LinkedBlockingQueue<String>(), new ArrayBlockingQueue<String>(1))) {
      shows(
          trace(stacks, queue::take, () -> queue.put("x")),
          BlockedOn.QUEUE,
          "Condition#1",
          0,
          Trace.By.QUEUE);
    }
    SynchronousQueue<String> direct = new SynchronousQueue<>();
    Trace trace = trace(stacks, direct::take, () -> direct.put("x"));
    assertThat(first("waiter", trace).then()).isNotNull();
    assertThat(first("waiter", trace).then().on()).isEqualTo(BlockedOn.QUEUE);
    assertThat(second("waiter", trace).cause()).isEqualTo(new Trace.Cause(Trace.By.QUEUE, 2, 2));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100})
  void aLockIsLetGoByWhomHasIt(int stacks) {
    ReentrantLock lock = new ReentrantLock();
    Trace trace;
    try (TestLoop loop = TestLoop.builder().traceWithStacks(stacks).open()) {
      loop.spawn(
          "holder",
          () -> {
            lock.lock();
            Thread.yield();
            lock.unlock();
          });
      loop.spawn(
          "waiter",
          () -> {
            lock.lock();
            lock.unlock();
          });
      loop.runUntilBlocked();
      trace = loop.trace();
    }

    assertThat(first("holder", trace).then()).isNull();
    assertThat(second("holder", trace).cause()).isNull();
    assertThat(first("waiter", trace).then())
        .isEqualTo(new Trace.Wait(BlockedOn.LOCK, "ReentrantLock#1", 1, false));
    assertThat(second("waiter", trace).cause()).isEqualTo(new Trace.Cause(Trace.By.UNLOCK, 1, 3));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100})
  void allOtherWaitsAreTold(int stacks) {
    Semaphore semaphore = new Semaphore(0);
    shows(
        trace(stacks, semaphore::acquire, semaphore::release),
        BlockedOn.SEMAPHORE,
        "Semaphore#1",
        0,
        Trace.By.UNLOCK);
    CountDownLatch latch = new CountDownLatch(1);
    shows(
        trace(stacks, latch::await, latch::countDown),
        BlockedOn.LATCH,
        "CountDownLatch#1",
        0,
        Trace.By.COMPLETE);
    CompletableFuture<String> future = new CompletableFuture<>();
    shows(
        trace(stacks, future::join, () -> future.complete("x")),
        BlockedOn.FUTURE,
        "",
        0,
        Trace.By.COMPLETE);
    CyclicBarrier barrier = new CyclicBarrier(2);
    shows(
        trace(stacks, barrier::await, barrier::await),
        BlockedOn.BARRIER,
        "Condition#1",
        0,
        Trace.By.COMPLETE);
    ReentrantLock lock = new ReentrantLock();
    Condition condition = lock.newCondition();
    shows(
        trace(
            stacks,
            () -> {
              lock.lock();
              condition.await();
              lock.unlock();
            },
            () -> {
              lock.lock();
              condition.signal();
              lock.unlock();
            }),
        BlockedOn.CONDITION,
        "Condition#1",
        0,
        Trace.By.SIGNAL);
    Thread[] parked = new Thread[1];
    shows(
        trace(
            stacks,
            () -> {
              parked[0] = Thread.currentThread();
              LockSupport.park();
            },
            () -> LockSupport.unpark(parked[0])),
        BlockedOn.PARK,
        "",
        0,
        Trace.By.UNPARK);
    shows(
        trace(
            stacks,
            () -> {
              parked[0] = Thread.currentThread();
              catchThrowable(() -> Thread.sleep(1_000));
            },
            () -> parked[0].interrupt()),
        BlockedOn.SLEEP,
        "",
        0,
        Trace.By.INTERRUPT);
  }

  @Test
  void monitorsAreHandedOverByWhoeverLeavesThem() {
    Object monitor = new Object();
    Trace trace =
        trace(
            100,
            () -> {
              synchronized (monitor) {
                monitor.wait();
              }
            },
            () -> {
              synchronized (monitor) {
                monitor.notify();
              }
            });

    assertThat(first("waiter", trace).then())
        .isEqualTo(new Trace.Wait(BlockedOn.MONITOR_WAIT, "Object#1", 0, false));
    assertThat(second("waiter", trace).cause()).isEqualTo(new Trace.Cause(Trace.By.SIGNAL, 2, 2));
  }

  @Test
  void whoHasAMonitorIsToldWithStacks() {
    Object monitor = new Object();
    Trace trace;
    try (TestLoop loop = TestLoop.builder().traceWithStacks().open()) {
      loop.spawn(
          "holder",
          () -> {
            synchronized (monitor) {
              Thread.sleep(10);
            }
            return null;
          });
      loop.spawn(
          "waiter",
          () -> {
            synchronized (monitor) {
              return null;
            }
          });
      loop.runUntilIdle();
      trace = loop.trace();
    }

    assertThat(first("waiter", trace).then())
        .isEqualTo(new Trace.Wait(BlockedOn.MONITOR, "Object#1", 1, false));
    assertThat(second("waiter", trace).cause()).isEqualTo(new Trace.Cause(Trace.By.UNLOCK, 1, 3));
  }

  @Test
  void timeIsToldWhereItMoves() {
    try (TestLoop loop = TestLoop.builder().trace().open()) {
      loop.spawn(
          "sleeper",
          () -> {
            Thread.sleep(Duration.ofHours(1));
            Thread.sleep(Duration.ofMillis(1));
            return null;
          });
      loop.runUntilIdle();

      assertThat(loop.trace().jumps())
          .containsExactly(
              new Trace.Jump(1, Duration.ZERO, Duration.ofHours(1)),
              new Trace.Jump(2, Duration.ofHours(1), Duration.ofHours(1).plusMillis(1)));
      assertThat(loop.trace().slices())
          .extracting(Trace.Slice::cause)
          .containsExactly(
              new Trace.Cause(Trace.By.OUTSIDE, 0, 0),
              new Trace.Cause(Trace.By.TIMER, 0, 1),
              new Trace.Cause(Trace.By.TIMER, 0, 2));
    }
  }

  @Test
  void parentsPoolsAndFailuresAreTold() throws Exception {
    TestLoop loop = TestLoop.builder().trace().open();
    loop.run(() -> {
      try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
        pool.submit(() -> {
          throw new IllegalStateException("lost");
        });
        pool.submit(() -> "done");
      }
    });
    Trace trace = loop.trace();

    assertThat(trace.tasks())
        .extracting(Trace.Task::name, Trace.Task::startedBy, Trace.Task::pool)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("main", 0, ""),
            org.assertj.core.groups.Tuple.tuple("pool-1-thread-1", 1, "pool-1"),
            org.assertj.core.groups.Tuple.tuple("pool-1-thread-2", 1, "pool-1"));
    assertThat(first("pool-1-thread-1", trace).cause())
        .isEqualTo(new Trace.Cause(Trace.By.START, 1, 1));
    assertThat(trace.failures())
        .extracting(Trace.Failure::task, Trace.Failure::text)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(2, "java.lang.IllegalStateException: lost"));
    loop.close();
  }

  @Test
  void aDeadlockIsTheEndWithItsCycle() {
    TestLoop loop = TestLoop.builder().traceWithStacks().leaks(Leaks.IGNORE).open();
    ReentrantLock a = new ReentrantLock();
    ReentrantLock b = new ReentrantLock();
    Throwable deadlock =
        catchThrowable(() ->
            loop.run(() -> {
              Thread one = Thread.ofVirtual().name("one").start(() -> lockBoth(a, b));
              Thread two = Thread.ofVirtual().name("two").start(() -> lockBoth(b, a));
              one.join();
              two.join();
            }));
    Trace trace = loop.trace();
    loop.close();

    assertThat(trace.end())
        .isEqualTo(
            new Trace.End(
                Trace.Outcome.DEADLOCK, String.valueOf(deadlock.getMessage()), List.of(2, 3)));
    assertThat(of("one", trace).getLast().then())
        .isEqualTo(new Trace.Wait(BlockedOn.LOCK, "ReentrantLock#1", 3, false));
    assertThat(of("two", trace).getLast().then())
        .isEqualTo(new Trace.Wait(BlockedOn.LOCK, "ReentrantLock#2", 2, false));
    assertThat(of("main", trace).getLast().then())
        .isEqualTo(new Trace.Wait(BlockedOn.JOIN, "", 2, false));
    assertThat(trace.program()).containsExactly(TraceTest.class.getName());
    assertThat(of("one", trace).getLast().stack())
        .anyMatch(frame -> frame.getMethodName().equals("lockBoth"));
  }

  private static void lockBoth(ReentrantLock first, ReentrantLock second) {
    first.lock();
    Thread.yield();
    second.lock();
  }

  @Test
  void aTracedRunIsTheOneThatIsNot() throws Exception {
    for (long seed = 0; seed < 200; seed++) {
      String plain = run(TestLoop.builder().seed(seed));
      assertThat(run(TestLoop.builder().seed(seed).trace())).isEqualTo(plain);
      assertThat(run(TestLoop.builder().seed(seed).traceWithStacks())).isEqualTo(plain);
    }
  }

  /** Prints what depends on choices, random numbers and identity hash codes. */
  private static String run(TestLoop.Builder settings) throws Exception {
    try (TestLoop loop = settings.open()) {
      StringBuilder told = new StringBuilder();
      loop.run(() -> {
        LinkedBlockingQueue<Object> queue = new LinkedBlockingQueue<>(2);
        Map<Object, String> hashed = new HashMap<>();
        ReentrantLock lock = new ReentrantLock();
        Thread[] threads = new Thread[4];
        for (int i = 0; i < threads.length; i++) {
          int number = i;
          threads[i] =
              Thread.startVirtualThread(() -> {
                try {
                  for (int n = 0; n < 5; n++) {
                    if (number % 2 == 0) {
                      queue.put(new Object());
                    } else {
                      Object taken = queue.take();
                      lock.lock();
                      hashed.put(taken, "x");
                      told.append(number)
                          .append(':')
                          .append(System.identityHashCode(taken))
                          .append(' ');
                      lock.unlock();
                    }
                    synchronized (hashed) {
                      Thread.sleep(n);
                    }
                  }
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
              });
        }
        for (Thread thread : threads) {
          thread.join();
        }
        told.append(System.identityHashCode(queue)).append(System.identityHashCode(lock));
      });
      return told + " " + loop.replayToken();
    }
  }

  @Test
  void aLoopThatKeepsNoTraceHasAnEmptyOne() {
    try (TestLoop loop = TestLoop.open()) {
      loop.spawn("task", () -> {});
      loop.runUntilBlocked();

      assertThat(loop.trace()).isEqualTo(Trace.empty("test", TestLoop.DEFAULT_START));
    }
  }
}
