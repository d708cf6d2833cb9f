package dev.standstill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.standstill.jdk.VirtualThreads;
import java.awt.ActiveEvent;
import java.awt.Container;
import java.awt.EventQueue;
import java.awt.Rectangle;
import java.awt.Toolkit;
import java.awt.event.PaintEvent;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On the real event dispatch thread, which needs no display. */
class SwingHostTest {

  private final EventLoop loop = EventLoop.on(SwingHost.eventDispatchThread());

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void tasksRunOnTheEventDispatchThread() throws Exception {
    var dispatchThread = new FutureTask<>(Thread::currentThread);
    EventQueue.invokeLater(dispatchThread);
    assertThat(loop.run(VirtualThreads::currentCarrier)).isSameAs(dispatchThread.get());
  }

  @Test
  void theEventDispatchThreadGoesOnWhileATaskBlocks() throws Exception {
    var wakeUp = new CountDownLatch(1);
    Task<?> task = loop.spawn("waiter", () -> wakeUp.await());
    EventQueue.invokeAndWait(wakeUp::countDown);
    task.get();
  }

  @Test
  void aTaskThatYieldsAMillionTimesLetsEventsThrough() throws Exception {
    var events = new AtomicInteger();
    Task<?> task = loop.spawn("yields", () -> yieldTimes(1_000_000));
    EventQueue.invokeLater(() -> countUntilDone(task, events));
    task.get();
    assertThat(events.get()).isGreaterThan(100);
  }

  private static void countUntilDone(Task<?> task, AtomicInteger events) {
    events.incrementAndGet();
    if (!task.isDone()) {
      EventQueue.invokeLater(() -> countUntilDone(task, events));
    }
  }

  /** The event queue serves them last, after everything that is there already. */
  @Test
  void aTaskThatNeverBlocksLetsPaintEventsThrough() throws Exception {
    var painted = new CountDownLatch(1);
    Task<?> task =
        loop.spawn(
            "yields",
            () -> {
              while (painted.getCount() > 0) {
                Thread.yield();
              }
            });
    Toolkit.getDefaultToolkit().getSystemEventQueue().postEvent(new Paint(painted));
    task.get();
  }

  /**
   * An event that tells that it is dispatched, with the priority of those that let windows paint.
   */
  private static final class Paint extends PaintEvent implements ActiveEvent {
    private static final long serialVersionUID = 1;
    private final transient CountDownLatch dispatched;

    Paint(CountDownLatch dispatched) {
      super(new Container(), PAINT, new Rectangle());
      this.dispatched = dispatched;
    }

    @Override
    public void dispatch() {
      dispatched.countDown();
    }
  }

  private static void yieldTimes(int times) {
    for (int i = 0; i < times; i++) {
      Thread.yield();
    }
  }

  @Test
  void aTaskMayWaitForTheEventDispatchThread() throws Exception {
    boolean[] dispatched = {false};
    loop.run(() -> EventQueue.invokeAndWait(() -> dispatched[0] = EventQueue.isDispatchThread()));
    assertThat(dispatched[0]).isTrue();
  }

  @Test
  void runIsRefusedOnTheEventDispatchThread() throws Exception {
    Throwable[] refused = {null};
    EventQueue.invokeAndWait(() -> refused[0] = catchThrowable(() -> loop.run(() -> 1)));
    assertThat(refused[0])
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("run() was called on thread \"AWT-EventQueue-0\"")
        .hasMessageContaining("this loop \"Swing's event dispatch thread\"");
  }

  @Test
  void closingLeavesTheEventDispatchThreadAlone() throws Exception {
    loop.close();
    boolean[] ran = {false};
    EventQueue.invokeAndWait(() -> ran[0] = true);
    assertThat(ran[0]).isTrue();
  }
}
