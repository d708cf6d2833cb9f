package dev.standstill.core;

import org.jspecify.annotations.Nullable;

/**
 * Work without a handle that is ready to run and gets a thread only then, perhaps one that it
 * shares. Handed over by any thread, loop-confined from then on.
 *
 * <p>An entry of its own, because a flood consists of these.
 */
final class Callback extends EntryQueue.Entry implements Runnable {

  private final Thread starter;
  private final @Nullable ClassLoader loader;
  private int number;

  /**
   * @param starter hands the work over; a thread made there would inherit its context class loader
   */
  Callback(Runnable body, Thread starter) {
    super(body, null, false);
    this.starter = starter;
    this.loader = starter.getContextClassLoader();
  }

  void number(int number) {
    this.number = number;
  }

  /** The number of the task that this is. */
  int number() {
    return number;
  }

  /** Who has handed it over. */
  Thread starter() {
    return starter;
  }

  /** Makes {@code thread} the one that this would have been given. */
  void prepare(Thread thread) {
    if (thread.getContextClassLoader() != loader) {
      thread.setContextClassLoader(loader);
    }
  }

  @Override
  public void run() {
    work.run();
  }
}
