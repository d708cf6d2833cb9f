package dev.standstill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.children.Child;
import dev.standstill.children.Jvm;
import dev.standstill.probe.BareTree;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who started whom, and who waits for whom, on a loop that runs. */
class TaskTreeTest {

  @ParameterizedTest
  @EnumSource
  void showsEachTaskBelowTheOneThatHasStartedIt(DrivenLoop.By driver) throws Exception {
    try (DrivenLoop driven = driver.open("shop")) {
      EventLoop loop = driven.loop();
      loop.spawn(
          "server",
          () -> {
            loop.spawn("order-1", () -> startAndPark("payment"));
            Thread.ofVirtual().name("order-2").start(TaskTreeTest::park);
            loop.execute(TaskTreeTest::park);
            park();
          });
      awaitBlocked(loop, 5);
      loop.spawn("cleaner", () -> Thread.sleep(Long.MAX_VALUE));
      awaitBlocked(loop, 6);

      assertThat(lines(loop))
          .containsExactly(
              loop + ": 6 tasks.",
              "\"server\" WAITING, started by \"" + thisThread() + "\"",
              "├─ \"order-1\" WAITING",
              "│  └─ \"payment\" WAITING",
              "├─ \"order-2\" WAITING",
              "└─ \"unnamed-4\" WAITING",
              "\"cleaner\" TIMED_WAITING, started by \"" + thisThread() + "\"");
    }
  }

  private static void startAndPark(String name) {
    Thread.ofVirtual().name(name).start(TaskTreeTest::park);
    park();
  }

  private static void park() {
    while (true) {
      LockSupport.park();
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
    }
  }

  private static String thisThread() {
    return Thread.currentThread().getName();
  }

  /** The loop is asked by a task, which runs when the others have run. */
  private static void awaitBlocked(EventLoop loop, int tasks) throws InterruptedException {
    while (blocked(loop) < tasks) {
      Thread.sleep(1);
    }
  }

  private static long blocked(EventLoop loop) {
    return loop.tasks().stream().filter(task -> task.state() != Thread.State.RUNNABLE).count();
  }

  /** The lines without the places; asked for again where the machine is too busy to answer. */
  private static List<String> lines(EventLoop loop) {
    String tree;
    do {
      tree = loop.taskTree();
    } while (tree.contains("Others are missing"));
    return withoutPlaces(tree);
  }

  private static List<String> withoutPlaces(String tree) {
    return tree.replaceAll(" at [^ ,\n]+", "").lines().toList();
  }

  @Test
  void showsThePlaceInTheProgramWhereATaskIs() throws Exception {
    try (EventLoop loop = EventLoop.start("shop")) {
      loop.spawn("waiter", () -> park());
      awaitBlocked(loop, 1);

      assertThat(loop.taskTree())
          .containsPattern(
              "\"waiter\" WAITING at \\S*dev.standstill.TaskTreeTest.park\\(TaskTreeTest.java:\\d+\\), started");
    }
  }

  @Test
  void namesAStarterThatHasEndedAndNoneForATimer() throws Exception {
    try (EventLoop loop = EventLoop.start("shop")) {
      loop.spawn("request", () -> Thread.ofVirtual().name("left over").start(TaskTreeTest::park));
      awaitBlocked(loop, 1);
      loop.schedule(TaskTreeTest::park, Duration.ZERO);
      awaitBlocked(loop, 2);

      assertThat(lines(loop))
          .containsExactly(
              "EventLoop \"shop\": 2 tasks.",
              "\"left over\" WAITING, started by \"request\"",
              "\"task-1\" WAITING");
      assertThat(loop.tasks().getLast().startedBy()).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource
  void showsWhoIsWaitedForAsAnOwnerAResultAndAnEnd(DrivenLoop.By driver) throws Exception {
    var lock = new ReentrantLock();
    var monitor = new Object();
    try (DrivenLoop driven = driver.open("shop")) {
      EventLoop loop = driven.loop();
      Task<?> holder =
          loop.spawn(
              "holder",
              () -> {
                lock.lock();
                synchronized (monitor) {
                  park();
                }
                lock.unlock();
              });
      awaitBlocked(loop, 1);
      loop.spawn("of lock", () -> lock.lock());
      loop.spawn("of lock in time", () -> lock.tryLock(1, TimeUnit.DAYS));
      loop.spawn("of monitor", () -> enter(monitor));
      loop.spawn("of result", () -> holder.get());
      Thread thread = loop.tasks().getFirst().thread();
      loop.spawn("of end", () -> thread.join());
      loop.spawn("group", () -> joinAGroup());
      loop.spawn("of nobody", () -> new CountDownLatch(1).await());
      awaitBlocked(loop, 9);

      assertThat(lines(loop).stream().map(line -> line.replaceAll(", started.*", "")))
          .containsExactly(
              loop + ": 9 tasks.",
              "\"holder\" WAITING",
              "\"of lock\" WAITING for \"holder\"",
              "\"of lock in time\" TIMED_WAITING for \"holder\"",
              "\"of monitor\" BLOCKED for \"holder\"",
              "\"of result\" WAITING for \"holder\"",
              "\"of end\" WAITING for \"holder\"",
              "\"group\" WAITING for \"member\"",
              "└─ \"member\" WAITING",
              "\"of nobody\" WAITING");
      assertThat(loop.tasks().get(1).waitsFor())
          .isEqualTo(new TaskSnapshot.Peer(thread.threadId(), "holder"));
    }
  }

  private static void enter(Object monitor) {
    synchronized (monitor) {
      monitor.notifyAll();
    }
  }

  private static void joinAGroup() throws Exception {
    try (TaskGroup group = TaskGroup.open()) {
      group.spawn("member", () -> park());
      group.join();
    }
  }

  @Test
  void showsAThreadOutsideThatComputesWhatIsWaitedFor() throws Exception {
    var enough = new CountDownLatch(1);
    var future = new FutureTask<>(() -> enough.await(1, TimeUnit.HOURS));
    Thread.ofPlatform().daemon().name("far away").start(future);
    try (EventLoop loop = EventLoop.start("shop")) {
      loop.spawn("caller", () -> future.get());
      awaitBlocked(loop, 1);

      assertThat(lines(loop).getLast()).startsWith("\"caller\" WAITING for \"far away\"");
    } finally {
      enough.countDown();
    }
  }

  @Test
  void showsThatTasksWaitForEachOther() throws Exception {
    var left = new ReentrantLock();
    var right = new Object();
    var secondBegan = new CountDownLatch(1);
    try (EventLoop loop = EventLoop.start("bank")) {
      loop.setGrace(Duration.ZERO); // who waits for a monitor cannot be interrupted
      Task<?> first =
          loop.spawn(
              "transfer-1",
              () -> {
                left.lockInterruptibly();
                secondBegan.await();
                enter(right);
              });
      awaitBlocked(loop, 1);
      loop.spawn(
          "transfer-2",
          () -> {
            synchronized (right) {
              secondBegan.countDown();
              left.lockInterruptibly();
            }
          });
      loop.spawn("onlooker", () -> first.get());
      awaitBlocked(loop, 3);

      assertThat(lines(loop).getLast())
          .isEqualTo("They wait for each other: \"transfer-1\" → \"transfer-2\" → \"transfer-1\"");
    }
  }

  @Test
  void tellsTasksThatAreAlikeAsOne() throws Exception {
    try (EventLoop loop = EventLoop.start("shop")) {
      loop.spawn(
          "server",
          () -> {
            for (int i = 1; i <= 1_500; i++) {
              String name = "order-" + i;
              loop.spawn(
                  name, () -> startAndPark("payment of " + Thread.currentThread().getName()));
            }
            loop.spawn("other", () -> Thread.sleep(Long.MAX_VALUE));
            park();
          });
      awaitBlocked(loop, 3_002);

      assertThat(lines(loop))
          .containsExactly(
              "EventLoop \"shop\": 3,002 tasks.",
              "\"server\" WAITING, started by \"" + thisThread() + "\"",
              "├─ \"order-1\" WAITING",
              "│  └─ \"payment of order-1\" WAITING",
              "├─ and 1,499 more like this: \"order-2\", \"order-3\", \"order-4\", …, with 1,499 tasks below",
              "└─ \"other\" TIMED_WAITING");
    }
  }

  @Test
  void staysShortHoweverDeepOrVariousItIs() throws Exception {
    try (EventLoop loop = EventLoop.start("shop")) {
      loop.spawn("deep", () -> startBelow(2_000));
      for (int i = 1; i <= 1_000; i++) {
        String name = "wide-" + i;
        Threads.start("starter of " + name, () -> loop.spawn(name, () -> park())).get();
      }
      awaitBlocked(loop, 3_001);

      List<String> lines = lines(loop);

      assertThat(lines).hasSizeLessThan(310);
      assertThat(lines.get(22).strip()).isEqualTo("└─ 1,980 tasks below");
      assertThat(lines.getLast()).matches("… and 7\\d\\d more tasks");
    }
  }

  private static void startBelow(int levels) {
    if (levels > 0) {
      Thread.ofVirtual().name("level-" + levels).start(() -> startBelow(levels - 1));
    }
    park();
  }

  @Test
  void saysThatItIsIncompleteIfATaskKeepsTheCarrier() throws Exception {
    var begun = new CountDownLatch(1);
    var enough = new AtomicBoolean();
    try (var log = new LogRecords();
        EventLoop loop = EventLoop.start("busy")) {
      loop.spawn("patient", () -> park());
      loop.spawn(
          "greedy",
          () -> {
            begun.countDown();
            while (!enough.get()) {
              Thread.onSpinWait();
            }
          });
      begun.await();

      List<String> lines = withoutPlaces(loop.taskTree());
      enough.set(true);

      assertThat(lines.getFirst())
          .isEqualTo(
              "EventLoop \"busy\": 1 task. Others are missing: a task does not let go of the carrier, or whoever asked was interrupted.");
      assertThat(lines.getLast()).startsWith("\"greedy\" RUNNABLE");
      assertThat(log.take().getMessage()).contains("is incomplete");
    }
  }

  @Test
  void isShownToATaskAndOfALoopThatNobodyDrives() throws Exception {
    try (EventLoop loop = EventLoop.open("app")) {
      String seen =
          loop.run(() -> {
            loop.spawn("child", () -> park());
            Thread.yield();
            return loop.taskTree();
          });

      assertThat(seen).contains("\"main\" RUNNABLE", "└─ \"child\" WAITING");
      assertThat(lines(loop))
          .containsExactly("EventLoop \"app\": 1 task.", "\"child\" WAITING, started by \"main\"");
    }
  }

  @Test
  void isThatOfNoTaskOnceTheLoopIsClosed() {
    EventLoop loop = EventLoop.start("gone");
    loop.close();
    assertThat(loop.taskTree()).isEqualTo("EventLoop \"gone\": 0 tasks.");
  }

  /** Locks and monitors cannot be seen there. */
  @Test
  void needsNoAgentForStartersAndResults() throws Exception {
    Child.Result result =
        Jvm.run(List.of("--add-opens=java.base/java.lang=ALL-UNNAMED"), BareTree.class);

    assertThat(result.err()).isEmpty();
    assertThat(result.out().replaceAll(" at [^ ,\n]+", ""))
        .isEqualTo(
            """
            EventLoop "bare": 4 tasks.
            "main" RUNNABLE, started by "main"
            ├─ "holder" WAITING
            ├─ "of result" WAITING for "holder"
            └─ "of monitor" BLOCKED
            """);
  }

  /** 50,000 tasks of which some wait for monitors, so that all are looked at twice. */
  @Test
  @Tag("slow")
  void letsTheLoopGoOnHoweverManyTasksThereAre() throws Exception {
    int many = 50_000;
    var monitor = new Object();
    try (EventLoop loop = EventLoop.start("crowd")) {
      loop.setGrace(Duration.ofMinutes(2));
      loop.spawn(
          "holder",
          () -> {
            synchronized (monitor) {
              park();
            }
          });
      for (int i = 0; i < many; i++) {
        loop.spawn("task-" + i, () -> park());
      }
      loop.spawn("of monitor", () -> enter(monitor));
      loop.submit(() -> {}).get();
      var ticks = new long[1];
      Task<?> ticker = loop.spawn("ticker", () -> tick(ticks));

      String tree = loop.taskTree();
      ticker.cancel(true);

      assertThat(tree.lines().findFirst()).hasValue("EventLoop \"crowd\": 50,003 tasks.");
      assertThat(tree).contains("\"of monitor\" BLOCKED for \"holder\"");
      assertThat(tree.lines().count()).isLessThan(20);
      assertThat(ticks[0]).as("slices of another task meanwhile").isGreaterThan(1_000);
    }
  }

  private static void tick(long[] ticks) {
    while (!Thread.interrupted()) {
      ticks[0]++;
      Thread.yield();
    }
  }
}
