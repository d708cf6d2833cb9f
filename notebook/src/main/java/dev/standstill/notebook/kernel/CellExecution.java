package dev.standstill.notebook.kernel;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import jdk.jshell.execution.DirectExecutionControl;
import org.jspecify.annotations.Nullable;

/**
 * Runs snippets on the thread that evaluates them, and keeps what they return or throw: JShell
 * itself passes on nothing but text.
 *
 * <p>Not the JDK's {@code LocalExecutionControl} (JDK 25): to stop a cell it makes the classes of
 * all cells throw at their next branch, in whichever thread, and so would end the tasks of a loop
 * that lives on between cells.
 */
final class CellExecution extends DirectExecutionControl {

  private final Object lock = new Object();

  /** The thread that runs a snippet, if one does. Guarded by {@link #lock}. */
  private @Nullable Thread running;

  /** Whether the cell is to end. Guarded by {@link #lock}. */
  private boolean stopped;

  private @Nullable Object result;
  private @Nullable Throwable failure;

  @Override
  protected String invoke(Method snippet) throws Exception {
    try {
      result = snippet.invoke(null);
    } catch (InvocationTargetException e) {
      failure = e.getCause();
      throw e;
    }
    return ""; // Not the value as text: a result is shown by the kernel, and only the last.
  }

  @Override
  protected void clientCodeEnter() {
    result = null;
    failure = null;
    synchronized (lock) {
      running = Thread.currentThread();
      if (stopped) {
        running.interrupt();
      }
    }
  }

  /** An interrupt that nobody took ends with the snippet. */
  @Override
  protected void clientCodeLeave() {
    synchronized (lock) {
      running = null;
      Thread.interrupted();
    }
  }

  /** A value as JShell shows it. */
  static String textOf(Object value) {
    return valueString(value);
  }

  /** A new cell begins; earlier calls of {@link #stop} are not for it. */
  void begin() {
    synchronized (lock) {
      stopped = false;
    }
  }

  /** Interrupts the snippet that runs, or else the next one of the cell. Any thread may call. */
  @Override
  public void stop() {
    synchronized (lock) {
      stopped = true;
      if (running != null) {
        running.interrupt();
      }
    }
  }

  /** Whether the cell is to end. */
  boolean isStopped() {
    synchronized (lock) {
      return stopped;
    }
  }

  /** What the last snippet returned; null if it returned that, nothing, or threw. */
  @Nullable Object result() {
    return result;
  }

  /** What the last snippet threw; null if it did not. */
  @Nullable Throwable failure() {
    return failure;
  }
}
