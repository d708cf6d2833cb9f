package dev.standstill.examples.raft;

/** Whoever wants to know what a node does, such as a state machine. */
public interface RaftListener {

  /** A node has been elected. */
  void leads(String node, long term);

  /**
   * An entry is in the log for good, as far as a node knows. It learns that in the order of the
   * log, and from the start once more after a restart.
   */
  void committed(String node, int index, long term, String command);
}
