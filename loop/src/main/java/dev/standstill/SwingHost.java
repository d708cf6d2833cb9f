package dev.standstill;

import java.awt.EventQueue;
import java.awt.Toolkit;
import java.awt.event.PaintEvent;
import javax.swing.Timer;

/**
 * Lends Swing's event dispatch thread to an {@link EventLoop}: tasks may use Swing components, and
 * may block without freezing the windows.
 *
 * <pre>{@code
 * EventLoop loop = EventLoop.on(SwingHost.eventDispatchThread());
 * button.addActionListener(click -> loop.spawn(() -> label.setText(fetch(uri))));
 * }</pre>
 *
 * <p>A task is a virtual thread that the event dispatch thread carries. Nothing else runs on that
 * thread meanwhile, but {@code SwingUtilities.isEventDispatchThread()} answers false in a task.
 *
 * <p>Any thread may call. Needs the JDK's module {@code java.desktop}.
 */
public final class SwingHost implements Host {

  /** How long tasks wait for windows that have to be painted. */
  private static final int PAINT_MILLIS = 1;

  private static final SwingHost INSTANCE = new SwingHost();

  private SwingHost() {}

  /**
   * Returns the host.
   *
   * @return always the same one
   */
  public static SwingHost eventDispatchThread() {
    return INSTANCE;
  }

  @Override
  public void execute(Runnable turn) {
    if (isPaintWaiting()) {
      Timer afterwards = new Timer(PAINT_MILLIS, due -> turn.run());
      afterwards.setRepeats(false);
      afterwards.start();
    } else {
      EventQueue.invokeLater(turn);
    }
  }

  /**
   * Whether the window system has asked to have something painted. The event queue serves that
   * after everything else (read from {@code EventQueue.getPriority}, JDK 25): turn after turn would
   * hold it up for ever.
   */
  private static boolean isPaintWaiting() {
    EventQueue events = Toolkit.getDefaultToolkit().getSystemEventQueue();
    return events.peekEvent(PaintEvent.PAINT) != null
        || events.peekEvent(PaintEvent.UPDATE) != null;
  }

  @Override
  public boolean isCurrentThread() {
    return EventQueue.isDispatchThread();
  }

  @Override
  public String toString() {
    return "Swing's event dispatch thread";
  }
}
