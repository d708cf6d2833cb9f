package dev.standstill.examples.raft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What nodes and clients tell each other, a line of text each. Indexes begin with 1. */
sealed interface Message {

  record AskVote(long term, String candidate, int lastIndex, long lastTerm) implements Message {
    @Override
    public String line() {
      return "ask-vote %d %s %d %d".formatted(term, candidate, lastIndex, lastTerm);
    }
  }

  record Vote(long term, String from, boolean granted) implements Message {
    @Override
    public String line() {
      return "vote %d %s %s".formatted(term, from, granted);
    }
  }

  /** Entries that follow the one at {@code before}; none in a heartbeat. */
  record Append(
      long term, String leader, int before, long beforeTerm, int committed, List<Entry> entries)
      implements Message {
    @Override
    public String line() {
      String added =
          entries.stream()
              .map(entry -> " %d %s".formatted(entry.term(), entry.command()))
              .collect(Collectors.joining());
      return "append %d %s %d %d %d%s"
          .formatted(term, leader, before, beforeTerm, committed, added);
    }
  }

  /** Up to which index the log is the leader's; if it does not fit, from where to try again. */
  record Appended(long term, String from, boolean fits, int upTo) implements Message {
    @Override
    public String line() {
      return "appended %d %s %s %d".formatted(term, from, fits, upTo);
    }
  }

  /** A client's word to add to the log. */
  record Propose(String command) implements Message {
    @Override
    public String line() {
      return "propose " + command;
    }
  }

  /** Where it is now for good. */
  record Committed(int index) implements Message {
    @Override
    public String line() {
      return "committed " + index;
    }
  }

  /** Who may know, from one who does not lead. */
  record Elsewhere(String leader) implements Message {
    @Override
    public String line() {
      return "elsewhere " + leader;
    }
  }

  /** As it is sent, without the line feed. */
  String line();

  static Message of(String line) {
    List<String> words = Arrays.asList(line.split(" ", -1));
    String one = words.get(1);
    return switch (words.getFirst()) {
      case "ask-vote" -> new AskVote(number(one), words.get(2), index(words, 3), term(words, 4));
      case "vote" -> new Vote(number(one), words.get(2), Boolean.parseBoolean(words.get(3)));
      case "append" ->
          new Append(
              number(one),
              words.get(2),
              index(words, 3),
              term(words, 4),
              index(words, 5),
              entries(words.subList(6, words.size())));
      case "appended" ->
          new Appended(
              number(one), words.get(2), Boolean.parseBoolean(words.get(3)), index(words, 4));
      case "propose" -> new Propose(one);
      case "committed" -> new Committed(index(words, 1));
      case "elsewhere" -> new Elsewhere(one);
      default -> throw new IllegalArgumentException("No message: " + line);
    };
  }

  private static List<Entry> entries(List<String> words) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < words.size(); i += 2) {
      entries.add(new Entry(term(words, i), words.get(i + 1)));
    }
    return entries;
  }

  private static long term(List<String> words, int at) {
    return number(words.get(at));
  }

  private static int index(List<String> words, int at) {
    return Integer.parseInt(words.get(at));
  }

  private static long number(String word) {
    return Long.parseLong(word);
  }
}
