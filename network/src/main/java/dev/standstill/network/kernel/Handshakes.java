package dev.standstill.network.kernel;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Function;

/**
 * The packets on their way that ask for connections. One that gets no answer is sent again after a
 * second, and after 3, 7, 15, 31 and 63.
 */
final class Handshakes {

  private record Syn(StreamSocket client, Attempt attempt, long sent, long arrives, long number) {}

  private final World world;
  private final Function<Node, StreamSocket> servers;
  private final Refusals refusals;
  private final PriorityQueue<Syn> onTheirWay =
      new PriorityQueue<>(Comparator.comparingLong(Syn::arrives).thenComparingLong(Syn::number));
  private final List<Syn> held = new ArrayList<>();
  private long sent;

  /**
   * @param servers makes the other ends of connections, by the host they are on
   * @param refusals says more of a connection that is refused
   */
  Handshakes(World world, Function<Node, StreamSocket> servers, Refusals refusals) {
    this.world = world;
    this.servers = servers;
    this.refusals = refusals;
  }

  /** Asks a host for a connection. */
  void begin(StreamSocket client, SocketAddress to, Node host) {
    Node from = client.node();
    boolean isUnix = to instanceof UnixDomainSocketAddress;
    Link there = isUnix ? Link.LOCAL : world.link(from, host);
    Link back = isUnix ? Link.LOCAL : world.link(host, from);
    Attempt attempt = new Attempt(to, host, there, back, world.now());
    client.connects(attempt);
    send(client, attempt, world.now());
    settle();
    StreamSocket listening = attempt.listening();
    if (listening != null && !onTheirWay.isEmpty()) {
      listening.changed();
    }
  }

  /** Asks again for a connection whose other end has vanished before the client knew of it. */
  void asksAgain(StreamSocket client, Attempt attempt) {
    send(client, attempt, Reopening.nextSyn(attempt.first(), world.now()));
  }

  private void send(StreamSocket client, Attempt attempt, long at) {
    long delay = attempt.there().delay();
    boolean isLeast = delay == Link.LEAST && at > world.now(); // the link may be open by then
    long arrives = isLeast ? at : at + delay;
    attempt.arrives(arrives);
    onTheirWay.add(new Syn(client, attempt, at, arrives, sent++));
  }

  /**
   * When the next packet arrives, not counting those that {@link #settle} is about to let arrive.
   */
  long next() {
    long now = world.now();
    Syn first = onTheirWay.peek();
    if (first == null || first.arrives() > now) {
      return first == null ? OpenFile.NEVER : first.arrives();
    }
    return onTheirWay.stream()
        .mapToLong(Syn::arrives)
        .filter(at -> at > now)
        .min()
        .orElse(OpenFile.NEVER);
  }

  /** Has all happen that was to happen until now. */
  void settle() {
    long now = world.now();
    while (!onTheirWay.isEmpty() && onTheirWay.element().arrives() <= now) {
      arrives(onTheirWay.remove());
    }
  }

  private void arrives(Syn syn) {
    StreamSocket client = syn.client();
    syn.attempt().arrives(OpenFile.NEVER);
    if (client.isClosed() || !client.isConnecting()) {
      return;
    }
    Attempt attempt = syn.attempt();
    Link there = attempt.there();
    StreamSocket listening = attempt.listening();
    if (there.blockedSince() < syn.arrives()) {
      if (there.isLossy()) {
        again(syn, syn.sent() + 1);
      } else {
        held.add(syn);
      }
    } else if (listening == null || !listening.isListening()) {
      String why = refusals.nobodyListens(client.node(), attempt.host(), attempt.to());
      attempt.isRefused(why, syn.arrives() + attempt.back().delay());
      client.changed();
    } else if (listening.hasRoomInBacklog()) {
      listening.admit(client, servers.apply(attempt.host()), syn.arrives());
    } else {
      again(syn, syn.sent() + 1);
      listening.changed();
    }
  }

  private void again(Syn syn, long least) {
    Attempt attempt = syn.attempt();
    long next = Reopening.nextSyn(attempt.first(), least);
    if (next < attempt.first() + Reopening.SYN_PATIENCE_NANOS) {
      send(syn.client(), attempt, next);
      syn.client().changed();
    }
  }

  /** A link opens again: what was held on it arrives, or what was on its way is sent again. */
  void reopens(Reopening reopening) {
    List<Syn> all = new ArrayList<>(onTheirWay);
    all.addAll(held);
    onTheirWay.clear();
    held.clear();
    for (Syn syn : all) {
      Link there = syn.attempt().there();
      boolean concerned = there == reopening.link() && !reopening.hasArrived(syn.arrives());
      if (!concerned || syn.sent() >= reopening.now()) {
        onTheirWay.add(syn);
      } else if (reopening.lossy()) {
        again(syn, reopening.now());
      } else {
        long arrives = Math.max(syn.arrives(), reopening.now());
        syn.attempt().arrives(arrives);
        onTheirWay.add(new Syn(syn.client(), syn.attempt(), syn.sent(), arrives, syn.number()));
      }
    }
  }
}
