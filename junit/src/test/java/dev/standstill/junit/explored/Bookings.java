package dev.standstill.junit.explored;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.standstill.junit.LoopTest;
import dev.standstill.test.TestLoop;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that are explored by those of the extension. They are no tests of their own. */
public final class Bookings {

  private Bookings() {}

  /** Two bookings of the last seat. */
  public static class Overbooked {

    private final AtomicInteger seats = new AtomicInteger();
    private ExecutorService pool;

    @BeforeEach
    void openPool(TestLoop loop) {
      seats.set(1);
      pool = Executors.newFixedThreadPool(2);
      assertEquals(TestLoop.DEFAULT_START, loop.now());
    }

    @AfterEach
    void closePool() {
      pool.close();
    }

    @LoopTest(explore = 1_000)
    void theLastSeatIsSoldOnce() throws Exception {
      Future<Boolean> one = pool.submit(this::book);
      Future<Boolean> other = pool.submit(this::book);
      int sold = (one.get() ? 1 : 0) + (other.get() ? 1 : 0);
      assertEquals(1, sold);
    }

    private boolean book() {
      if (seats.get() > 0) {
        seats.decrementAndGet();
        return true;
      }
      return false;
    }
  }

  /** The same without the mistake, in a nested class. */
  public static class Careful {

    private final AtomicInteger seats = new AtomicInteger(1);

    @Nested
    class Booked {

      @ParameterizedTest
      @ValueSource(ints = {2, 3})
      @LoopTest(explore = 300)
      void theLastSeatIsSoldOnce(int customers) throws InterruptedException {
        AtomicInteger sold = new AtomicInteger();
        Thread[] threads = new Thread[customers];
        for (int i = 0; i < customers; i++) {
          threads[i] = new Thread(() -> book(sold));
          threads[i].start();
        }
        for (Thread thread : threads) {
          thread.join();
        }
        assertEquals(1, sold.get());
      }
    }

    private void book(AtomicInteger sold) {
      if (seats.getAndDecrement() > 0) {
        sold.incrementAndGet();
      }
    }
  }

  /** Nothing orders what two threads do to one field, which does no harm on one processor. */
  public static class Racing {

    private boolean open;

    @LoopTest(explore = 300, failOnRaces = true)
    void failsOnRaces() throws InterruptedException {
      openAndBook();
    }

    private void openAndBook() throws InterruptedException {
      Thread clerk = new Thread(() -> open = true);
      Thread customer = new Thread(this::mayBook);
      clerk.start();
      customer.start();
      clerk.join();
      customer.join();
    }

    private boolean mayBook() {
      return open;
    }
  }

  /** The same where races are only told. */
  public static class RacingUnnoticed extends Racing {

    @Override
    @LoopTest(explore = 300)
    void failsOnRaces() throws InterruptedException {
      super.failsOnRaces();
    }
  }

  /** Loses an update if one thread comes between two steps of the other. */
  private static final class Count {

    private volatile int count;

    int afterTwoThreads() throws InterruptedException {
      Thread one = new Thread(() -> count = count + 1);
      Thread other = new Thread(() -> count = count + 1);
      one.start();
      other.start();
      one.join();
      other.join();
      return count;
    }
  }

  /** A test that is only explored where the configuration says so. */
  public static class Unaware {

    @LoopTest
    void countsTwice() throws InterruptedException {
      assertEquals(2, new Count().afterTwoThreads());
    }
  }

  /** A test that only one thread runs. */
  public static class Alone {

    @LoopTest(explore = 20)
    void counts() {
      assertEquals(1, new AtomicInteger().incrementAndGet());
    }
  }

  /** The same without asking to be explored. */
  public static class AloneAndUnaware {

    @LoopTest
    void counts() {
      assertEquals(1, new AtomicInteger().incrementAndGet());
    }
  }

  /** A test whose failure is kept in the folder of the build. */
  public static class Unlucky {

    @LoopTest(explore = 1_000)
    void losesAnUpdate() throws InterruptedException {
      assertEquals(2, new Count().afterTwoThreads());
    }
  }
}
