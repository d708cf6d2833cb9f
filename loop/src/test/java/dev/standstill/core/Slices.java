package dev.standstill.core;

import dev.standstill.jdk.JdkCheck;
import dev.standstill.jdk.VirtualThreads;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A scheduler that keeps the slices of its virtual threads until the test runs them by hand. The
 * hooks of the agent are active, as they are where hand-overs are watched.
 */
final class Slices implements Executor {

  private final BlockingQueue<Runnable> handed = new LinkedBlockingQueue<>();

  /** Whoever has handed a slice over goes on when this is open. */
  private volatile CountDownLatch gate = new CountDownLatch(0);

  Slices() {
    JdkCheck.requireForTestLoops();
  }

  @Override
  public void execute(Runnable slice) {
    CountDownLatch opens = gate;
    handed.add(slice);
    try {
      opens.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Keeps whoever hands a slice over where he is until {@link #letHandOversEnd}. */
  void holdHandOvers() {
    gate = new CountDownLatch(1);
  }

  void letHandOversEnd() {
    gate.countDown();
  }

  Thread start(String name, Runnable body) {
    return VirtualThreads.builder(this).name(name).start(body);
  }

  /** Waits until a slice has been handed over, and takes it. */
  Runnable take() throws InterruptedException {
    Runnable slice = handed.poll(30, TimeUnit.SECONDS);
    if (slice == null) {
      throw new AssertionError("No slice was handed over.");
    }
    return slice;
  }

  /** Runs the oldest slice on the calling thread; returns the slice. */
  Runnable runNext() throws InterruptedException {
    Runnable slice = take();
    slice.run();
    return slice;
  }
}
