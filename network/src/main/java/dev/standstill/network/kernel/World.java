package dev.standstill.network.kernel;

/** What the sockets of a loop ask it for. */
public interface World {

  /** The loop's name, for messages. */
  String name();

  /** The time of the loop, in nanoseconds. */
  long now();

  /**
   * Draws from the schedule whether something happens; never where tasks run first in, first out,
   * unless it is each time.
   *
   * @param oneIn it happens once in so many times
   * @param what a part of a sentence, with a place for each of what it is about
   */
  boolean happens(int oneIn, String what, Object... about);

  /** Who calls, and from which place in the program, in words. */
  String caller();

  /**
   * Runs what another thread wants to be done where the tasks run, between two of them; for a task
   * at once. Where the loop is closed nothing is done. Any thread may call.
   */
  void onCarrier(Runnable action);

  /** The host that the calling task is on. */
  Node here();

  /** What packets go through from one host to another, or to itself; always the same. */
  Link link(Node from, Node to);
}
