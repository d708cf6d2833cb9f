package dev.standstill;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Callbacks given to {@code execute} share threads, and do not notice. */
class CallbacksTest {

  private static final ThreadLocal<String> LOCAL = new ThreadLocal<>();
  private static final InheritableThreadLocal<String> INHERITED = new InheritableThreadLocal<>();

  private final EventLoop loop = EventLoop.open("app");
  private final List<String> events = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  @AfterEach
  void close() {
    loop.close();
  }

  /** Runs all that is ready, and what that makes ready. */
  private void runAll() throws Exception {
    loop.run(() -> Thread.sleep(1));
  }

  private void executeAll(Runnable... bodies) throws Exception {
    for (Runnable body : bodies) {
      loop.execute(() -> {
        threads.add(Thread.currentThread());
        body.run();
      });
    }
    runAll();
  }

  @Test
  void shareAThreadWhileNoneBlocks() throws Exception {
    executeAll(() -> events.add("a"), () -> events.add("b"), () -> events.add("c"));
    assertThat(events).containsExactly("a", "b", "c");
    assertThat(threads).hasSize(3);
    assertThat(threads).containsOnly(threads.getFirst());
    assertThat(threads.getFirst().isVirtual()).isTrue();
    assertThat(threads.getFirst().isAlive()).isFalse();
  }

  @Test
  void leaveTheThreadToTheOneThatBlocks() throws Exception {
    executeAll(
        () -> {
          LockSupport.parkNanos(1);
          threads.add(Thread.currentThread());
        },
        () -> events.add("meanwhile"),
        () -> events.add("and this"));
    assertThat(threads).hasSize(4);
    assertThat(threads.get(1)).isNotSameAs(threads.get(0)).isSameAs(threads.get(2));
    assertThat(threads.get(3)).isSameAs(threads.get(0));
  }

  @Test
  void letThoseRunFirstThatBecameReadyBefore() throws Exception {
    loop.execute(() -> {
      loop.execute(() -> events.add("1"));
      loop.spawn("task", () -> events.add("2"));
      loop.execute(() -> events.add("3"));
      Thread.startVirtualThread(() -> events.add("4"));
      loop.execute(() -> events.add("5"));
    });
    runAll();
    assertThat(events).containsExactly("1", "2", "3", "4", "5");
  }

  @Test
  void areOnTheLoopWithAllThatTheyStart() throws Exception {
    loop.execute(() -> {
      assertThat(EventLoop.current()).isSameAs(loop);
      Thread.startVirtualThread(() -> events.add(EventLoop.current().name()));
    });
    loop.execute(() -> events.add(EventLoop.current().name()));
    runAll();
    assertThat(events).containsExactly("app", "app");
  }

  @Test
  void keepThreadLocalsToThemselves() throws Exception {
    executeAll(
        () -> {
          LOCAL.set("mine");
          INHERITED.set("mine");
        },
        () -> {
          events.add(LOCAL.get() + INHERITED.get());
          Thread.startVirtualThread(() -> events.add("child " + INHERITED.get()));
        });
    assertThat(events).containsExactly("nullnull", "child null");
    assertThat(threads.get(0)).as("what drops them").isSameAs(threads.get(1));
  }

  @Test
  void inheritTheThreadLocalsOfWhoeverHandsThemOver() throws Exception {
    INHERITED.set("of the caller");
    try {
      loop.execute(() -> events.add(INHERITED.get()));
      INHERITED.set("changed");
      loop.execute(() -> events.add(INHERITED.get()));
    } finally {
      INHERITED.remove();
    }
    runAll();
    assertThat(events).containsExactly("of the caller", "changed");
  }

  @Test
  void shareAThreadAgainOnceTheirCallerHasNoMoreToInherit() throws Exception {
    INHERITED.set("of the caller");
    INHERITED.remove();
    executeAll(() -> {}, () -> {});
    assertThat(threads.get(1)).isSameAs(threads.get(0));
  }

  @Test
  void haveTheContextClassLoaderOfWhoeverHandsThemOver() throws Exception {
    Thread caller = Thread.currentThread();
    ClassLoader own = caller.getContextClassLoader();
    List<ClassLoader> seen = new ArrayList<>();
    try (var other = new URLClassLoader(new URL[0])) {
      Runnable look = () -> seen.add(Thread.currentThread().getContextClassLoader());
      loop.execute(look);
      caller.setContextClassLoader(other);
      loop.execute(look);
      caller.setContextClassLoader(own);
      loop.execute(() -> Thread.currentThread().setContextClassLoader(other));
      loop.execute(look);
      runAll();
      assertThat(seen).containsExactly(own, other, own);
    } finally {
      caller.setContextClassLoader(own);
    }
  }

  @Test
  void keepInterruptsToThemselves() throws Exception {
    executeAll(
        () -> Thread.currentThread().interrupt(),
        () -> events.add("interrupted: " + Thread.currentThread().isInterrupted()));
    assertThat(events).containsExactly("interrupted: false");
  }

  @Test
  void keepPermitsToThemselves() throws Exception {
    executeAll(
        () -> LockSupport.unpark(Thread.currentThread()),
        () -> {
          LockSupport.parkNanos(1);
          events.add("parked");
        },
        () -> events.add("meanwhile"));
    assertThat(events).containsExactly("meanwhile", "parked");
  }

  @Test
  void keepNamesAndPrioritiesToThemselves() throws Exception {
    executeAll(
        () -> {
          Thread.currentThread().setName("mine");
          Thread.currentThread().setPriority(Thread.MAX_PRIORITY);
        },
        () -> {
          events.add("'" + Thread.currentThread().getName() + "'");
          events.add("" + Thread.currentThread().getPriority());
        });
    assertThat(events).containsExactly("''", "" + Thread.NORM_PRIORITY);
  }

  @Test
  void keepHandlersToThemselves() throws Exception {
    loop.setUncaughtExceptionHandler((thread, e) -> events.add("loop: " + e.getMessage()));
    executeAll(
        () ->
            Thread.currentThread()
                .setUncaughtExceptionHandler((thread, e) -> events.add("own: " + e.getMessage())),
        () -> fail("second"));
    assertThat(events).containsExactly("loop: second");
  }

  /** A preview of the JDK, which can be called by reflection. */
  @Test
  void keepScopesThatTheyForgetToCloseToThemselves() throws Exception {
    Class<?> scope = Class.forName("java.util.concurrent.StructuredTaskScope");
    executeAll(
        () -> {
          try {
            scope.getMethod("open").invoke(null);
          } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
          }
        },
        () -> events.add("next"));
    assertThat(events).containsExactly("next");
    assertThat(threads.get(0)).isNotSameAs(threads.get(1));
  }

  @Test
  void failEachForItselfInOrder() throws Exception {
    loop.setUncaughtExceptionHandler((thread, e) -> {
      events.add(e.getMessage() + " in " + (thread == Thread.currentThread()));
      if (e.getMessage().equals("first")) {
        throw new IllegalStateException("thrown by the handler");
      }
    });
    try (var log = new LogRecords()) {
      executeAll(
          () -> fail("first"),
          () -> events.add("fine"),
          () -> fail("last"),
          () -> events.add("ok"));
      assertThat(log.messages())
          .singleElement()
          .asString()
          .startsWith("The handler of uncaught exceptions failed for task #");
    }
    assertThat(events).containsExactly("first in true", "fine", "last in true", "ok");
  }

  private static void fail(String message) {
    throw new IllegalArgumentException(message);
  }

  @Test
  void mayBlockInAHandlerOfFailures() throws Exception {
    loop.setUncaughtExceptionHandler((thread, e) -> {
      LockSupport.parkNanos(1);
      events.add("handled");
    });
    executeAll(() -> fail("first"), () -> events.add("meanwhile"));
    assertThat(events).containsExactly("meanwhile", "handled");
  }

  @Test
  void mayBlockWithAMonitor() throws Exception {
    Object monitor = new Object();
    loop.execute(() -> {
      synchronized (monitor) {
        events.add("first enters");
        LockSupport.parkNanos(1);
        events.add("first leaves");
      }
    });
    loop.execute(() -> {
      events.add("second tries");
      synchronized (monitor) {
        events.add("second enters");
      }
    });
    loop.run(() -> {
      while (events.size() < 4) {
        Thread.sleep(1);
      }
    });
    assertThat(events)
        .containsExactly("first enters", "second tries", "first leaves", "second enters");
  }

  @Test
  void areCancelledWithoutAnInterruptForTheNext() throws Exception {
    List<FutureTask<?>> given = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      given.add(
          new FutureTask<>(
              () -> {
                given.getFirst().cancel(true);
                events.add("interrupted: " + Thread.currentThread().isInterrupted());
              },
              null));
    }
    given.forEach(loop::execute);
    runAll();
    assertThat(events).containsExactly("interrupted: true", "interrupted: false");
    assertThat(given.getLast().state()).isEqualTo(FutureTask.State.SUCCESS);
  }

  @Test
  void areToldOneByOneBeforeTheyHaveAThread() throws Exception {
    loop.execute(() -> loop.tasks().forEach(task -> events.add(task.name() + task.state())));
    loop.execute(LockSupport::park);
    loop.spawn("named", () -> {});
    loop.execute(() -> {});
    assertThat(loop.tasks())
        .extracting(TaskSnapshot::name)
        .containsExactly("unnamed-1", "unnamed-2", "named", "unnamed-4");
    loop.execute(() -> loop.tasks().forEach(task -> events.add(task.name() + task.state())));
    runAll();
    assertThat(events)
        .containsExactly(
            "unnamed-1RUNNABLE",
            "unnamed-2RUNNABLE",
            "namedRUNNABLE",
            "unnamed-4RUNNABLE",
            "unnamed-5RUNNABLE",
            "mainRUNNABLE",
            "unnamed-2WAITING",
            "unnamed-5RUNNABLE",
            "mainRUNNABLE");
  }

  @Test
  void haveNumbersOfTheirOwnInASharedThread() throws Exception {
    List<String> names = new ArrayList<>();
    executeAll(() -> {}, () -> {}, LockSupport::park, () -> {}, LockSupport::park);
    loop.tasks().forEach(task -> names.add(task.name()));
    assertThat(names).containsExactly("unnamed-3", "unnamed-5");
  }

  @Test
  void areInterruptedWhenTheLoopIsShutDownNowWhetherTheyHaveBegunOrNot() throws Exception {
    executeAll(() -> {
      LockSupport.park();
      events.add("blocked: " + Thread.currentThread().isInterrupted());
    });
    for (int i = 0; i < 2; i++) {
      loop.execute(() -> events.add("waiting: " + Thread.currentThread().isInterrupted()));
    }
    loop.shutdownNow();
    assertThat(loop.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(events).containsExactlyInAnyOrder("blocked: true", "waiting: true", "waiting: true");
  }

  @Test
  void allRunBeforeALoopThatIsShutDownEnds() throws Exception {
    for (int i = 0; i < 200; i++) {
      loop.execute(() -> events.add("ran"));
    }
    loop.shutdown();
    assertThat(loop.isTerminated()).isFalse();
    assertThat(loop.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(events).hasSize(200);
  }

  @Test
  void endTheDriveAtTheVeryOneThatEndsIt() throws Exception {
    loop.execute(() -> events.add("before"));
    loop.execute(loop::stop);
    loop.execute(() -> events.add("after"));
    loop.runForever();
    assertThat(events).containsExactly("before");
    runAll();
    assertThat(events).containsExactly("before", "after");
  }

  static Stream<Supplier<EventLoop>> drivenLoops() {
    return Stream.of(
        () -> EventLoop.start("own"),
        () -> EventLoop.on(ExecutorHost.of(Executors.newSingleThreadScheduledExecutor(daemons()))),
        () -> {
          EventLoop opened = EventLoop.open("opened");
          Thread.ofPlatform()
              .daemon()
              .start(() -> {
                try {
                  opened.runForever();
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
              });
          return opened;
        });
  }

  private static ThreadFactory daemons() {
    return Thread.ofPlatform().daemon().factory();
  }

  @ParameterizedTest
  @MethodSource("drivenLoops")
  void ofAFloodKeepNeitherTimersNorHandOversNorTasksFromRunning(Supplier<EventLoop> opening)
      throws Exception {
    try (EventLoop flooded = opening.get()) {
      boolean[] enough = {false};
      flooded.execute(
          new Runnable() {
            @Override
            public void run() {
              if (!enough[0]) {
                flooded.execute(this);
              }
            }
          });
      var fired = new CountDownLatch(1);
      flooded.schedule(fired::countDown, Duration.ofMillis(1));
      fired.await();
      assertThat(flooded.submit(() -> 42).get()).isEqualTo(42);
      Task<?> sleeper = flooded.spawn("sleeper", () -> Thread.sleep(1));
      sleeper.get();
      flooded.submit(() -> enough[0] = true).get();
    }
  }

  @Test
  void ofAFloodLetTheHostDoItsOwnWork() throws Exception {
    try (var host = Executors.newSingleThreadScheduledExecutor()) {
      EventLoop flooded = EventLoop.on(ExecutorHost.of(host));
      boolean[] enough = {false};
      flooded.execute(
          new Runnable() {
            @Override
            public void run() {
              if (!enough[0]) {
                flooded.execute(this);
              }
            }
          });
      assertThat(host.submit(() -> enough[0] = true).get()).isTrue();
      flooded.close();
    }
  }

  @ParameterizedTest
  @MethodSource("drivenLoops")
  void ofSeveralThreadsKeepTheOrderOfEach(Supplier<EventLoop> opening) throws Exception {
    int each = 20_000;
    try (EventLoop shared = opening.get()) {
      int[] last = {-1, -1};
      List<String> wrong = new ArrayList<>();
      List<Threads.Running<Void>> callers = new ArrayList<>();
      for (int caller = 0; caller < last.length; caller++) {
        int number = caller;
        callers.add(
            Threads.start(
                "caller-" + number,
                () -> {
                  for (int i = 0; i < each; i++) {
                    int at = i;
                    shared.execute(() -> {
                      if (at % 100 == number) {
                        LOCAL.set("left");
                      } else if (LOCAL.get() != null || last[number] + 1 != at) {
                        wrong.add(number + " at " + at);
                      }
                      last[number] = at;
                    });
                  }
                }));
      }
      for (var caller : callers) {
        caller.get();
      }
      shared.submit(() -> {}).get();
      assertThat(wrong).isEmpty();
      assertThat(last).containsExactly(each - 1, each - 1);
    }
  }

  @Test
  void leaveNoThreadBehind() throws Exception {
    try (EventLoop idle = EventLoop.start("idle")) {
      BlockingQueue<Thread> used = new LinkedBlockingQueue<>();
      for (int i = 0; i < 1_000; i++) {
        idle.execute(() -> used.add(Thread.currentThread()));
      }
      for (int i = 0; i < 1_000; i++) {
        used.take().join();
      }
      assertThat(idle.tasks()).isEmpty();
    }
  }

  @Test
  void keepNothingOfWhoDroveThem() throws Exception {
    var big = new CompletableFuture<WeakReference<Object>>();
    runWithABigResult(big);
    runAll(); // so that another slice is the last one
    while (big.get().get() != null) {
      System.gc();
      Thread.onSpinWait();
    }
    assertThat(loop.tasks()).hasSize(1);
  }

  /** The driver asks this task whether it is done, and the callback still blocks. */
  private void runWithABigResult(CompletableFuture<WeakReference<Object>> big) throws Exception {
    loop.execute(() -> {
      LOCAL.set("x");
      LockSupport.park();
    });
    Object result =
        loop.run(() -> {
          Object made = new byte[1 << 20];
          Thread.sleep(1);
          return made;
        });
    big.complete(new WeakReference<>(result));
  }
}
