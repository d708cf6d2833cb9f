package dev.standstill.bench;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One switch from a virtual thread to another, in the ways in which threads take turns. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SwitchBenchmark {

  private static final int SWITCHES = 10_000;
  private static final int TURNS = SWITCHES / 2;

  @Param Contestant contestant;
  private Tasks tasks;
  private volatile int turn;

  /** JMH makes it. */
  public SwitchBenchmark() {}

  @Setup
  public void open() {
    tasks = Tasks.of(contestant);
  }

  @TearDown
  public void close() {
    tasks.close();
  }

  @Benchmark
  @OperationsPerInvocation(SWITCHES)
  public void yield() throws Exception {
    Runnable yielding =
        () -> {
          for (int i = 0; i < TURNS; i++) {
            Thread.yield();
          }
        };
    tasks.run(() -> runBoth(yielding, yielding));
  }

  @Benchmark
  @OperationsPerInvocation(SWITCHES)
  public void park() throws Exception {
    tasks.run(() -> {
      Thread[] pair = new Thread[2];
      turn = 0;
      runBoth(pair, () -> takeTurns(0, pair), () -> takeTurns(1, pair));
    });
  }

  private void takeTurns(int mine, Thread[] pair) {
    int other = 1 - mine;
    for (int i = 0; i < TURNS; i++) {
      while (turn != mine) {
        LockSupport.park();
      }
      turn = other;
      LockSupport.unpark(pair[other]);
    }
  }

  /** The lock is fair, and both want it at all times, so each release hands it to the other. */
  @Benchmark
  @OperationsPerInvocation(SWITCHES)
  public void lock() throws Exception {
    ReentrantLock lock = new ReentrantLock(true);
    Runnable locking =
        () -> {
          lock.lock();
          Thread.yield();
          lock.unlock();
          for (int i = 1; i < TURNS; i++) {
            lock.lock();
            lock.unlock();
          }
        };
    tasks.run(() -> runBoth(locking, locking));
  }

  @Benchmark
  @OperationsPerInvocation(SWITCHES)
  public void queue() throws Exception {
    BlockingQueue<Integer> there = new ArrayBlockingQueue<>(1);
    BlockingQueue<Integer> back = new ArrayBlockingQueue<>(1);
    tasks.run(() -> runBoth(() -> serve(there, back), () -> answer(there, back)));
  }

  private static void serve(BlockingQueue<Integer> there, BlockingQueue<Integer> back) {
    try {
      for (int i = 0; i < TURNS; i++) {
        there.put(1);
        back.take();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("Nobody interrupts", e);
    }
  }

  private static void answer(BlockingQueue<Integer> there, BlockingQueue<Integer> back) {
    try {
      for (int i = 0; i < TURNS; i++) {
        back.put(there.take());
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("Nobody interrupts", e);
    }
  }

  private static void runBoth(Runnable first, Runnable second) throws InterruptedException {
    runBoth(new Thread[2], first, second);
  }

  /**
   * Runs both at the same time, each in a virtual thread, which it puts into {@code pair}. No frame
   * more than needed is on their stacks, because each switch copies those.
   */
  private static void runBoth(Thread[] pair, Runnable first, Runnable second)
      throws InterruptedException {
    pair[0] = Thread.ofVirtual().unstarted(first);
    pair[1] = Thread.ofVirtual().unstarted(second);
    pair[0].start();
    pair[1].start();
    pair[0].join();
    pair[1].join();
  }
}
