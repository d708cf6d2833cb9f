package dev.standstill.network.kernel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a socket that listens which nobody has accepted yet. Those whose third packet
 * is on its way take a place, too.
 */
final class Backlog {

  private final World world;
  private final LongSupplier next;
  private final PriorityQueue<StreamSocket> servers =
      new PriorityQueue<>(
          Comparator.comparingLong(StreamSocket::connectsAt)
              .thenComparingInt(StreamSocket::number));
  private int most;

  /**
   * @param next when a packet arrives that asks for a connection to anybody
   */
  Backlog(World world, LongSupplier next) {
    this.world = world;
    this.next = next;
  }

  void limit(int most) {
    this.most = most;
  }

  /** Linux takes one more than it was told. */
  boolean hasRoom() {
    return servers.size() <= most;
  }

  void add(StreamSocket server) {
    servers.add(server);
  }

  boolean hasArrived() {
    StreamSocket first = servers.peek();
    return first != null && first.isComplete();
  }

  @Nullable StreamSocket take() {
    return hasArrived() ? servers.remove() : null;
  }

  /** When another connection can be accepted, or asked for. */
  long changesAt() {
    StreamSocket first = servers.peek();
    return first == null || first.connectsAt() <= world.now()
        ? next.getAsLong()
        : Math.min(next.getAsLong(), first.connectsAt());
  }

  /** The times have changed. */
  void reopened() {
    List<StreamSocket> all = new ArrayList<>(servers);
    servers.clear();
    servers.addAll(all);
  }

  void forget(StreamSocket server) {
    servers.remove(server);
  }

  void close() {
    servers.forEach(StreamSocket::abort);
    servers.clear();
  }
}
