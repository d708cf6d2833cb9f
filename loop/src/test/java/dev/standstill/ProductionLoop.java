package dev.standstill;

import java.util.concurrent.Executors;

/** A production loop of each kind: who drives it differs, and nothing else may. */
record ProductionLoop(EventLoop loop, Runnable endOfDriver) implements AutoCloseable {

  /** Who drives. */
  enum By {
    CALLERS,
    OWN_THREAD,
    HOST
  }

  static ProductionLoop open(By by) {
    return switch (by) {
      case CALLERS -> new ProductionLoop(EventLoop.open("app"), () -> {});
      case OWN_THREAD -> new ProductionLoop(EventLoop.start("app"), () -> {});
      case HOST -> {
        var executor = Executors.newSingleThreadScheduledExecutor();
        yield new ProductionLoop(EventLoop.on(ExecutorHost.of(executor)), executor::shutdownNow);
      }
    };
  }

  @Override
  public void close() {
    loop.close();
    endOfDriver.run();
  }
}
