package dev.standstill.network;

/** What can go wrong in {@link Chaos}. */
public enum Fault {
  /** Some hosts and the others cannot reach each other. */
  PARTITION,
  /** Nothing that a host sends to another arrives, but what that one sends does. */
  CUT,
  /** What a host sends to another is kept, and arrives later, at once. */
  HOLD,
  /** What a host sends to another takes up to a second. */
  SLOW,
  /** Connections of a host are reset. */
  RESET,
  /** Datagrams between two hosts are lost now and then. */
  DATAGRAMS,
  /** The process of a host dies, and starts again later. */
  CRASH,
  /** A machine stops, and starts again later. */
  POWER_OFF,
  /** A host does nothing for a while. */
  PAUSE,
  /** The clock of a host is wrong. */
  CLOCK
}
