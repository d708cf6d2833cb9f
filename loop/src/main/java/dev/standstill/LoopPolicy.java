package dev.standstill;

/**
 * Decides what {@link EventLoop#current()} does in a thread that has no loop. Called by that
 * thread, any number of them at the same time.
 *
 * <pre>{@code
 * EventLoop.setPolicy(thread -> EventLoop.main()); // all threads fall back on one loop
 * }</pre>
 *
 * <p>The idea is asyncio's event loop policy.
 */
@FunctionalInterface
public interface LoopPolicy {

  /**
   * Chooses the loop of a thread that has none. It becomes that thread's current loop.
   *
   * @param thread the calling thread, which is no task of a loop
   * @return an open loop; with null or a closed one, {@link EventLoop#current} throws an {@code
   *     IllegalStateException} that names the thread
   * @throws IllegalStateException if such a thread gets none; the message names the thread and says
   *     what to do
   */
  EventLoop loopFor(Thread thread);

  /**
   * Returns the policy of every program that sets none: the main thread gets {@link
   * EventLoop#main()}, all others are refused.
   *
   * @return the standard policy
   */
  static LoopPolicy standard() {
    return CurrentLoop::loopByDefault;
  }
}
