package dev.standstill.examples.raft;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the nodes of a cluster have said, all of them, over all restarts. */
final class Witness implements RaftListener {

  private final Map<Long, Set<String>> leaders = new TreeMap<>();
  private final Map<Integer, Entry> log = new TreeMap<>();
  private final Map<String, Integer> lengths = new HashMap<>();
  private final List<String> contradictions = new ArrayList<>();

  @Override
  public void leads(String node, long term) {
    leaders.computeIfAbsent(term, any -> new TreeSet<>()).add(node);
  }

  @Override
  public void committed(String node, int index, long term, String command) {
    Entry entry = new Entry(term, command);
    Entry before = log.putIfAbsent(index, entry);
    if (before != null && !before.equals(entry)) {
      contradictions.add("%s has %s at %d, not %s".formatted(node, entry, index, before));
    }
    lengths.put(node, index);
  }

  boolean hasOneLeaderATerm() {
    return leaders.values().stream().allMatch(elected -> elected.size() == 1);
  }

  boolean hasOneLog() {
    return contradictions.isEmpty();
  }

  /** Whether all nodes have committed what is at an index. */
  boolean allHave(int index) {
    return Cluster.NAMES.stream().allMatch(node -> lengths.getOrDefault(node, 0) >= index);
  }

  /** Who was elected, by term. */
  Map<Long, Set<String>> leaders() {
    return leaders;
  }

  /** What is committed, by index. */
  Map<Integer, String> commands() {
    Map<Integer, String> commands = new TreeMap<>();
    log.forEach((index, entry) -> commands.put(index, entry.command()));
    return commands;
  }
}
