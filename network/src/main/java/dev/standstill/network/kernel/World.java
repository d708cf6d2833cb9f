package dev.standstill.network.kernel;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** What the sockets of a loop ask it for. */
public interface World {

  /** The loop's name, for messages. */
  String name();

  /** The time of the loop, in nanoseconds. */
  long now();

  /**
   * Draws from the schedule whether something happens that happens once in so many times; never
   * where tasks run first in, first out, unless it is each time.
   */
  boolean happens(int oneIn);

  /** Who calls, and from which place in the program, in words. */
  String caller();

  /**
   * Runs what another thread wants to be done where the tasks run, between two of them; for a task
   * at once. Where the loop is closed nothing is done. Any thread may call.
   */
  void onCarrier(Runnable action);

  /** What packets go through from the host of one address to the host of another. */
  Link link(@Nullable SocketAddress from, @Nullable SocketAddress to);
}
