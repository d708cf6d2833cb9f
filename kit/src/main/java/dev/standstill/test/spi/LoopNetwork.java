package dev.standstill.test.spi;

import java.util.List;

/** The network of one loop, as the kit sees it. For the thread that drives. */
public interface LoopNetwork extends AutoCloseable {

  /**
   * The sockets that nobody has closed and nobody can reach any more, in words, in the order in
   * which they were opened.
   *
   * @param all also those that somebody may close yet
   */
  List<String> leaks(boolean all);

  /** The name of the host that a task runs on; empty if all run on one. */
  default String hostOf(Thread task) {
    return "";
  }

  /** The run is traced: what is sent from host to host, and what is cut, is to be told. */
  default void tellTo(NetworkTrace trace) {}

  /** Ends it; its sockets are closed. */
  @Override
  void close();
}
