package dev.standstill.network;

/**
 * Decides what becomes of each message: what {@link Network#rule} takes. Called in the task that
 * sends, or, where one is sent again, in any that looks at the network.
 */
@FunctionalInterface
public interface Rule {

  /**
   * Decides.
   *
   * @param message is being sent; of TCP also one that was dropped before, whenever it is sent
   *     again
   * @return what becomes of it
   */
  Verdict judge(Message message);
}
