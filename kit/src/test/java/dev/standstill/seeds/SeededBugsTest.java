package dev.standstill.seeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.standstill.test.DeadlockException;
import dev.standstill.test.TestLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Programs that break only if others run between two steps at a lock: some seeds find them, and the
 * run without a seed does not.
 */
class SeededBugsTest {

  private static final int SEEDS = 20;

  /** A program; returns whether it did what it should. */
  private interface Program {
    boolean run() throws Exception;
  }

  static Stream<Arguments> programs() {
    return Stream.of(
        program("two monitors in both orders", TwoMonitors::new),
        program("two locks in both orders", TwoLocks::new),
        program("a check and an act, each synchronized", Account::new),
        program("a check and an act, each with a lock", LockedAccount::new),
        program("a check while reading and an act while writing", ReadWriteAccount::new),
        program("a check and an act, each with a permit", PermitAccount::new),
        program("a notify that comes before the wait", LostNotify::new),
        program("a notify for one who does not wait for it", TakenNotify::new),
        program("what follows a block that nobody waits for", Published::new));
  }

  private static Arguments program(String name, Supplier<Program> program) {
    return arguments(name, program);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("programs")
  void areFoundBySomeSeed(String name, Supplier<Program> program) throws Exception {
    List<Integer> broken = new ArrayList<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      if (!passes(TestLoop.builder().seed(seed), program.get())) {
        broken.add(seed);
      }
    }

    assertThat(passes(TestLoop.builder(), program.get())).isTrue();
    assertThat(broken).isNotEmpty().hasSizeLessThan(SEEDS);
  }

  private static boolean passes(TestLoop.Builder builder, Program program) throws Exception {
    try (TestLoop loop = builder.open()) {
      return loop.run(program::run);
    } catch (DeadlockException e) {
      return false;
    }
  }

  private static void both(Runnable one, Runnable other) throws InterruptedException {
    Thread thread = Thread.ofPlatform().start(one);
    other.run();
    thread.join();
  }

  private static final class TwoMonitors implements Program {
    private final Object left = new Object();
    private final Object right = new Object();
    private int count;

    @Override
    public boolean run() throws InterruptedException {
      both(() -> inside(left, right), () -> inside(right, left));
      return count == 2;
    }

    private void inside(Object outer, Object inner) {
      synchronized (outer) {
        synchronized (inner) {
          count++;
        }
      }
    }
  }

  private static final class TwoLocks implements Program {
    private final Lock left = new ReentrantLock();
    private final Lock right = new ReentrantLock();
    private int count;

    @Override
    public boolean run() throws InterruptedException {
      both(() -> inside(left, right), () -> inside(right, left));
      return count == 2;
    }

    private void inside(Lock outer, Lock inner) {
      outer.lock();
      try {
        inner.lock();
        try {
          count++;
        } finally {
          inner.unlock();
        }
      } finally {
        outer.unlock();
      }
    }
  }

  /** Takes money from an account whose every method is guarded, but not both together. */
  private abstract static class Guarded implements Program {
    int balance = 100;

    abstract int balance();

    abstract void take(int amount);

    @Override
    public boolean run() throws InterruptedException {
      both(this::takeAll, this::takeAll);
      return balance >= 0;
    }

    void takeAll() {
      if (balance() >= 100) {
        take(100);
      }
    }
  }

  private static final class Account extends Guarded {
    @Override
    synchronized int balance() {
      return balance;
    }

    @Override
    synchronized void take(int amount) {
      balance -= amount;
    }

    @Override
    void takeAll() {
      if (balance() >= 100) {
        take(100);
      }
    }
  }

  private static final class LockedAccount extends Guarded {
    private final Lock lock = new ReentrantLock();

    @Override
    int balance() {
      lock.lock();
      try {
        return balance;
      } finally {
        lock.unlock();
      }
    }

    @Override
    void take(int amount) {
      lock.lock();
      try {
        balance -= amount;
      } finally {
        lock.unlock();
      }
    }
  }

  private static final class ReadWriteAccount extends Guarded {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    @Override
    int balance() {
      lock.readLock().lock();
      try {
        return balance;
      } finally {
        lock.readLock().unlock();
      }
    }

    @Override
    void take(int amount) {
      lock.writeLock().lock();
      try {
        balance -= amount;
      } finally {
        lock.writeLock().unlock();
      }
    }
  }

  private static final class PermitAccount extends Guarded {
    private final Semaphore permit = new Semaphore(1);

    @Override
    int balance() {
      permit.acquireUninterruptibly();
      try {
        return balance;
      } finally {
        permit.release();
      }
    }

    @Override
    void take(int amount) {
      permit.acquireUninterruptibly();
      try {
        balance -= amount;
      } finally {
        permit.release();
      }
    }
  }

  /** Looks outside of the monitor whether to wait. */
  private static final class LostNotify implements Program {
    private boolean ready;

    @Override
    public boolean run() throws InterruptedException {
      both(
          this::await,
          () -> {
            ready = true;
            synchronized (this) {
              notifyAll();
            }
          });
      return true;
    }

    private void await() {
      if (!ready) {
        synchronized (this) {
          try {
            wait();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        }
      }
    }
  }

  /** Two wait for one notification: {@code if} where {@code while} is needed. */
  private static final class TakenNotify implements Program {
    private int items;
    private boolean broken;

    @Override
    public boolean run() throws InterruptedException {
      Thread one = Thread.ofPlatform().start(this::take);
      Thread other = Thread.ofPlatform().start(this::take);
      for (int i = 0; i < 2; i++) {
        synchronized (this) {
          items++;
          notify();
        }
      }
      one.join();
      other.join();
      return !broken;
    }

    private synchronized void take() {
      if (items == 0) {
        try {
          wait();
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
      broken |= --items < 0;
    }
  }

  /** Says that something is there, and only then puts it there. */
  private static final class Published implements Program {
    private boolean there;
    private String text = "";
    private boolean broken;

    @Override
    public boolean run() throws InterruptedException {
      both(
          () -> {
            synchronized (this) {
              broken = there && text.isEmpty();
            }
          },
          () -> {
            synchronized (this) {
              there = true;
            }
            text = "text";
          });
      return !broken;
    }
  }
}
