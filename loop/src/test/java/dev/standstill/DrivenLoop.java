package dev.standstill;

import java.util.concurrent.Executors;

/** A production loop of each kind: who drives it differs, and nothing else may. */
record DrivenLoop(EventLoop loop, AutoCloseable driver) implements AutoCloseable {

  /** Who drives. */
  enum By {
    CALLERS,
    OWN_THREAD,
    HOST
  }

  static DrivenLoop open(By by) {
    return switch (by) {
      case CALLERS -> new DrivenLoop(EventLoop.open("app"), () -> {});
      case OWN_THREAD -> new DrivenLoop(EventLoop.start("app"), () -> {});
      case HOST -> {
        var executor = Executors.newSingleThreadScheduledExecutor();
        yield new DrivenLoop(EventLoop.on(ExecutorHost.of(executor)), executor::shutdownNow);
      }
    };
  }

  @Override
  public void close() throws Exception {
    loop.close();
    driver.close();
  }
}
