package dev.standstill.test;

import dev.standstill.ThrowingRunnable;
import java.util.concurrent.CountDownLatch;

/**
 * A platform thread that is no loop's. The test starts it before its tasks run, because a thread
 * that a task starts is a task; it waits until it is told to go.
 */
final class OutsideThread implements AutoCloseable {

  private final CountDownLatch go = new CountDownLatch(1);
  private final CountDownLatch ready = new CountDownLatch(1);
  private final Thread thread;

  private OutsideThread(String name, ThrowingRunnable first, ThrowingRunnable then) {
    thread =
        Thread.ofPlatform()
            .name(name)
            .daemon()
            .start(() -> {
              run(first);
              ready.countDown();
              run(go::await);
              run(then);
            });
  }

  /** A thread that does something once it is told to go. */
  static OutsideThread that(String name, ThrowingRunnable then) throws InterruptedException {
    return that(name, () -> {}, then);
  }

  /** A thread that has done something already, and does more once it is told to go. */
  static OutsideThread that(String name, ThrowingRunnable first, ThrowingRunnable then)
      throws InterruptedException {
    OutsideThread outside = new OutsideThread(name, first, then);
    outside.ready.await();
    return outside;
  }

  private static void run(ThrowingRunnable body) {
    try {
      body.run();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  Thread thread() {
    return thread;
  }

  void go() {
    go.countDown();
  }

  /** Lets the thread go, if it has not been, and waits for its end. */
  @Override
  public void close() {
    go();
    run(thread::join);
  }
}
