package dev.standstill.network.kernel;

/** Data that was sent through a link at one moment, and what has become of it. Loop-confined. */
public final class Packet {

  private final Link link;
  private final Node from;
  private final int fromPort;
  private final Node to;
  private final int toPort;
  private final boolean isUdp;
  private final byte[] payload;
  private final long sent;
  private long delay;
  private long arrives = OpenFile.NEVER;

  /** When it is tried again; {@link OpenFile#NEVER} unless it was dropped. */
  private long triedAgain = OpenFile.NEVER;

  private boolean lost;

  Packet(
      Link link,
      Node from,
      int fromPort,
      Node to,
      int toPort,
      boolean isUdp,
      byte[] payload,
      long sent) {
    this.link = link;
    this.from = from;
    this.fromPort = fromPort;
    this.to = to;
    this.toPort = toPort;
    this.isUdp = isUdp;
    this.payload = payload;
    this.sent = sent;
  }

  public Node from() {
    return from;
  }

  public int fromPort() {
    return fromPort;
  }

  public Node to() {
    return to;
  }

  public int toPort() {
    return toPort;
  }

  public boolean isUdp() {
    return isUdp;
  }

  /** What it carries, which is not to be changed. */
  public byte[] payload() {
    return payload;
  }

  /** When it was first sent, in the time of the loop. */
  public long sent() {
    return sent;
  }

  public boolean isLost(long now) {
    return lost || triedAgain != OpenFile.NEVER && now >= endOfTries();
  }

  private long endOfTries() {
    return sent + Reopening.PATIENCE_NANOS;
  }

  public boolean hasArrived(long now) {
    return !lost && arrives <= link.horizon(now);
  }

  /** When it arrives, as things are, in the time of the loop. */
  public long arrives() {
    return arrives;
  }

  /** It will never arrive. */
  void isLostNow() {
    lost = true;
    triedAgain = OpenFile.NEVER;
  }

  /** Others have decided when it arrives. */
  void arrives(long at) {
    arrives = at;
  }

  /** Whether it was dropped when it was last tried. */
  boolean isDropped() {
    return triedAgain != OpenFile.NEVER;
  }

  /** When it is tried again; {@link OpenFile#NEVER} if it is not. */
  long triedAgain() {
    return triedAgain < endOfTries() ? triedAgain : OpenFile.NEVER;
  }

  /**
   * A part of a connection is sent for the first time.
   *
   * @param lasts how long it is on its way
   */
  void isSent(long lasts) {
    delay = lasts;
    attempt(sent, link.judge(this));
  }

  /** Tries again as often as it was to be tried until now. */
  void tryAgain(long now) {
    while (triedAgain <= now && triedAgain < endOfTries()) {
      boolean isCut = link.blockedSince() != OpenFile.NEVER && link.isLossy();
      attempt(triedAgain, isCut ? Link.DROPPED : link.judge(this));
    }
  }

  private void attempt(long at, long late) {
    if (late != Link.DROPPED) {
      triedAgain = OpenFile.NEVER;
      long blocked = link.blockedSince();
      long least = blocked == OpenFile.NEVER ? 0 : blocked + Link.LEAST; // it has not arrived
      arrives = Math.max(at + delay + late, least);
    } else {
      triedAgain = Reopening.nextTry(sent, at);
      arrives = triedAgain < endOfTries() ? triedAgain + delay : OpenFile.NEVER;
    }
  }
}
