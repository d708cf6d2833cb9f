package dev.standstill.probe;

import dev.standstill.Task;
import dev.standstill.test.TestLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A program that uses most of what tasks block on: monitors with wait and notify, locks, queues,
 * latches, semaphores, futures, sleeps and timeouts. Which task gets what, and when, depends on the
 * schedule and on nothing else.
 */
public final class Workshop {

  private static final Duration LONGEST_POLISH = Duration.ofMillis(4);

  private final List<String> diary = new ArrayList<>();
  private final Deque<Integer> shelf = new ArrayDeque<>();
  private final BlockingQueue<Integer> orders = new ArrayBlockingQueue<>(2);
  private final ReentrantLock tool = new ReentrantLock();
  private final Semaphore benches = new Semaphore(2);
  private final CountDownLatch done;
  private final int pairs;

  private Workshop(int pairs) {
    this.pairs = pairs;
    this.done = new CountDownLatch(2 * pairs);
  }

  /** Prints, for each seed from 0 to the given number, a line that depends on all that happened. */
  public static void main(String[] arguments) throws Exception {
    for (int seed = 0; seed < Integer.parseInt(arguments[0]); seed++) {
      System.out.println(seed + " " + run(seed, 4).hashCode());
    }
  }

  /**
   * Runs the program under a seed.
   *
   * @param pairs how many makers and how many users of what they make
   * @return the trace, and what the tasks noted down
   */
  public static String run(long seed, int pairs) throws Exception {
    try (TestLoop loop = TestLoop.builder().seed(seed).trace().open()) {
      Workshop workshop = new Workshop(pairs);
      loop.run(() -> workshop.open(loop));
      return loop.trace() + "\n" + String.join("\n", workshop.diary) + "\n" + loop.replayToken();
    }
  }

  private void open(TestLoop loop) throws Exception {
    List<Task<Void>> tasks = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      int number = i;
      tasks.add(loop.spawn("maker-" + i, () -> make(number)));
      tasks.add(loop.spawn("user-" + i, () -> use(number)));
    }
    for (int i = 0; i < pairs; i++) {
      orders.put(i);
    }
    done.await();
    for (Task<Void> task : tasks) {
      task.get();
    }
    Thread.sleep(LONGEST_POLISH);
  }

  private void make(int number) throws InterruptedException {
    Integer order = orders.poll(10, TimeUnit.SECONDS);
    note("maker %d has order %s", number, order);
    benches.acquire();
    borrowTool(number);
    Thread.sleep(Duration.ofMillis(number % 3));
    benches.release();
    synchronized (shelf) {
      while (shelf.size() == 2) {
        shelf.wait();
      }
      shelf.add(number);
      shelf.notifyAll();
    }
    done.countDown();
  }

  private void borrowTool(int number) throws InterruptedException {
    while (!tool.tryLock(2, TimeUnit.MILLISECONDS)) {
      note("maker %d waits for the tool", number);
    }
    try {
      Thread.sleep(1);
    } finally {
      tool.unlock();
    }
  }

  private void use(int number) throws InterruptedException {
    int piece = takeFromShelf(number);
    CompletableFuture<String> polished =
        CompletableFuture.supplyAsync(() -> polish(piece)).orTimeout(2, TimeUnit.MILLISECONDS);
    try {
      note("user %d has %s", number, polished.join());
    } catch (CompletionException e) {
      note("user %d has piece %d, not polished", number, piece);
    }
    done.countDown();
  }

  private int takeFromShelf(int number) throws InterruptedException {
    synchronized (shelf) {
      while (shelf.isEmpty()) {
        shelf.wait(3);
        note("user %d looks", number);
      }
      int piece = shelf.remove();
      shelf.notifyAll();
      return piece;
    }
  }

  private static String polish(int piece) {
    try {
      Thread.sleep(LONGEST_POLISH.multipliedBy(piece % 4).dividedBy(4));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return "polished piece " + piece;
  }

  private void note(String what, Object... about) {
    diary.add(Instant.now() + " " + what.formatted(about));
  }
}
