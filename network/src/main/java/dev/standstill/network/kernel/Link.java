package dev.standstill.network.kernel;

/**
 * What packets go through from one host to another, one way.
 *
 * <p>Packets carry the time at which they arrive; while a link is blocked, those whose time was not
 * before have not arrived, whatever it is. When it opens again they get another one: see {@link
 * Reopening}.
 */
public interface Link {

  /** Within a host: what is sent has arrived. */
  Link LOCAL =
      new Link() {
        @Override
        public long delay() {
          return 0;
        }
      };

  /** How long at least what is sent through a blocked link is on its way: it has not arrived. */
  long LEAST = 1;

  /** What {@link #judge} answers if a packet does not arrive. */
  long DROPPED = -1;

  /**
   * How long what is sent now is on its way, in nanoseconds; {@link #LEAST} at least if the link is
   * blocked.
   */
  long delay();

  /** Since when nothing arrives; {@link OpenFile#NEVER} if the link is open. */
  default long blockedSince() {
    return OpenFile.NEVER;
  }

  /** Whether what is on its way while the link is blocked is lost, and not only late. */
  default boolean isLossy() {
    return false;
  }

  /**
   * How often a datagram arrives that is sent now: once, unless it is lost or duplicated.
   *
   * @param from who has sent it, as reports show it
   * @param to whom it is for, too
   */
  default int copies(Object from, Object to) {
    return 1;
  }

  /** By how much a datagram is late that is sent now, besides the delay. */
  default long lateness() {
    return 0;
  }

  /** Whether anybody wants to know what is sent. */
  default boolean isWatched() {
    return false;
  }

  /** Notes what is sent through a link that is watched. */
  default void note(Packet sent) {}

  /** It is known when what was noted arrives, as things are, or that it is lost. */
  default void departs(Packet sent) {}

  /** By how much a packet that is tried now is late, besides all else, or {@link #DROPPED}. */
  default long judge(Packet packet) {
    return 0;
  }

  /** Why it is blocked; empty if it is open. */
  default String outages() {
    return "";
  }

  /** What was to arrive until then has arrived by now. */
  default long horizon(long now) {
    return Math.min(now, blockedSince());
  }
}
