package dev.standstill;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

/** A loop in real time that is driven, in each of the ways in which one can be. */
public final class DrivenLoop implements AutoCloseable {

  /** Who drives. */
  public enum By {
    /** A thread of the loop's own. */
    OWN_THREAD(name -> new DrivenLoop(EventLoop.start(name), () -> {})),
    /** A thread that calls it. */
    CALLER(DrivenLoop::byCaller),
    /** A host, an executor with one thread. */
    HOST(DrivenLoop::byHost);

    private final Function<String, DrivenLoop> opening;

    By(Function<String, DrivenLoop> opening) {
      this.opening = opening;
    }

    /** Opens a loop; on a host it has not the name, but the host's. */
    public DrivenLoop open(String name) {
      return opening.apply(name);
    }
  }

  private final EventLoop loop;
  private final Runnable endOfDriver;

  private DrivenLoop(EventLoop loop, Runnable endOfDriver) {
    this.loop = loop;
    this.endOfDriver = endOfDriver;
  }

  private static DrivenLoop byCaller(String name) {
    EventLoop loop = EventLoop.open(name, EventLoop.Current.LEAVE);
    Threads.Running<Void> driver = Threads.start("caller", loop::runForever);
    return new DrivenLoop(loop, () -> join(driver.thread()));
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static DrivenLoop byHost(String name) {
    ScheduledExecutorService host =
        Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name(name).factory());
    return new DrivenLoop(EventLoop.on(ExecutorHost.of(host)), host::close);
  }

  /** The loop. */
  public EventLoop loop() {
    return loop;
  }

  @Override
  public void close() {
    loop.close();
    endOfDriver.run();
  }
}
