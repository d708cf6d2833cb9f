package dev.standstill.seeds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.test.TestLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** One seed, one run: also of programs with locks. */
class SeedLawsTest {

  private static final int SEEDS = 1_000;

  @Test
  void theSameSeedGivesTheSameRun() throws Exception {
    List<String> first = new ArrayList<>();
    List<String> second = new ArrayList<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      first.add(run(seed, new Workshop()));
    }
    for (int seed = 0; seed < SEEDS; seed++) {
      second.add(run(seed, new Workshop()));
    }

    assertThat(second).isEqualTo(first);
    assertThat(first).doesNotHaveDuplicates();
  }

  /** The first run loads the class, and so changes it while others run. */
  @Test
  void theRunIsTheSameThoughItLoadsAClassWithLocks() throws Exception {
    String first = runLate();

    for (int again = 0; again < 3; again++) {
      assertThat(runLate()).isEqualTo(first);
    }
  }

  private static String runLate() throws Exception {
    try (TestLoop loop = TestLoop.builder().seed(11).open()) {
      loop.run(() -> {
        Thread other = Thread.ofPlatform().start(() -> Thread.ofVirtual().start(Late::work));
        for (int i = 0; i < 10; i++) {
          Late.work();
        }
        other.join();
        return true;
      });
      return loop.replayToken().toString();
    }
  }

  private static final class Late {
    private static int count;

    static void work() {
      for (int i = 0; i < 5; i++) {
        step();
        synchronized (Late.class) {
          count++;
        }
      }
    }

    private static synchronized void step() {
      count++;
    }
  }

  private static String run(int seed, Workshop workshop) throws Exception {
    try (TestLoop loop = TestLoop.builder().seed(seed).open()) {
      String done = loop.run(workshop::work);
      return loop.replayToken() + " " + done;
    }
  }

  /** Three threads at monitors, a lock and permits, which wait and notify. */
  private static final class Workshop {
    private final ReentrantLock lock = new ReentrantLock();
    private final Semaphore permits = new Semaphore(2);
    private final StringBuilder order = new StringBuilder();
    private int parts;

    String work() throws InterruptedException {
      List<Thread> threads = new ArrayList<>();
      for (char name = 'a'; name <= 'c'; name++) {
        char own = name;
        threads.add(
            name == 'b'
                ? Thread.ofVirtual().start(() -> use(own))
                : Thread.ofPlatform().start(() -> use(own)));
      }
      for (int i = 0; i < 9; i++) {
        bring();
      }
      for (Thread thread : threads) {
        thread.join();
      }
      return order.toString();
    }

    private synchronized void bring() {
      parts++;
      notify();
    }

    private synchronized void take() throws InterruptedException {
      while (parts == 0) {
        wait();
      }
      parts--;
    }

    private void use(char name) {
      try {
        for (int i = 0; i < 3; i++) {
          take();
          permits.acquire();
          lock.lock();
          order.append(name);
          lock.unlock();
          permits.release();
          synchronized (order) {
            order.append('.');
          }
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
