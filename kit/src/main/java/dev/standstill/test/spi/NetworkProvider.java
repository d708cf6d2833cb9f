package dev.standstill.test.spi;

import dev.standstill.core.VirtualScheduler;
import dev.standstill.test.TestLoop;
import java.time.Duration;
import java.util.ArrayList;
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
  record Wishes(Duration leastLatency, Duration mostLatency, List<String> real) {

    /** What is sent arrives at once, and nobody of the machine is reached. */
    public static final Wishes NONE = new Wishes(Duration.ZERO, Duration.ZERO, List.of());

    /**
     * Checks them.
     *
     * @throws IllegalArgumentException if they cannot be
     */
    public Wishes {
      if (leastLatency.isNegative() || leastLatency.compareTo(mostLatency) > 0) {
        throw new IllegalArgumentException(
            "A packet cannot be on its way for %s at least and %s at most: the first has to be 0 or more, and not more than the second."
                .formatted(leastLatency, mostLatency));
      }
      real.forEach(Wishes::requireServer);
    }

    private static void requireServer(String server) {
      if (!server.matches("\\S+:[0-9]{1,5}")) {
        throw new IllegalArgumentException(
            "\"%s\" is no server: write host and port, such as localhost:5432.".formatted(server));
      }
    }

    /** The same, with one more server of the machine. */
    public Wishes allowing(String server) {
      List<String> all = new ArrayList<>(real);
      all.add(server);
      return new Wishes(leastLatency, mostLatency, List.copyOf(all));
    }
  }

  /**
   * Opens the network of a loop that is about to open.
   *
   * @param scheduler the loop's
   * @throws IllegalStateException if there can be none in this JVM; its message says why
   */
  LoopNetwork open(TestLoop loop, VirtualScheduler scheduler, Wishes wishes);
}
