package dev.standstill;

import dev.standstill.core.LiveScheduler;
import java.time.Duration;

/** A thread of the loop's own, which runs until the loop has ended. */
final class ThreadDriver implements LoopDriver {

  private static final System.Logger LOG = System.getLogger("dev.standstill");

  private final RealTimeLoop loop;
  private final LiveScheduler scheduler;
  private final Thread thread;

  ThreadDriver(RealTimeLoop loop, Thread.UncaughtExceptionHandler uncaught) {
    this.loop = loop;
    this.scheduler = new LiveScheduler(loop, uncaught);
    this.thread = Thread.ofPlatform().daemon().name(loop.name()).unstarted(this::runUntilEnded);
  }

  void start() {
    thread.start();
  }

  private void runUntilEnded() {
    while (!scheduler.driveUntil(loop::hasEnded)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "The thread of %s was interrupted; it goes on until the loop is closed.".formatted(loop));
    }
  }

  @Override
  public LiveScheduler scheduler() {
    return scheduler;
  }

  @Override
  public void requireMayRun() {}

  /** The task's handle is waited for anyway. */
  @Override
  public void await(Task<?> task) {}

  @Override
  public void awaitEnd(long nanos) throws InterruptedException {
    thread.join(Duration.ofNanos(nanos));
  }

  @Override
  public void ended() {
    scheduler.wake();
  }

  @Override
  public String toString() {
    return "a thread of its own";
  }
}
