package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.Thread.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Platform threads that tasks start run on the loop, and show no sign of it. */
class PlatformThreadsTest {

  @Test
  void joinWaitsInVirtualTimeForAThreadThatSleeps() throws Exception {
    Schedules.runOnEach(() -> {
      long start = System.nanoTime();
      Thread thread =
          new Thread(() -> {
            try {
              Thread.sleep(3_600_000);
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
      thread.start();
      thread.join();
      assertThat(System.nanoTime() - start).isEqualTo(3_600_000_000_000L);
      return null;
    });
  }

  /**
   * Its end enters the monitor of the thread, which the starter has entered until it has started
   * it.
   */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void aThreadEndsWithoutWaitingForItsStarterWhoeverRunsFirst(long seed) throws Exception {
    try (TestLoop loop = TestLoop.builder().seed(seed).trace().open()) {
      loop.run(() -> {
        for (int i = 0; i < 20; i++) {
          Thread thread = new Thread(() -> {}, "short");
          thread.start();
          thread.join();
        }
      });
      assertThat(loop.trace().slices().stream().filter(slice -> slice.name().equals("short")))
          .hasSize(20)
          .allMatch(Trace.Slice::ended);
    }
  }

  @Test
  void currentThreadIsTheObjectOfTheProgram() throws Exception {
    class Worker extends Thread {
      Thread seen;

      @Override
      public void run() {
        seen = Thread.currentThread();
      }
    }
    Schedules.runOnEach(() -> {
      Worker worker = new Worker();
      worker.start();
      worker.join();
      assertThat(worker.seen).isSameAs(worker);
      assertThat(worker.isVirtual()).isFalse();
      return null;
    });
  }

  @Test
  void aLogRecordHasTheNumberOfTheProgramsThread() throws Exception {
    List<Boolean> same = new ArrayList<>();
    Schedules.runOnEach(() -> {
      Thread thread =
          new Thread(() -> {
            long logged = new LogRecord(Level.INFO, "hello").getLongThreadID();
            same.add(logged == Thread.currentThread().threadId());
          });
      thread.start();
      thread.join();
      return null;
    });
    assertThat(same).containsOnly(true);
  }

  @Test
  void reportsShowTheThreadOfTheProgram() throws Exception {
    ReentrantLock lock = new ReentrantLock();
    List<Thread> threads = new ArrayList<>();
    try (TestLoop loop = TestLoop.builder().leaks(Leaks.IGNORE).open()) {
      loop.spawn(() -> {
        threads.add(Thread.ofPlatform().start(() -> lockAndSleep(lock)));
        threads.add(Thread.ofPlatform().start(() -> lockAndSleep(lock)));
      });
      loop.runUntilBlocked();

      List<BlockedTask> blocked = loop.blocked();
      assertThat(blocked).extracting(BlockedTask::thread).containsExactlyElementsOf(threads);
      assertThat(blocked.getLast().owner()).isSameAs(threads.getFirst());
    }
  }

  private static void lockAndSleep(ReentrantLock lock) {
    lock.lock();
    try {
      Thread.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  @Test
  void statesFollowTheLifeOfTheThread() throws Exception {
    Schedules.runOnEach(() -> {
      CountDownLatch latch = new CountDownLatch(1);
      Thread thread =
          new Thread(() -> {
            try {
              latch.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
      assertThat(thread.getState()).isEqualTo(State.NEW);
      assertThat(thread.isAlive()).isFalse();
      thread.start();
      assertThat(thread.isAlive()).isTrue();
      Thread.sleep(1);
      assertThat(thread.getState()).isEqualTo(State.WAITING);
      assertThat(thread.getStackTrace()).anyMatch(frame -> frame.getMethodName().equals("await"));
      latch.countDown();
      thread.join();
      assertThat(thread.getState()).isEqualTo(State.TERMINATED);
      assertThat(thread.isAlive()).isFalse();
      assertThat(thread.getStackTrace()).isEmpty();
      assertThatThrownBy(thread::start).isInstanceOf(IllegalThreadStateException.class);
      return null;
    });
  }

  @Test
  void interruptWakesTheThreadAndSetsItsStatus() throws Exception {
    Schedules.runOnEach(() -> {
      List<String> seen = new ArrayList<>();
      Thread thread =
          new Thread(() -> {
            try {
              Thread.sleep(1_000);
            } catch (InterruptedException e) {
              seen.add("woken");
            }
            Thread.currentThread().interrupt();
            seen.add("status " + Thread.currentThread().isInterrupted());
            seen.add("cleared " + Thread.interrupted());
            seen.add("status " + Thread.currentThread().isInterrupted());
          });
      thread.start();
      thread.interrupt();
      assertThat(thread.isInterrupted()).isTrue();
      thread.join();
      assertThat(seen).containsExactly("woken", "status true", "cleared true", "status false");
      return null;
    });
  }

  @Test
  void anInterruptBeforeTheStartIsKept() throws Exception {
    Schedules.runOnEach(() -> {
      List<Boolean> seen = new ArrayList<>();
      Thread thread = new Thread(() -> seen.add(Thread.interrupted()));
      thread.interrupt();
      thread.start();
      thread.join();
      assertThat(seen).containsExactly(true);
      return null;
    });
  }

  @Test
  void nameGroupPriorityAndDaemonFlagAreThoseOfTheProgram() throws Exception {
    Schedules.runOnEach(() -> {
      ThreadGroup group = new ThreadGroup("group");
      List<Object> seen = new ArrayList<>();
      Thread thread =
          new Thread(
              group,
              () -> {
                Thread self = Thread.currentThread();
                seen.addAll(
                    List.of(
                        self.getName(),
                        self.getThreadGroup(),
                        self.getPriority(),
                        self.isDaemon()));
                self.setName("renamed");
                self.setPriority(Thread.MIN_PRIORITY);
                Thread child = new Thread(() -> {}, "child");
                seen.addAll(List.of(child.getThreadGroup(), child.getPriority(), child.isDaemon()));
              },
              "worker");
      thread.setPriority(7);
      thread.setDaemon(false);
      thread.start();
      thread.join();
      assertThat(seen).containsExactly("worker", group, 7, false, group, 1, false);
      assertThat(thread.getName()).isEqualTo("renamed");
      return null;
    });
  }

  @Test
  void theStacksOfAllThreadsNameNoneThatDoesNotLive() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      loop.run(() -> {
        Thread ended = new Thread(() -> {}, "ended");
        ended.start();
        ended.join();
        Map<Thread, StackTraceElement[]> stacks = Thread.getAllStackTraces();
        assertThat(stacks.keySet()).doesNotContain(ended).allMatch(Thread::isAlive);
        return null;
      });
    }
  }

  @Test
  void namesAndNumbersAreThoseOfAJvmOfItsOwn() throws Exception {
    Schedules.runOnEach(() -> {
      Thread first = new Thread(() -> {});
      Thread second = new Thread(() -> {});
      assertThat(List.of(first.getName(), second.getName()))
          .containsExactly("Thread-0", "Thread-1");
      assertThat(second.threadId()).isEqualTo(first.threadId() + 1);
      try (ExecutorService pool = Executors.newFixedThreadPool(1);
          ForkJoinPool forkJoin = new ForkJoinPool(1)) {
        assertThat(pool.submit(PlatformThreadsTest::name).get()).isEqualTo("pool-1-thread-1");
        assertThat(forkJoin.submit(PlatformThreadsTest::name).get())
            .isEqualTo("ForkJoinPool-1-worker-1");
      }
      return null;
    });
  }

  private static String name() {
    return Thread.currentThread().getName();
  }

  @Test
  void reportsShowTheNameThatTheThreadHasNow() {
    try (TestLoop loop = TestLoop.open()) {
      CountDownLatch latch = new CountDownLatch(1);
      loop.spawn(() -> {
        Thread thread =
            new Thread(() -> {
              Thread.currentThread().setName("renamed");
              await(latch);
            });
        thread.start();
        return null;
      });
      loop.runUntilBlocked();
      assertThat(loop.blocked()).extracting(BlockedTask::name).containsExactly("renamed");
      latch.countDown();
      loop.runUntilBlocked();
    }
  }

  @Test
  void threadLocalsAreTheThreadsOwnAndInheritableOnesAreInherited() throws Exception {
    Schedules.runOnEach(() -> {
      ThreadLocal<String> own = new ThreadLocal<>();
      InheritableThreadLocal<String> inherited = new InheritableThreadLocal<>();
      own.set("task");
      inherited.set("task");
      List<String> seen = new ArrayList<>();
      Thread parent =
          new Thread(() -> {
            seen.add(own.get() + " " + inherited.get());
            inherited.set("parent");
            Thread child = new Thread(() -> seen.add(own.get() + " " + inherited.get()));
            child.start();
            join(child);
          });
      parent.start();
      parent.join();
      assertThat(seen).containsExactly("null task", "null parent");
      assertThat(inherited.get()).isEqualTo("task");
      return null;
    });
  }

  @Test
  void uncaughtExceptionsGoToTheHandlerOfTheThreadOrOfItsGroup() throws Exception {
    Schedules.runOnEach(() -> {
      List<String> seen = new ArrayList<>();
      ThreadGroup group =
          new ThreadGroup("group") {
            @Override
            public void uncaughtException(Thread thread, Throwable e) {
              seen.add("group " + thread.getName() + " " + e.getMessage());
            }
          };
      Thread withHandler = new Thread(failing("a"), "a");
      withHandler.setUncaughtExceptionHandler(
          (thread, e) -> seen.add("own " + (thread == withHandler) + " " + e.getMessage()));
      withHandler.start();
      withHandler.join();
      Thread inGroup = new Thread(group, failing("b"), "b");
      inGroup.start();
      inGroup.join();
      assertThat(seen).containsExactly("own true a", "group b b");
      return null;
    });
  }

  @Test
  void anExceptionThatNobodyHandlesFailsTheTest() {
    TestLoop loop = TestLoop.open();
    loop.spawn(() -> {
      new Thread(failing("lost")).start();
      return null;
    });
    loop.runUntilBlocked();
    assertThatThrownBy(loop::close)
        .isInstanceOf(TaskFailedException.class)
        .hasMessageContaining("lost");
  }

  @Test
  void parkedThreadsCanBeUnparked() throws Exception {
    Schedules.runOnEach(() -> {
      AtomicReference<Thread> parked = new AtomicReference<>();
      Thread thread =
          new Thread(() -> {
            parked.set(Thread.currentThread());
            LockSupport.park();
          });
      thread.start();
      Thread.sleep(1);
      LockSupport.unpark(parked.get());
      thread.join();
      return null;
    });
  }

  @Test
  void threadsThatWaitForEachOtherAreADeadlockWithTheirNames() {
    try (TestLoop loop = TestLoop.open()) {
      assertThatThrownBy(() ->
              loop.run(() -> {
                Thread never = new Thread(() -> await(new CountDownLatch(1)), "never");
                never.start();
                never.join();
                return null;
              }))
          .isInstanceOf(DeadlockException.class)
          .hasMessageContaining("\"never\"")
          .hasMessageContaining("main");
    }
  }

  @Test
  void threadsOfThePlatformBuilderRunOnTheLoop() throws Exception {
    Schedules.runOnEach(() -> {
      List<String> seen = new ArrayList<>();
      Thread thread =
          Thread.ofPlatform()
              .name("built")
              .start(() ->
                  seen.add(
                      TestLoop.currentIfPresent().isPresent()
                          + " "
                          + Thread.currentThread().getName()));
      thread.join();
      assertThat(seen).containsExactly("true built");
      return null;
    });
  }

  @Test
  void aSpinningThreadLetsOthersRun() throws Exception {
    Schedules.runOnEach(() -> {
      boolean[] go = {false};
      Thread spinner =
          new Thread(() -> {
            while (!go[0]) {
              Thread.onSpinWait();
            }
          });
      spinner.start();
      Thread.yield();
      go[0] = true;
      spinner.join();
      return null;
    });
  }

  private static Runnable failing(String message) {
    return () -> {
      throw new IllegalStateException(message);
    };
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
