package dev.standstill.test.spi;

import dev.standstill.core.VirtualScheduler;
import java.time.Duration;
import java.util.List;

/** Makes the networks of loops; found by {@code ServiceLoader}. Any thread may call. */
public interface NetworkProvider {

  /**
   * What was asked for when the loop was made.
   *
   * @param leastLatency how long a packet is on its way at least
   * @param mostLatency and at most
   * @param real the servers of the machine that tasks may reach, as host and port
   */
  record Wishes(Duration leastLatency, Duration mostLatency, List<String> real) {}

  /**
   * Opens the network of a loop that is about to open.
   *
   * @param name the loop's
   * @throws IllegalStateException if there can be none in this JVM; its message says why
   */
  LoopNetwork open(VirtualScheduler loop, String name, Wishes wishes);
}
