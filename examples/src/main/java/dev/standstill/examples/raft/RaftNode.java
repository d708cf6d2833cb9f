package dev.standstill.examples.raft;

import dev.standstill.examples.raft.Message.Append;
import dev.standstill.examples.raft.Message.Appended;
import dev.standstill.examples.raft.Message.AskVote;
import dev.standstill.examples.raft.Message.Committed;
import dev.standstill.examples.raft.Message.Elsewhere;
import dev.standstill.examples.raft.Message.Propose;
import dev.standstill.examples.raft.Message.Vote;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One of several nodes that agree on a log, by Raft (D. Ongaro, J. Ousterhout, USENIX ATC 2014,
 * figure 2). All of it runs on one event loop.
 */
final class RaftNode {

  static final long HEARTBEAT_MILLIS = 200;
  private static final long ELECTION_MILLIS = 1_000;

  /** A leader's first entry, with which it commits those of its predecessors. */
  private static final String NOTHING = "-";

  private enum Role {
    FOLLOWER,
    CANDIDATE,
    LEADER
  }

  private final String name;
  private final List<String> peers;
  private final Storage storage;
  private final RaftListener listener;
  private final EventLoop loop;
  private final Connections connections;

  private Role role = Role.FOLLOWER;
  private String leader = Storage.NOBODY;
  private int committed;
  private final Set<String> votes = new HashSet<>();

  /** Up to where the logs of the peers are known to be the leader's. */
  private final Map<String, Integer> matching = new HashMap<>();

  /** From where on to send to peers. */
  private final Map<String, Integer> next = new HashMap<>();

  /** Clients, by the index of what they have proposed. */
  private final Map<Integer, Consumer<Message>> clients = new HashMap<>();

  private @Nullable Future<?> election;
  private @Nullable Future<?> heartbeat;

  RaftNode(
      String name, List<String> peers, Storage storage, RaftListener listener, EventLoop loop) {
    this.name = name;
    this.peers = peers;
    this.storage = storage;
    this.listener = listener;
    this.loop = loop;
    this.connections = new Connections(loop, this::receive);
  }

  /** Begins; returns what is done when others can connect. */
  ChannelFuture start() {
    loop.execute(this::awaitLeader);
    return connections.listen();
  }

  private void receive(Message message, Consumer<Message> answer) throws IOException {
    switch (message) {
      case AskVote asked -> answer.accept(vote(asked));
      case Vote vote -> count(vote);
      case Append append -> answer.accept(append(append));
      case Appended appended -> note(appended);
      case Propose proposed -> propose(proposed.command(), answer);
      case Committed _, Elsewhere _ -> {} // for clients
    }
  }

  /** A newer term ends whatever goes on in the older. */
  private void notice(long term) throws IOException {
    if (term > storage.term()) {
      storage.vote(term, Storage.NOBODY);
      follow(Storage.NOBODY);
    }
  }

  private void follow(String newLeader) {
    leader = newLeader;
    if (role != Role.FOLLOWER) {
      role = Role.FOLLOWER;
      cancel(heartbeat);
      clients.values().forEach(client -> client.accept(new Elsewhere(leader)));
      clients.clear();
      awaitLeader();
    }
  }

  private void awaitLeader() {
    cancel(election);
    long patience = ELECTION_MILLIS + ThreadLocalRandom.current().nextLong(ELECTION_MILLIS);
    election = loop.schedule(this::standForElection, patience, TimeUnit.MILLISECONDS);
  }

  private static void cancel(@Nullable Future<?> timer) {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  private void standForElection() {
    role = Role.CANDIDATE;
    leader = Storage.NOBODY;
    votes.clear();
    votes.add(name);
    try {
      storage.vote(storage.term() + 1, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitLeader();
    everyHeartbeat(this::askForVotes);
  }

  private void everyHeartbeat(Runnable what) {
    cancel(heartbeat);
    heartbeat = loop.scheduleAtFixedRate(what, 0, HEARTBEAT_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void askForVotes() {
    for (String peer : peers) {
      if (!votes.contains(peer)) {
        connections.send(
            peer, new AskVote(storage.term(), name, storage.lastIndex(), storage.lastTerm()));
      }
    }
  }

  private Vote vote(AskVote asked) throws IOException {
    notice(asked.term());
    boolean isFree =
        storage.vote().equals(Storage.NOBODY) || storage.vote().equals(asked.candidate());
    boolean isGranted = asked.term() == storage.term() && isFree && hasAllOfMine(asked);
    if (isGranted) {
      storage.vote(asked.term(), asked.candidate());
      awaitLeader();
    }
    return new Vote(storage.term(), name, isGranted);
  }

  private boolean hasAllOfMine(AskVote asked) {
    return asked.lastTerm() > storage.lastTerm()
        || asked.lastTerm() == storage.lastTerm() && asked.lastIndex() >= storage.lastIndex();
  }

  private void count(Vote vote) throws IOException {
    notice(vote.term());
    if (role == Role.CANDIDATE && vote.term() == storage.term() && vote.granted()) {
      votes.add(vote.from());
      if (isMajority(votes.size())) {
        lead();
      }
    }
  }

  private boolean isMajority(long nodes) {
    return nodes > (peers.size() + 1) / 2;
  }

  private void lead() throws IOException {
    role = Role.LEADER;
    leader = name;
    listener.leads(name, storage.term());
    cancel(election);
    for (String peer : peers) {
      matching.put(peer, 0);
      next.put(peer, storage.lastIndex() + 1);
    }
    add(NOTHING);
    everyHeartbeat(this::sendEntries);
  }

  private void add(String command) throws IOException {
    storage.append(storage.lastIndex(), List.of(new Entry(storage.term(), command)));
  }

  private void propose(String command, Consumer<Message> client) throws IOException {
    if (role == Role.LEADER) {
      add(command);
      clients.put(storage.lastIndex(), client);
      sendEntries();
    } else {
      client.accept(new Elsewhere(leader));
    }
  }

  private void sendEntries() {
    for (String peer : peers) {
      int before = next.getOrDefault(peer, 1) - 1;
      connections.send(
          peer,
          new Append(
              storage.term(),
              name,
              before,
              storage.termAt(before),
              committed,
              storage.from(before + 1)));
    }
  }

  private Appended append(Append sent) throws IOException {
    notice(sent.term());
    if (sent.term() < storage.term()) {
      return new Appended(storage.term(), name, false, sent.before());
    }
    follow(sent.leader());
    awaitLeader();
    if (sent.before() > storage.lastIndex() || storage.termAt(sent.before()) != sent.beforeTerm()) {
      int earlier = Math.min(storage.lastIndex(), sent.before() - 1);
      return new Appended(storage.term(), name, false, earlier);
    }
    storage.append(sent.before(), sent.entries());
    int upTo = sent.before() + sent.entries().size();
    commit(Math.min(sent.committed(), upTo));
    return new Appended(storage.term(), name, true, upTo);
  }

  private void note(Appended appended) throws IOException {
    notice(appended.term());
    if (role != Role.LEADER || appended.term() != storage.term()) {
      return;
    }
    if (appended.fits()) {
      matching.merge(appended.from(), appended.upTo(), Math::max);
      commit(lastOfMajority());
    }
    int from = Math.max(matching.getOrDefault(appended.from(), 0), appended.upTo()) + 1;
    next.put(appended.from(), from);
  }

  /** The newest entry of this term that most nodes have; older terms are committed with it. */
  private int lastOfMajority() {
    int index = storage.lastIndex();
    while (index > committed && storage.termAt(index) == storage.term()) {
      int candidate = index;
      long others = matching.values().stream().filter(upTo -> upTo >= candidate).count();
      if (isMajority(others + 1)) {
        return index;
      }
      index--;
    }
    return committed;
  }

  private void commit(int upTo) {
    while (committed < upTo) {
      committed++;
      Entry entry = storage.at(committed);
      listener.committed(name, committed, entry.term(), entry.command());
      Consumer<Message> client = clients.remove(committed);
      if (client != null) {
        client.accept(new Committed(committed));
      }
    }
  }
}
