package dev.standstill.network.kernel;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that go one way through a connection: in order, each with the time at which it arrives.
 *
 * <p>Where a method takes a {@code horizon}, what was to arrive until then has arrived: that is
 * now, or when the link was blocked.
 */
final class Flow {

  /** How many bytes may be on their way or wait to be read, as on Linux by default. */
  static final int WINDOW = 64 << 10;

  /** So much of that has to be free before who waits to write is told, as on Linux. */
  private static final int ENOUGH = WINDOW / 3;

  /** So many bytes at least are one segment, if they have the same time. */
  private static final int SEGMENT = 4 << 10;

  /**
   * Bytes that arrive at once.
   *
   * @param packet where it is noted what is sent
   */
  private record Segment(ByteBuffer bytes, long sent, long arrives, @Nullable Packet packet) {

    Segment arriving(long at) {
      if (packet != null) {
        packet.arrives(at);
      }
      return new Segment(bytes, sent, at, packet);
    }

    boolean isDropped() {
      return packet != null && packet.isDropped();
    }

    void isLost() {
      if (packet != null) {
        packet.isLostNow();
      }
    }
  }

  private final Buffers buffers;
  private final ArrayDeque<Segment> segments = new ArrayDeque<>(2);
  private int size;

  /** When the latest that was sent arrives; what is sent later does not overtake it. */
  private long latest = Long.MIN_VALUE;

  private long endSent = OpenFile.NEVER;
  private long ends = OpenFile.NEVER;
  private long resets = OpenFile.NEVER;

  private @Nullable Disorder disorder;

  /**
   * @param buffers those of the host that reads
   */
  Flow(Buffers buffers) {
    this.buffers = buffers;
  }

  int room() {
    return ends == OpenFile.NEVER ? WINDOW - size : 0;
  }

  /** Whether it is worth to write. */
  boolean hasRoom() {
    return room() >= ENOUGH;
  }

  /** Whether nobody reads any more. */
  boolean isUnread() {
    return disorder != null && disorder.unread;
  }

  private Disorder disorder() {
    if (disorder == null) {
      disorder = new Disorder();
    }
    return disorder;
  }

  /** Sends as many bytes as there is room for. */
  int send(ByteBuffer from, long sent, long arrives) {
    int fitting = Math.min(from.remaining(), room());
    size += fitting;
    if (isUnread()) {
      from.position(from.position() + fitting);
      return fitting;
    }
    latest = Math.max(latest, arrives);
    int joined = join(from, fitting, sent);
    if (joined < fitting) {
      ByteBuffer copy = buffers.take(fitting - joined);
      copy.put(from.slice(from.position(), copy.remaining())).flip();
      from.position(from.position() + copy.remaining());
      segments.add(new Segment(copy, sent, latest, null));
    }
    return fitting;
  }

  /** The same of bytes of which it is noted what becomes of them, and for which there is room. */
  void send(Packet packet) {
    size += packet.payload().length;
    if (isUnread()) {
      packet.isLostNow();
      return;
    }
    latest = Math.max(latest, packet.arrives());
    Segment segment = new Segment(ByteBuffer.wrap(packet.payload()), packet.sent(), latest, packet);
    segments.add(segment.arriving(latest));
    isDropped(segment);
  }

  private void isDropped(Segment segment) {
    if (segment.packet() != null && segment.isDropped()) {
      Disorder dropped = disorder();
      dropped.nextTry = Math.min(dropped.nextTry, segment.packet().triedAgain());
      dropped.droppedSince = Math.min(dropped.droppedSince, segment.sent());
    }
  }

  /** When something is tried again that was dropped; {@link OpenFile#NEVER} if nothing was. */
  long nextTry() {
    return disorder == null ? OpenFile.NEVER : disorder.nextTry;
  }

  /**
   * When the first was sent of what was dropped, or cannot be acknowledged; {@link OpenFile#NEVER}
   * if nothing was.
   */
  long unansweredSince() {
    return disorder == null
        ? OpenFile.NEVER
        : Math.min(disorder.droppedSince, disorder.unansweredSince);
  }

  /** Something is sent now that cannot be acknowledged. */
  void isUnanswered(long now) {
    disorder().unansweredSince = Math.min(disorder().unansweredSince, now);
  }

  /** It can. */
  void isAnswered() {
    if (disorder != null) {
      disorder.unansweredSince = OpenFile.NEVER;
    }
  }

  /** Tries again what was to be tried until now. What was sent later does not overtake it. */
  void tryAgain(long now) {
    if (disorder == null || disorder.nextTry > now) {
      return;
    }
    List<Segment> before = new ArrayList<>(segments);
    segments.clear();
    long least = Long.MIN_VALUE;
    for (Segment segment : before) {
      long arrives = segment.arrives();
      Packet packet = segment.packet();
      if (packet != null && segment.isDropped()) {
        packet.tryAgain(now);
        arrives = packet.arrives();
      }
      least = Math.max(least, arrives);
      segments.add(segment.arriving(least));
    }
    latest = Math.max(latest, least);
    ends = ends == OpenFile.NEVER ? ends : Math.max(ends, least);
    disorder.nothingIsDropped();
    segments.forEach(this::isDropped);
  }

  /** Many small writes at one moment are one segment. */
  private int join(ByteBuffer from, int fitting, long sent) {
    Segment last = segments.peekLast();
    if (last == null
        || last.packet() != null
        || last.sent() != sent
        || last.arrives() != latest
        || last.bytes().remaining() + fitting > SEGMENT) {
      return 0;
    }
    ByteBuffer joined = ByteBuffer.allocate(last.bytes().remaining() + fitting);
    joined.put(last.bytes()).put(from.slice(from.position(), fitting)).flip();
    from.position(from.position() + fitting);
    segments.removeLast();
    segments.add(new Segment(joined, sent, latest, null));
    return fitting;
  }

  /** A FIN is sent, after all bytes. */
  void end(long sent, long arrives) {
    if (ends == OpenFile.NEVER) {
      latest = Math.max(latest, arrives);
      endSent = sent;
      ends = latest;
    }
  }

  /** An RST is sent. */
  void reset(long arrives) {
    resets = Math.min(resets, Math.max(latest, arrives));
  }

  /**
   * The reader has closed: what he has not read is gone, and what comes is not wanted. That makes
   * no room: who writes waits until he learns of it.
   */
  void abandon(long horizon) {
    disorder().unread = true;
    lose(horizon);
    segments.clear();
  }

  /** What has not arrived is lost. */
  private void lose(long horizon) {
    if (disorder != null) {
      disorder.nothingIsDropped();
    }
    for (Segment segment : segments) {
      if (segment.arrives() > horizon) {
        segment.isLost();
      }
    }
  }

  /** The reader has vanished, and with him what had arrived; what comes is not answered. */
  void vanish(long horizon) {
    while (hasArrived(horizon)) {
      size -= segments.remove().bytes().remaining();
    }
  }

  /** What comes is not wanted; what is there can be read. */
  void refuse(long horizon) {
    disorder().unread = true;
    drop(horizon);
  }

  /** What has not arrived will not. */
  void drop(long horizon) {
    lose(horizon);
    while (!segments.isEmpty() && segments.getLast().arrives() > horizon) {
      size -= segments.removeLast().bytes().remaining();
    }
    ends = ends > horizon ? OpenFile.NEVER : ends;
    resets = resets > horizon ? OpenFile.NEVER : resets;
    latest = Math.min(latest, horizon);
  }

  /** When the next data arrives; {@link OpenFile#NEVER} if none is on its way. */
  long nextData(long horizon) {
    for (Segment segment : segments) {
      if (segment.arrives() > horizon) {
        return segment.arrives();
      }
    }
    return OpenFile.NEVER;
  }

  /** The same of data or the end. */
  long next(long horizon) {
    long data = nextData(horizon);
    return data == OpenFile.NEVER && ends > horizon ? ends : data;
  }

  /** Takes what has arrived, as much as fits; returns how much that was. */
  int take(ByteBuffer into, long horizon) {
    int before = into.position();
    while (into.hasRemaining() && hasArrived(horizon)) {
      Segment first = segments.element();
      ByteBuffer bytes = first.bytes();
      int fitting = Math.min(into.remaining(), bytes.remaining());
      into.put(bytes.slice(bytes.position(), fitting));
      bytes.position(bytes.position() + fitting);
      if (!bytes.hasRemaining()) {
        segments.remove();
        if (first.packet() == null) {
          buffers.giveBack(bytes);
        }
      }
    }
    int taken = into.position() - before;
    size -= taken;
    return taken;
  }

  int available(long horizon) {
    int sum = 0;
    for (Segment segment : segments) {
      if (segment.arrives() <= horizon) {
        sum += segment.bytes().remaining();
      }
    }
    return sum;
  }

  boolean hasArrived(long horizon) {
    Segment first = segments.peek();
    return first != null && first.arrives() <= horizon;
  }

  /** Whether a read need not wait. */
  boolean isReadable(long horizon) {
    return hasArrived(horizon) || hasEnd(horizon) || isReset(horizon);
  }

  /** Whether the end has arrived, after which there may be something to read yet. */
  boolean hasEnd(long horizon) {
    return ends <= horizon;
  }

  /** Whether all has been read, and the end. */
  boolean isEnded(long horizon) {
    return segments.isEmpty() && hasEnd(horizon);
  }

  /** Whether an RST has arrived that the reader learns of: not one after the end. */
  boolean isReset(long horizon) {
    return resets <= horizon && ends > resets;
  }

  /** Whether an RST has arrived, which whoever writes the other way learns of. */
  boolean isRefused(long horizon) {
    return resets <= horizon;
  }

  /** When the first was sent of what has not arrived; {@link OpenFile#NEVER} if all has. */
  long oldestOnItsWay(long horizon) {
    for (Segment segment : segments) {
      if (segment.arrives() > horizon) {
        return segment.sent();
      }
    }
    return ends > horizon ? endSent : OpenFile.NEVER;
  }

  /** Later moments are those when something arrives. */
  long changesAt(long horizon) {
    long next = OpenFile.NEVER;
    Segment first = segments.peek();
    if (first != null && first.arrives() > horizon) {
      next = first.arrives();
    }
    if (ends > horizon) {
      next = Math.min(next, ends);
    }
    if (resets > horizon) {
      next = Math.min(next, resets);
    }
    return next;
  }

  /** The link opens again. An RST that was lost is not sent again. */
  void reopens(Reopening reopening) {
    long oldest = oldestOnItsWay(reopening.since());
    if (oldest != OpenFile.NEVER) {
      delay(reopening, oldest);
    }
    if (resets != OpenFile.NEVER && !reopening.hasArrived(resets)) {
      resets = reopening.lossy() ? OpenFile.NEVER : Math.max(resets, reopening.now());
    }
  }

  /** What is behind the first that was lost comes with it. */
  private void delay(Reopening reopening, long oldest) {
    List<Segment> before = new ArrayList<>(segments);
    segments.clear();
    long least = Long.MIN_VALUE;
    for (Segment segment : before) {
      if (reopening.hasArrived(segment.arrives())) {
        segments.add(segment);
      } else {
        least = Math.max(least, arrival(reopening, segment, oldest));
        segments.add(segment.arriving(least));
      }
    }
    if (ends != OpenFile.NEVER && !reopening.hasArrived(ends)) {
      long arrives =
          least == Long.MIN_VALUE ? reopening.arrival(oldest, ends) : Math.max(least, ends);
      ends = Math.max(least, arrives);
      least = ends;
    }
    latest = Math.max(latest, least);
  }

  private static long arrival(Reopening reopening, Segment segment, long oldest) {
    if (segment.isDropped()) {
      return segment.arrives(); // it is tried again by itself
    }
    return segment.sent() == oldest
        ? reopening.arrival(oldest, segment.arrives())
        : Math.max(segment.arrives(), reopening.now());
  }
}
