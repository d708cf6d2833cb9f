package dev.standstill;

import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A loop that exists already and lends its thread to an {@link EventLoop}: see {@link
 * EventLoop#on}.
 *
 * <p>{@link ExecutorHost} and {@link SwingHost} are hosts, and there are modules for Netty and
 * Vert.x. For another loop implement this interface; a record does it in a few lines:
 *
 * <pre>{@code
 * record JavaFxHost() implements Host {
 *   public void execute(Runnable turn) {
 *     Platform.runLater(turn);
 *   }
 *
 *   public boolean isCurrentThread() {
 *     return Platform.isFxApplicationThread();
 *   }
 * }
 * }</pre>
 *
 * <p>Any thread may call the methods of a host.
 */
public interface Host {

  /**
   * Runs {@code turn} soon, once, on the host's thread. A turn takes a fraction of a millisecond,
   * unless a task holds on to the thread for longer; if there is more to do, it ends by calling
   * this method again. So everything that the host has to do already, events of its own included,
   * is to come before {@code turn}.
   *
   * @param turn what to run; never run on two threads at once
   * @throws RejectedExecutionException if the host runs nothing any more; the tasks that are left
   *     are cancelled then
   */
  void execute(Runnable turn);

  /**
   * Tells whether the calling thread is the one that {@link #execute} runs turns on.
   *
   * @return true on the host's thread; true in every turn
   */
  boolean isCurrentThread();

  /**
   * Tells whether {@code other} stands for the same loop: there is one {@code EventLoop} for all
   * equal hosts.
   *
   * @param other what to compare with
   * @return whether it is such a host
   */
  @Override
  boolean equals(@Nullable Object other);

  /**
   * Returns the same number for equal hosts.
   *
   * @return a hash code
   */
  @Override
  int hashCode();

  /**
   * Names the host in messages, and the loop that is on it: for example "Swing's event dispatch
   * thread".
   *
   * @return the name
   */
  @Override
  String toString();
}
