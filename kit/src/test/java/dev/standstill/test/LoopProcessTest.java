package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.Task;
import dev.standstill.core.LoopProcess;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopProcessTest {

  private static final Duration DAY = Duration.ofDays(1);

  private final TestLoop loop = TestLoop.open();
  private final List<String> log = new ArrayList<>();

  @AfterEach
  void close() {
    loop.close();
  }

  private static LoopProcess open(TestLoop loop, String name, Runnable whenEnded) {
    return ((VirtualTimeLoop) loop).scheduler().processes().open(name, name, whenEnded);
  }

  private LoopProcess open(String name) {
    return open(loop, name, () -> log.add(name + " has ended"));
  }

  private <V> Task<V> start(LoopProcess process, Callable<V> body) {
    return process.enter(() -> loop.spawn("main", body));
  }

  private void note(String what) {
    log.add(
        what + " at " + Duration.between(TestLoop.DEFAULT_START, loop.now()).toSeconds() + " s");
  }

  /** Who runs a task, in words. */
  private String here() {
    LoopProcess process = LoopProcess.ofCaller();
    return process == null ? "none" : process.name();
  }

  @Test
  void whatATaskStartsIsInItsProcess() throws Exception {
    LoopProcess a = open("a");
    Task<?> main =
        start(
            a,
            () -> {
              log.add(here());
              Thread.startVirtualThread(() -> log.add("virtual " + here())).join();
              Thread platform = new Thread(() -> log.add("platform " + here()));
              platform.start();
              platform.join();
              try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
                pool.submit(() -> log.add("pool " + here())).get();
              }
              CompletableFuture.runAsync(() -> log.add("stage " + here())).get();
              CompletableFuture.runAsync(
                      () -> log.add("delayed " + here()),
                      CompletableFuture.delayedExecutor(1, TimeUnit.HOURS))
                  .get();
              loop.schedule(() -> log.add("scheduled " + here()), 1, TimeUnit.HOURS).get();
              loop.spawn("child", () -> log.add("spawned " + here())).get();
              return null;
            });
    loop.runUntilDone(main);
    assertThat(log)
        .containsExactly(
            "a",
            "virtual a",
            "platform a",
            "pool a",
            "stage a",
            "delayed a",
            "scheduled a",
            "spawned a",
            "a has ended");
    assertThat(loop.<String>run(this::here)).isEqualTo("none");
  }

  @Test
  void eachProcessHasACommonPoolOfItsOwn() throws Exception {
    for (String name : List.of("a", "b")) {
      loop.runUntilDone(
          start(
              open(name),
              () -> {
                CompletableFuture.runAsync(() -> log.add("stage of " + here())).get();
                return null;
              }));
    }
    assertThat(log).contains("stage of a", "stage of b");
  }

  @Test
  void noTaskRunsWhenItsProcessHasEnded() {
    LoopProcess a = open("a");
    start(
        a,
        () -> {
          Thread.startVirtualThread(() -> {
            sleep(Duration.ofSeconds(2));
            note("child");
          });
          while (true) {
            note("main");
            sleep(Duration.ofSeconds(1));
          }
        });
    loop.advance(Duration.ofMillis(1500));
    a.end();
    loop.advance(DAY);
    assertThat(log).containsExactly("main at 0 s", "main at 1 s", "a has ended");
    assertThat(loop.tasks()).isEmpty();
  }

  @Test
  void aReadyTaskDoesNotRunWhenItsProcessHasEnded() {
    LoopProcess a = open("a");
    start(a, () -> log.add("main"));
    loop.spawn("other", () -> log.add("other"));
    loop.spawn("before", a::isPaused);
    a.end();
    loop.runUntilIdle();
    assertThat(log).containsExactly("a has ended", "other");
  }

  @Test
  void aTaskThatEndsItsProcessStopsThere() {
    LoopProcess a = open("a");
    start(
        a,
        () -> {
          a.end();
          return log.add("goes on");
        });
    loop.runUntilIdle();
    assertThat(log).containsExactly("a has ended");
  }

  @Test
  void timeDoesNotStopForTimersOfAProcessThatHasEnded() {
    LoopProcess a = open("a");
    start(
        a,
        () -> {
          sleep(Duration.ofHours(1));
          return null;
        });
    loop.advance(Duration.ofSeconds(1));
    a.end();
    loop.runUntilIdle();
    assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plusSeconds(1));
  }

  @Test
  void aProcessThatPausesRunsOnWhenItIsResumed() {
    LoopProcess a = open("a");
    start(
        a,
        () -> {
          for (int i = 0; i < 3; i++) {
            sleep(Duration.ofSeconds(10));
            note("a");
          }
          return null;
        });
    loop.spawn(
        "doctor",
        () -> {
          sleep(Duration.ofSeconds(15));
          a.pause();
          sleep(Duration.ofSeconds(60));
          note("doctor");
          a.resume();
          return null;
        });
    loop.runUntilIdle();
    assertThat(log)
        .containsExactly("a at 10 s", "doctor at 75 s", "a at 75 s", "a at 85 s", "a has ended");
  }

  @Test
  void aTaskThatHasAMonitorButPausesWaitsForNothingOutside() throws Exception {
    Object monitor = new Object();
    LoopProcess a = open("a");
    Task<?> owner =
        start(
            a,
            () -> {
              synchronized (monitor) {
                sleep(Duration.ofSeconds(1));
              }
              return null;
            });
    Task<?> heir =
        start(
            a,
            () -> {
              synchronized (monitor) {
                note("heir");
              }
              return null;
            });
    loop.run(() -> {
      sleep(Duration.ofSeconds(1));
      a.pause();
      sleep(Duration.ofSeconds(60));
      a.resume();
      return null;
    });
    loop.runUntilIdle();
    assertThat(owner.isDone()).isTrue();
    assertThat(heir.isDone()).isTrue();
    assertThat(log).containsExactly("heir at 61 s", "a has ended");
  }

  @Test
  void aProcessExitsWithItsLastThreadThatIsNoDaemon() {
    LoopProcess a = open("a");
    start(
        a,
        () -> {
          Thread.startVirtualThread(() -> {
            sleep(DAY);
            note("virtual");
          });
          Thread.ofPlatform()
              .daemon(false)
              .start(() -> {
                sleep(Duration.ofSeconds(5));
                note("platform");
              });
          Runtime.getRuntime().addShutdownHook(new Thread(() -> note("hook")));
          return null;
        });
    loop.runUntilIdle();
    assertThat(log).containsExactly("platform at 5 s", "hook at 5 s", "a has ended");
  }

  @Test
  void exitEndsTheProcessOnly() throws Exception {
    LoopProcess a = open("a");
    start(
        a,
        () -> {
          Runtime.getRuntime().addShutdownHook(new Thread(() -> note("hook")));
          System.exit(3);
          return log.add("goes on");
        });
    assertThat(
            loop.<String>run(() -> {
              sleep(Duration.ofSeconds(1));
              return "done";
            }))
        .isEqualTo("done");
    assertThat(log).containsExactly("hook at 0 s", "a has ended");
    assertThat(a.exitStatus()).isEqualTo(3);
  }

  @Test
  void theClockOfAProcessMayBeWrong() throws Exception {
    LoopProcess a = open("a");
    a.skewClock(Duration.ofMinutes(-5));
    Task<Instant> wrong = start(a, Instant::now);
    Task<Long> millis = start(a, System::currentTimeMillis);
    Instant right = loop.now();
    assertThat(loop.runUntilDone(wrong)).isEqualTo(right.minusSeconds(300));
    assertThat(loop.runUntilDone(millis)).isEqualTo(right.minusSeconds(300).toEpochMilli());
  }

  @Test
  void sleepsAreAsLongWhateverTheClockSays() throws Exception {
    LoopProcess a = open("a");
    a.skewClock(Duration.ofDays(400));
    loop.runUntilDone(
        start(
            a,
            () -> {
              sleep(Duration.ofSeconds(3));
              return null;
            }));
    assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plusSeconds(3));
  }

  @Test
  void aTaskWithALockForWhichOthersWaitRunsUntilItHasLeftIt() throws Exception {
    ReentrantLock lock = new ReentrantLock();
    LoopProcess a = open("a");
    start(
        a,
        () -> {
          lock.lock();
          try {
            sleep(Duration.ofSeconds(10));
          } finally {
            lock.unlock();
          }
          sleep(Duration.ofSeconds(10));
          return log.add("goes on");
        });
    loop.advance(Duration.ofSeconds(1));
    a.end();
    loop.run(() -> {
      lock.lock();
      note("locked");
      return null;
    });
    loop.runUntilIdle();
    assertThat(log).containsExactly("a has ended", "locked at 10 s");
  }

  @Test
  void theSameGoesForMonitors() throws Exception {
    Object monitor = new Object();
    LoopProcess a = open("a");
    start(
        a,
        () -> {
          synchronized (monitor) {
            sleep(Duration.ofSeconds(10));
          }
          sleep(Duration.ofSeconds(10));
          return log.add("goes on");
        });
    loop.advance(Duration.ofSeconds(1));
    a.end();
    loop.run(() -> {
      synchronized (monitor) {
        note("locked");
      }
      return null;
    });
    loop.runUntilIdle();
    assertThat(log).hasSize(2).startsWith("a has ended").doesNotContain("goes on");
  }

  /** Its initialiser lasts a while. */
  private static final class Slow {
    static final long NANOS = begin();

    private static long begin() {
      sleep(Duration.ofSeconds(10));
      return System.nanoTime();
    }
  }

  @Test
  void aTaskInAClassInitialiserRunsUntilItHasLeftIt() throws Exception {
    LoopProcess a = open("a");
    start(
        a,
        () -> {
          log.add("initialised " + (Slow.NANOS > 0));
          sleep(Duration.ofSeconds(1));
          return log.add("goes on");
        });
    loop.advance(Duration.ofSeconds(1));
    a.end();
    loop.run(() -> log.add("others too " + (Slow.NANOS > 0)));
    loop.runUntilIdle();
    assertThat(log).contains("a has ended", "others too true").doesNotContain("goes on");
  }

  @Test
  void reportsNameTheProcessOfATask() {
    start(
        open("a"),
        () -> {
          sleep(DAY);
          return null;
        });
    loop.runUntilBlocked();
    assertThat(loop.report()).contains("a/main");
  }

  @Test
  void aThreadThatWasStoppedIsNotKept() throws InterruptedException {
    WeakReference<Thread> stopped = stopThread();
    for (int i = 0; i < 50 && stopped.get() != null; i++) {
      System.gc();
      Thread.sleep(20);
    }
    assertThat(stopped.get()).isNull();
  }

  private static WeakReference<Thread> stopThread() {
    AtomicReference<WeakReference<Thread>> thread = new AtomicReference<>();
    try (TestLoop other = TestLoop.open()) {
      LoopProcess a = open(other, "a", () -> {});
      Task<?> unused =
          a.enter(() ->
              other.spawn(
                  "main",
                  () -> {
                    thread.set(new WeakReference<>(Thread.currentThread()));
                    sleep(DAY);
                    return null;
                  }));
      other.advance(Duration.ofSeconds(1));
      a.end();
    }
    return thread.get();
  }

  @Test
  void aSeedDecidesWhatHasHappenedWhenAProcessEnds() throws Exception {
    for (long seed = 0; seed < 1_000; seed++) {
      assertThat(countUntilEnd(seed)).as("seed %s", seed).isEqualTo(countUntilEnd(seed));
    }
  }

  private static int countUntilEnd(long seed) throws Exception {
    int[] count = new int[1];
    try (TestLoop seeded = TestLoop.builder().schedule(Schedule.seeded(seed)).open()) {
      LoopProcess a = open(seeded, "a", () -> {});
      for (int i = 0; i < 3; i++) {
        a.enter(() ->
            seeded.spawn(
                "counts",
                () -> {
                  while (true) {
                    count[0]++;
                    Thread.yield();
                  }
                }));
      }
      seeded.run(() -> {
        for (int i = 0; i < 5; i++) {
          Thread.yield();
        }
        a.end();
        return null;
      });
      int atEnd = count[0];
      seeded.advance(DAY);
      assertThat(count[0]).isEqualTo(atEnd);
    }
    return count[0];
  }

  private static void sleep(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
