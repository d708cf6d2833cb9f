package dev.standstill;

import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The handle of a task that was started with {@link EventLoop#spawn}. Any thread may use it.
 *
 * <p>{@link #cancel cancel(true)} interrupts the task. A failure that nobody asks for, through any
 * method of {@code Future}, is reported: a production loop logs it, a test loop throws it when it
 * closes.
 *
 * <p>What the task did happens-before {@link #get()} returns.
 *
 * @param <V> what the task computes
 */
public interface Task<V extends @Nullable Object> extends Future<V> {

  /**
   * Returns the name the task was started with, or one made from a number.
   *
   * @return the name, which is also that of the task's thread
   */
  String name();
}
