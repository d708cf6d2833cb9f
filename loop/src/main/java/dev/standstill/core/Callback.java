package dev.standstill.core;

import org.jspecify.annotations.Nullable;

/**
 * Work without a handle that is ready to run and gets a thread only then, perhaps one that it
 * shares. Handed over by any thread, loop-confined from then on.
 *
 * <p>An entry of its own, because a flood consists of these.
 */
final class Callback extends EntryQueue.Entry implements Runnable {

  private final @Nullable ClassLoader loader;
  private int number;

  /**
   * @param loader the context class loader of whoever hands the work over, which a thread made
   *     there would inherit
   */
  Callback(Runnable body, @Nullable ClassLoader loader) {
    super(body, null, false);
    this.loader = loader;
  }

  /** The number of the task that this is. */
  int number() {
    return number;
  }

  void number(int number) {
    this.number = number;
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
