package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.standstill.Task;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/**
 * {@code synchronized}, {@code wait} and {@code notify} on a loop. The JVM hands monitors over on a
 * thread of its own; the order in which tasks run never depends on how quick that is.
 */
class MonitorsTest {

  private static final int TIMES = 2000;

  private interface Program {
    void run(List<String> log) throws Exception;
  }

  /** Runs a program many times; each has to give the log and the trace of the first. */
  private static List<String> alwaysTheSame(TestLoop.Builder builder, Program program)
      throws Exception {
    return alwaysTheSame(TIMES, builder, program);
  }

  private static List<String> alwaysTheSame(int times, TestLoop.Builder builder, Program program)
      throws Exception {
    List<String> log = new ArrayList<>();
    String first = run(builder, program, log);
    for (int i = 1; i < times; i++) {
      assertThat(run(builder, program, new ArrayList<>())).isEqualTo(first);
    }
    return log;
  }

  private static String run(TestLoop.Builder builder, Program program, List<String> log)
      throws Exception {
    try (TestLoop loop = builder.trace().open()) {
      loop.run(() -> program.run(log));
      return loop.trace() + "\n" + log;
    }
  }

  private static void joinAll(List<Thread> threads) throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static Thread start(String name, Runnable body) {
    return Thread.ofVirtual().name(name).start(body);
  }

  @Test
  void contendersEnterInTheOrderInWhichTheyCame() throws Exception {
    List<String> log = alwaysTheSame(TestLoop.builder(), MonitorsTest::contend);

    assertThat(log)
        .containsExactly("0 in", "0 out", "1 in", "1 out", "2 in", "2 out", "3 in", "3 out");
  }

  @Test
  void contendersEnterInTheSameOrderEachTimeUnderASeed() throws Exception {
    alwaysTheSame(TestLoop.builder().seed(3), MonitorsTest::contend);
  }

  private static void contend(List<String> log) throws InterruptedException {
    var monitor = new Object();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int number = i;
      threads.add(start("contender-" + i, () -> visit(monitor, number, log)));
    }
    joinAll(threads);
  }

  private static void visit(Object monitor, int number, List<String> log) {
    synchronized (monitor) {
      log.add(number + " in");
      sleep(1);
      log.add(number + " out");
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void manyMonitorsThatAreLeftAtOnceAreHandedOverInOneOrder() throws Exception {
    alwaysTheSame(
        TestLoop.builder(),
        log -> {
          Object[] monitors = {new Object(), new Object(), new Object(), new Object()};
          List<Thread> threads = new ArrayList<>();
          threads.add(start("holder", () -> holdAll(monitors, 0)));
          Thread.yield();
          for (int i = 0; i < monitors.length; i++) {
            Object monitor = monitors[i];
            int number = i;
            threads.add(start("waiter-" + i, () -> visit(monitor, number, log)));
          }
          joinAll(threads);
        });
  }

  private static void holdAll(Object[] monitors, int from) {
    if (from == monitors.length) {
      sleep(1);
      return;
    }
    synchronized (monitors[from]) {
      holdAll(monitors, from + 1);
    }
  }

  @Test
  void notifyWakesOneAndNotifyAllWakesAll() throws Exception {
    List<String> log =
        alwaysTheSame(
            TestLoop.builder(),
            notes -> {
              var monitor = new Object();
              List<Thread> threads = new ArrayList<>();
              for (int i = 0; i < 4; i++) {
                int number = i;
                threads.add(start("waiter-" + i, () -> await(monitor, number, notes)));
              }
              Thread.sleep(1);
              synchronized (monitor) {
                monitor.notify();
                notes.add("one is woken");
              }
              Thread.sleep(1);
              synchronized (monitor) {
                monitor.notifyAll();
                notes.add("all are woken");
              }
              joinAll(threads);
            });

    assertThat(log).startsWith("one is woken", "0 woke", "all are woken").hasSize(6);
  }

  private static void await(Object monitor, int number, List<String> log) {
    synchronized (monitor) {
      try {
        monitor.wait();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      log.add(number + " woke");
    }
  }

  @Test
  void timedWaitsThatEndWhileTheMonitorIsTakenAndNotifiedGiveOneTrace() throws Exception {
    for (long seed = 0; seed < 5; seed++) {
      alwaysTheSame(
          TIMES / 5, TestLoop.builder().seed(seed), MonitorsTest::endWaitsAtTheMomentOfTheNotify);
    }
  }

  private static void endWaitsAtTheMomentOfTheNotify(List<String> log) throws InterruptedException {
    var monitor = new Object();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      int number = i;
      threads.add(start("waiter-" + i, () -> awaitThreeTimes(monitor, number, log)));
    }
    for (int i = 0; i < 3; i++) {
      Thread.sleep(1);
      synchronized (monitor) {
        monitor.notifyAll();
      }
    }
    joinAll(threads);
  }

  private static void awaitThreeTimes(Object monitor, int number, List<String> log) {
    synchronized (monitor) {
      for (int i = 0; i < 3; i++) {
        try {
          monitor.wait(1);
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        log.add(number + " woke");
      }
    }
  }

  @Test
  void nestedMonitorsAreReenteredAfterAWait() throws Exception {
    List<String> log =
        alwaysTheSame(
            TestLoop.builder(),
            notes -> {
              var monitor = new Object();
              Thread waiter =
                  start(
                      "waiter",
                      () -> {
                        synchronized (monitor) {
                          await(monitor, 0, notes);
                          assertThat(Thread.holdsLock(monitor)).isTrue();
                        }
                      });
              Thread.sleep(1);
              synchronized (monitor) {
                notes.add("in");
                monitor.notify();
                Thread.sleep(1);
                notes.add("out");
              }
              waiter.join();
            });

    assertThat(log).containsExactly("in", "out", "0 woke");
  }

  @Test
  void producersAndConsumersLoseNothing() throws Exception {
    for (long seed = 0; seed < 20; seed++) {
      List<String> taken = new ArrayList<>();
      run(TestLoop.builder().seed(seed), MonitorsTest::produceAndConsume, taken);
      assertThat(taken).hasSize(60).doesNotHaveDuplicates();
    }
  }

  private static void produceAndConsume(List<String> taken) throws InterruptedException {
    Deque<String> shelf = new ArrayDeque<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String name = "item-" + i + "-";
      threads.add(start("producer-" + i, () -> produce(shelf, name)));
      threads.add(start("consumer-" + i, () -> consume(shelf, taken)));
    }
    joinAll(threads);
  }

  private static void produce(Deque<String> shelf, String name) {
    for (int i = 0; i < 20; i++) {
      synchronized (shelf) {
        while (shelf.size() == 2) {
          awaitChange(shelf);
        }
        shelf.add(name + i);
        shelf.notifyAll();
      }
    }
  }

  private static void consume(Deque<String> shelf, List<String> taken) {
    for (int i = 0; i < 20; i++) {
      synchronized (shelf) {
        while (shelf.isEmpty()) {
          awaitChange(shelf);
        }
        taken.add(shelf.remove());
        shelf.notifyAll();
      }
    }
  }

  private static void awaitChange(Object monitor) {
    try {
      monitor.wait();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anInterruptEndsAWait() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      var monitor = new Object();
      Task<Void> waiter =
          loop.spawn(
              "waiter",
              () -> {
                synchronized (monitor) {
                  monitor.wait();
                }
              });
      loop.runUntilBlocked();
      loop.blocked().getFirst().thread().interrupt();
      loop.runUntilBlocked();

      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(waiter::get)
          .withCauseInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void theOwnerOfAMonitorIsTheTaskThatIsInItAndNotOneThatWaitsInIt() {
    try (var _ = new CapturedLog();
        TestLoop loop = TestLoop.open()) {
      var monitor = new Object();
      loop.spawn("waits in it", () -> await(monitor, 0, new ArrayList<>()));
      loop.spawn("is in it", () -> visit(monitor, 1, new ArrayList<>()));
      loop.spawn("wants in", () -> visit(monitor, 2, new ArrayList<>()));
      loop.runUntilBlocked();

      List<BlockedTask> blocked = loop.blocked();
      assertThat(blocked)
          .extracting(BlockedTask::on)
          .containsExactly(BlockedOn.MONITOR_WAIT, BlockedOn.SLEEP, BlockedOn.MONITOR);
      assertThat(blocked.getFirst().object()).isSameAs(monitor);
      assertThat(blocked.getFirst().monitors()).isEmpty();
      assertThat(blocked.get(1).monitors()).containsExactly(monitor);
      assertThat(blocked.getLast().owner()).isSameAs(blocked.get(1).thread());
    }
  }

  /** The JVM tells less of a wait once it is compiled; a loop tells the same. */
  @Test
  void theReportOfAWaitIsTheSameHoweverOftenItWasTaken() {
    String first = reportOfAWait();
    for (int i = 0; i < TIMES; i++) {
      assertThat(reportOfAWait()).isEqualTo(first);
    }
    assertThat(first).contains("\"waiter\" is blocked on Object.wait (Object#1)");
  }

  private static String reportOfAWait() {
    try (TestLoop loop = TestLoop.open()) {
      var monitor = new Object();
      loop.spawn("waiter", () -> await(monitor, 0, new ArrayList<>()));
      loop.runUntilBlocked();
      String report = loop.report();
      synchronized (monitor) {
        monitor.notify();
      }
      loop.runUntilBlocked();
      return report;
    }
  }

  @Test
  void aMonitorThatTheDriverHoldsIsFreeAgainWhenTheDriverLeavesIt() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      var monitor = new Object();
      synchronized (monitor) {
        loop.run(() -> Thread.sleep(1));
        assertThat(Thread.holdsLock(monitor)).isTrue();
      }

      assertThat(Thread.holdsLock(monitor)).isFalse();
      Thread other =
          Thread.ofPlatform()
              .daemon()
              .start(() -> {
                synchronized (monitor) {
                  monitor.notifyAll();
                }
              });
      assertThat(other.join(java.time.Duration.ofSeconds(30))).isTrue();
    }
  }
}
