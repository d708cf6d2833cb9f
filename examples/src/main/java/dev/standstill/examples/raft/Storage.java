package dev.standstill.examples.raft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a node knows after a crash: its term, its vote and its log, in two files of a folder. */
public class Storage {

  static final String NOBODY = "-";

  private final Path ballot;
  private final Path log;
  private final List<Entry> entries = new ArrayList<>();
  private long term;
  private String vote = NOBODY;

  /** Reads what is there. */
  public Storage(Path folder) throws IOException {
    this.ballot = folder.resolve("ballot");
    this.log = folder.resolve("log");
    if (Files.exists(ballot)) {
      String[] words = Files.readString(ballot).split(" ", -1);
      term = Long.parseLong(words[0]);
      vote = words[1];
    }
    if (Files.exists(log)) {
      Files.readAllLines(log).forEach(this::read);
    }
  }

  private void read(String line) {
    String[] words = line.split(" ", -1);
    entries.add(new Entry(Long.parseLong(words[0]), words[1]));
  }

  long term() {
    return term;
  }

  String vote() {
    return vote;
  }

  /** Notes a term and who has the vote in it. */
  void vote(long newTerm, String candidate) throws IOException {
    if (newTerm != term || !candidate.equals(vote)) {
      term = newTerm;
      vote = candidate;
      writeBallot(term, vote);
    }
  }

  /** Has written it when it returns. */
  protected void writeBallot(long newTerm, String candidate) throws IOException {
    replace(ballot, newTerm + " " + candidate);
  }

  int lastIndex() {
    return entries.size();
  }

  long lastTerm() {
    return termAt(lastIndex());
  }

  /** 0 before the first. */
  long termAt(int index) {
    return index == 0 ? 0 : at(index).term();
  }

  Entry at(int index) {
    return entries.get(index - 1);
  }

  /** All from an index on. */
  List<Entry> from(int index) {
    return List.copyOf(entries.subList(index - 1, entries.size()));
  }

  /** Adds entries after one; those that contradict them go, and all that follow those. */
  void append(int before, List<Entry> added) throws IOException {
    int same = 0;
    while (same < added.size()
        && before + same < lastIndex()
        && termAt(before + same + 1) == added.get(same).term()) {
      same++;
    }
    if (same == added.size()) {
      return;
    }
    List<Entry> newer = added.subList(same, added.size());
    List<Entry> contradicted = entries.subList(before + same, entries.size());
    boolean isLonger = contradicted.isEmpty();
    contradicted.clear();
    entries.addAll(newer);
    if (isLonger) {
      Files.writeString(log, lines(newer), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } else {
      replace(log, lines(entries));
    }
  }

  private static String lines(List<Entry> entries) {
    return entries.stream()
        .map(entry -> "%d %s\n".formatted(entry.term(), entry.command()))
        .collect(Collectors.joining());
  }

  /** All of it is there, or what was before. */
  private static void replace(Path file, String text) throws IOException {
    Path written = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(written, text);
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
