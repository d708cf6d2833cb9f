package dev.standstill.network.kernel;

import dev.standstill.jdk.sockets.SocketKernel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One end of a connection: what arrives there, and what it learns of the other. */
final class Connection {

  /** In how many reads and writes one does less than it could, where the schedule is drawn. */
  private static final int SHORT_ONE_IN = 8;

  private static final long CLIENT = -1;

  private final StreamSocket socket;
  private final Flow in;

  /** What packets come through that arrive here. */
  private final Link link;

  /** What the client has asked for. */
  private final Attempt asked;

  /** When the packet arrives that completes it. */
  private long connects;

  /** How long that is on its way from the client's end, or {@link #CLIENT} there. */
  private final long third;

  private boolean complete;

  private @Nullable Connection other;
  private @Nullable Ending ending;
  private boolean inputShut;
  private boolean outputShut;

  private Connection(StreamSocket socket, Link link, Attempt asked, long connects, long third) {
    this.socket = socket;
    in = new Flow(socket.node().buffers());
    this.link = link;
    this.asked = asked;
    this.connects = connects;
    this.third = third;
  }

  /**
   * Connects two sockets.
   *
   * @param arrived when the client's packet has arrived
   * @return the client's end
   */
  static Connection open(StreamSocket client, StreamSocket server, Attempt asking, long arrived) {
    long learns = arrived + asking.back().delay();
    long third = asking.there().delay();
    Connection here = new Connection(client, asking.back(), asking, learns, CLIENT);
    Connection there = new Connection(server, asking.there(), asking, learns + third, third);
    here.other = there;
    there.other = here;
    return here;
  }

  private World world() {
    return socket.world;
  }

  /** The other end. */
  Connection other() {
    return Objects.requireNonNull(other);
  }

  /** The socket at the other end. */
  StreamSocket peer() {
    return other().socket;
  }

  /** When the packet arrives that completes it, if nothing holds it up. */
  long connectsAt() {
    return third == CLIENT ? connects : Math.max(connects, other().connects + third);
  }

  /** When it is complete, as seen from here; {@link OpenFile#NEVER} if that is not known yet. */
  private long completesAt() {
    boolean isHeldUp = third != CLIENT && other().completesAt() == OpenFile.NEVER;
    return isHeldUp || connectsAt() > link.blockedSince() ? OpenFile.NEVER : connectsAt();
  }

  boolean isComplete() {
    complete = complete || completesAt() <= world().now();
    return complete;
  }

  int read(ByteBuffer into) throws IOException {
    if (inputShut) {
      return SocketKernel.EOF;
    }
    learn();
    long horizon = link.horizon(world().now());
    if (in.hasArrived(horizon)) {
      shorten(into);
      int taken = in.take(into, horizon);
      peer().changed();
      return taken;
    }
    if (ending != null) {
      ending.tellReader();
      return SocketKernel.EOF;
    }
    return in.isEnded(horizon) ? SocketKernel.EOF : SocketKernel.UNAVAILABLE;
  }

  int write(ByteBuffer from) throws IOException {
    learn();
    if (ending != null) {
      ending.tell();
    }
    if (outputShut || ending != null) {
      throw new IOException("Broken pipe");
    }
    Connection to = other();
    if (to.in.room() == 0) {
      return SocketKernel.UNAVAILABLE;
    }
    shorten(from);
    sends();
    long arrives = world().now() + to.link.delay();
    int written = to.link.isWatched() ? sendNoted(from, arrives) : send(from, arrives);
    if (to.in.isUnread()) {
      in.reset(arrives + link.delay());
      socket.changed();
    } else {
      to.socket.changed();
      if (givesUpAt() != OpenFile.NEVER) {
        socket.changed();
      }
    }
    return written;
  }

  private void sends() {
    if (link.blockedSince() != OpenFile.NEVER) {
      other().in.isUnanswered(world().now());
    }
  }

  private int send(ByteBuffer from, long arrives) {
    return other().in.send(from, world().now(), arrives);
  }

  private int sendNoted(ByteBuffer from, long arrives) {
    Connection to = other();
    byte[] payload = new byte[Math.min(from.remaining(), to.in.room())];
    from.get(payload);
    Packet packet =
        new Packet(
            to.link,
            socket.node(),
            Addresses.port(socket.local()),
            to.socket.node(),
            Addresses.port(to.socket.local()),
            false,
            payload,
            world().now());
    to.link.note(packet);
    packet.isSent(arrives - world().now());
    to.link.departs(packet);
    to.in.send(packet);
    return payload.length;
  }

  private void shorten(ByteBuffer bytes) {
    if (bytes.remaining() > 1
        && world().happens(SHORT_ONE_IN, "a read or a write does less than it could")) {
      bytes.limit(bytes.position() + (bytes.remaining() + 1) / 2);
    }
  }

  /** Learns what has arrived besides data, and that nobody answers. */
  void learn() {
    long now = world().now();
    long horizon = link.horizon(now);
    if (ending != null || !isComplete()) {
      return;
    }
    Connection to = other();
    in.tryAgain(now);
    to.in.tryAgain(now);
    if (in.isRefused(horizon)) {
      ending = new Ending(in.isReset(horizon) ? Ending.Cause.RESET : Ending.Cause.BROKEN);
    } else if (givesUpAt() <= now) {
      ending = new Ending(Ending.Cause.TIMED_OUT);
      in.refuse(horizon);
      to.in.drop(to.link.horizon(now));
    }
  }

  /** When what was sent has been sent so often in vain that the connection ends. */
  private long givesUpAt() {
    Connection to = other();
    long sent = to.in.unansweredSince();
    if (to.link.blockedSince() != OpenFile.NEVER) {
      sent = Math.min(sent, to.in.oldestOnItsWay(to.link.horizon(world().now())));
    }
    return sent == OpenFile.NEVER ? OpenFile.NEVER : sent + Reopening.PATIENCE_NANOS;
  }

  int available() {
    return inputShut ? 0 : in.available(link.horizon(world().now()));
  }

  void shutdown(boolean input, boolean output) {
    learn();
    inputShut |= input;
    if (output && !outputShut) {
      outputShut = true;
      if (ending == null) {
        Connection to = other();
        sends();
        to.in.end(world().now(), world().now() + to.link.delay());
        to.socket.changed();
      }
    }
    socket.changed();
  }

  /** Both ends get an RST out of nowhere. */
  void reset() {
    in.reset(world().now());
    other().in.reset(world().now());
    socket.changed();
    other().socket.changed();
  }

  void reopens(Reopening reopening) {
    if (link != reopening.link()) {
      return;
    }
    in.reopens(reopening);
    other().in.isAnswered();
    if (!reopening.hasArrived(connects)) {
      connects = reopening.synArrival(asked.first(), connects);
    }
  }

  /**
   * @param lingersNot whether the other end is to get an RST in any case
   */
  void closed(boolean lingersNot) {
    learn();
    if (ending != null) {
      return;
    }
    Connection to = other();
    long horizon = link.horizon(world().now());
    boolean lost = in.hasArrived(horizon);
    long next = in.nextData(horizon);
    in.abandon(horizon);
    long now = world().now();
    long arrives = now + to.link.delay();
    if (lost || lingersNot) {
      to.in.reset(arrives);
    } else {
      to.in.end(now, arrives);
      if (next != OpenFile.NEVER) {
        to.in.reset(next + to.link.delay());
      }
    }
    to.socket.changed();
  }

  /** This end has vanished: what is sent to it is not answered, as long as its machine is down. */
  void vanished() {
    in.vanish(link.horizon(world().now()));
  }

  /** The other end has vanished: what it has sent, and has not arrived, will not. */
  void isLeft() {
    in.drop(link.horizon(world().now()));
  }

  /**
   * The machine of this end, which has vanished, is back: what is sent to it again is answered by
   * an RST, as is all that comes later.
   *
   * @return whether it is met through this link
   */
  boolean isMet(Reopening reopening) {
    if (link != reopening.link()) {
      return false;
    }
    in.reopens(reopening);
    long meets = in.next(reopening.since());
    if (meets != OpenFile.NEVER) {
      other().in.reset(meets + other().link.delay());
    }
    in.abandon(reopening.since());
    return true;
  }

  /** What has happened, if the connection is complete. */
  int events() {
    learn();
    if (ending != null) {
      int error = ending.isUntold() ? SocketKernel.ERR : 0;
      return SocketKernel.IN | SocketKernel.OUT | SocketKernel.HUP | error;
    }
    long horizon = link.horizon(world().now());
    boolean readable = inputShut || in.isReadable(horizon);
    boolean writable = outputShut || other().in.hasRoom();
    boolean over = outputShut && (inputShut || in.hasEnd(horizon));
    return (readable ? SocketKernel.IN : 0)
        | (writable ? SocketKernel.OUT : 0)
        | (over ? SocketKernel.HUP : 0);
  }

  long changesAt() {
    long horizon = link.horizon(world().now());
    boolean blocked = link.blockedSince() != OpenFile.NEVER;
    long next = Math.min(in.nextTry(), blocked ? OpenFile.NEVER : in.changesAt(horizon));
    if (!isComplete()) {
      return Math.min(next, completesAt());
    }
    return ending != null ? next : Math.min(next, givesUpAt());
  }

  String outages() {
    return outages(link, other().link);
  }

  /** Why nothing arrives here, or there, as the end of a sentence. */
  static String outages(Link here, Link there) {
    String in = here.outages();
    String out = there.outages();
    return (in.isEmpty() ? "" : ", where nothing arrives: " + in)
        + (out.isEmpty() || out.equals(in) ? "" : ", from where nothing arrives: " + out);
  }
}
