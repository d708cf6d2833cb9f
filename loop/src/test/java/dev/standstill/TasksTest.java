package dev.standstill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Looking at the tasks of a production loop. */
class TasksTest {

  @Test
  void areListedInTheOrderOfTheirStartWithStateAndStack() throws Exception {
    try (EventLoop loop = EventLoop.start("looked-at")) {
      loop.spawn("sleeper", () -> Thread.sleep(Long.MAX_VALUE));
      loop.spawn("parked", () -> LockSupport.park());
      loop.execute(() -> LockSupport.park());
      loop.submit(() -> {}).get();

      List<TaskSnapshot> tasks = loop.tasks();

      assertThat(tasks)
          .extracting(TaskSnapshot::name)
          .containsExactly("sleeper", "parked", "unnamed-3");
      assertThat(tasks)
          .extracting(TaskSnapshot::state)
          .containsExactly(Thread.State.TIMED_WAITING, Thread.State.WAITING, Thread.State.WAITING);
      assertThat(tasks.getFirst().thread().isVirtual()).isTrue();
      assertThat(tasks.getFirst().toString())
          .startsWith("\"sleeper\" TIMED_WAITING\n")
          .contains("\n      at java.base/java.lang.Thread.sleep(")
          .contains("TasksTest.java:");
    }
  }

  @Test
  void areToldByATaskOfTheLoopWhichIsAmongThem() throws Exception {
    try (EventLoop loop = EventLoop.open()) {
      loop.run(() -> {
        loop.spawn("ready", () -> {});
        List<TaskSnapshot> tasks = loop.tasks();

        assertThat(tasks).extracting(TaskSnapshot::name).containsExactly("main", "ready");
        assertThat(tasks).extracting(TaskSnapshot::state).containsOnly(Thread.State.RUNNABLE);
        assertThat(tasks.getFirst().stack())
            .as("stack of the one that asks")
            .anyMatch(frame -> frame.getClassName().equals(TasksTest.class.getName()));
        assertThat(tasks.getLast().stack()).as("stack of one that has not begun").isEmpty();
      });
    }
  }

  @Test
  void areToldThoughNobodyDrivesTheLoop() throws Exception {
    try (EventLoop loop = EventLoop.open()) {
      loop.run(() -> {
        loop.spawn("blocked", () -> LockSupport.park());
        Thread.yield();
      });
      loop.spawn("waiting to begin", () -> {});
      var seen = new FutureTask<>(loop::tasks);
      Thread.startVirtualThread(seen);

      for (List<TaskSnapshot> tasks : List.of(loop.tasks(), seen.get())) {
        assertThat(tasks)
            .extracting(TaskSnapshot::name)
            .containsExactly("blocked", "waiting to begin");
      }
    }
  }

  @Test
  void showTheOneThatDoesNotLetGoOfTheCarrier() throws Exception {
    boolean[] enough = {false};
    try (var log = new LogRecords();
        EventLoop loop = EventLoop.start("busy")) {
      var begun = new CountDownLatch(1);
      loop.spawn("patient", () -> LockSupport.park());
      loop.spawn("greedy", () -> computeUntil(begun, enough));
      begun.await();

      List<TaskSnapshot> tasks = loop.tasks();
      stop(enough);

      assertThat(tasks).singleElement().extracting(TaskSnapshot::name).isEqualTo("greedy");
      assertThat(tasks.getFirst().stack())
          .anyMatch(frame -> frame.getMethodName().equals("computeUntil"));
      assertThat(log.take().getMessage())
          .isEqualTo(
              "A look at the tasks of EventLoop \"busy\" is incomplete: it tells of 1, because the carrier did not answer for 500 ms or whoever asked was interrupted.");
    }
  }

  @Test
  void letTheLoopGoOnWhileVeryManyAreLookedAt() throws Exception {
    int many = 3_000;
    List<String> names = new ArrayList<>();
    try (EventLoop loop = EventLoop.open()) {
      loop.run(() -> {
        names.add("main");
        for (int i = 0; i < many; i++) {
          loop.spawn("task-" + i, () -> LockSupport.park());
          names.add("task-" + i);
        }
        int[] ticks = {0};
        Task<?> ticker = loop.spawn("ticker", () -> tick(ticks));
        names.add("ticker");
        Thread.yield();

        int before = ticks[0];
        List<TaskSnapshot> tasks = loop.tasks();

        assertThat(ticks[0]).as("ticks").isGreaterThan(before);
        assertThat(tasks).extracting(TaskSnapshot::name).containsExactlyElementsOf(names);
        ticker.cancel(true);
      });
    }
  }

  private static void tick(int[] ticks) throws InterruptedException {
    while (!Thread.interrupted()) {
      ticks[0]++;
      Thread.yield();
    }
  }

  @Test
  void areAllToldToAnotherThreadThoughTheyAreMany() throws Exception {
    int many = 1_000;
    try (EventLoop loop = EventLoop.start("crowd")) {
      for (int i = 0; i < many; i++) {
        loop.spawn(() -> LockSupport.park());
      }
      assertThat(loop.tasks()).hasSize(many);
    }
  }

  private static void computeUntil(CountDownLatch begun, boolean[] enough) {
    begun.countDown();
    while (!isSet(enough)) {
      Thread.onSpinWait();
    }
  }

  private static boolean isSet(boolean[] flag) {
    synchronized (flag) {
      return flag[0];
    }
  }

  private static void stop(boolean[] flag) {
    synchronized (flag) {
      flag[0] = true;
    }
  }

  @Test
  void runOnInTheirOrderWhenTheyAreLookedAt() throws Exception {
    List<String> order = new ArrayList<>();
    try (EventLoop loop = EventLoop.open()) {
      loop.run(() -> {
        Task<?> left = loop.spawn("left", () -> yieldFourTimes(order, "l"));
        Task<?> right = loop.spawn("right", () -> yieldFourTimes(order, "r"));
        for (int i = 0; i < 3; i++) {
          Thread.yield();
          assertThat(loop.tasks()).hasSize(3);
        }
        left.get();
        right.get();
      });
    }
    assertThat(String.join("", order)).isEqualTo("lrlrlrlr");
  }

  private static void yieldFourTimes(List<String> order, String name) {
    for (int i = 0; i < 4; i++) {
      order.add(name);
      Thread.yield();
    }
  }

  @Test
  void areNoneOnceTheLoopIsClosed() {
    EventLoop loop = EventLoop.start("closed");
    loop.close();
    assertThat(loop.tasks()).isEmpty();
  }
}
