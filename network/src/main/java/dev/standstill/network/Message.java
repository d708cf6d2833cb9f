package dev.standstill.network;

import dev.standstill.network.kernel.Packet;
import java.time.Duration;
import java.util.Optional;

/**
 * Data that went from one host to another: a datagram, or what one write has sent through a
 * connection. It tells how things were when it was asked for, and does not change.
 *
 * <p>Times are virtual, and since the network was opened.
 */
public final class Message {

  private final Packet packet;
  private final Duration sent;
  private final Optional<Duration> delivered;
  private final boolean isLost;

  Message(Packet packet, long opened, long now) {
    this.packet = packet;
    this.sent = Duration.ofNanos(packet.sent() - opened);
    this.delivered =
        packet.hasArrived(now)
            ? Optional.of(Duration.ofNanos(packet.arrives() - opened))
            : Optional.empty();
    this.isLost = packet.isLost(now);
  }

  /**
   * Returns the name of the host that has sent it.
   *
   * @return the test's own is called "test"
   */
  public String from() {
    return packet.from().name();
  }

  /**
   * Returns the port that it came from.
   *
   * @return from 1 on
   */
  public int fromPort() {
    return packet.fromPort();
  }

  /**
   * Returns the name of the host that it was sent to.
   *
   * @return the test's own is called "test"
   */
  public String to() {
    return packet.to().name();
  }

  /**
   * Returns the port that it was sent to.
   *
   * @return from 1 on
   */
  public int toPort() {
    return packet.toPort();
  }

  /**
   * Returns whether it is a datagram.
   *
   * @return false for a part of a connection
   */
  public boolean isUdp() {
    return packet.isUdp();
  }

  /**
   * Returns how much it carries.
   *
   * @return in bytes; a datagram may have none
   */
  public int bytes() {
    return packet.payload().length;
  }

  /**
   * Returns what it carries.
   *
   * @return a copy
   */
  public byte[] payload() {
    return packet.payload().clone();
  }

  /**
   * Returns when it was sent, for the first time.
   *
   * @return since the network was opened
   */
  public Duration sent() {
    return sent;
  }

  /**
   * Returns when it arrived at the other host, be it that nobody has read it yet.
   *
   * @return since the network was opened; empty if it is lost or on its way
   */
  public Optional<Duration> delivered() {
    return delivered;
  }

  /**
   * Returns whether it will never arrive.
   *
   * @return true for a datagram that was dropped, or sent to a port that nobody has, and for what a
   *     connection had on its way when it ended
   */
  public boolean isLost() {
    return isLost;
  }

  /**
   * Returns whether it is neither delivered nor lost.
   *
   * @return true also where it is sent again until it arrives
   */
  public boolean isOnItsWay() {
    return !isLost && delivered.isEmpty();
  }

  /** From where to where it went, how much, and what has become of it, for messages. */
  @Override
  public String toString() {
    String fate = delivered.map(at -> "delivered at " + at).orElse(isLost ? "lost" : "on its way");
    return "%s:%d -> %s:%d, %s, %d bytes, sent at %s, %s"
        .formatted(
            from(), fromPort(), to(), toPort(), isUdp() ? "UDP" : "TCP", bytes(), sent, fate);
  }
}
