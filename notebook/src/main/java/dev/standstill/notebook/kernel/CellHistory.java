package dev.standstill.notebook.kernel;

import com.google.gson.annotations.JsonAdapter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.dflib.jjava.jupyter.kernel.history.HistoryEntry;
import org.dflib.jjava.jupyter.kernel.history.HistoryManager;
import org.dflib.jjava.jupyter.messages.adapters.HistoryEntryAdapter;

/**
 * The cells that this kernel has run, for consoles that ask for them. It keeps no outputs, and
 * nothing of earlier sessions. Any thread may call.
 */
final class CellHistory implements HistoryManager {

  /** The protocol's number for the session that runs. */
  private static final int THIS_SESSION = 0;

  /** The library's own entry is sent as an object, and the protocol wants an array. */
  @JsonAdapter(HistoryEntryAdapter.class)
  private static final class Entry extends HistoryEntry {
    Entry(int number, String cell) {
      super(THIS_SESSION, number, cell, null);
    }
  }

  private final List<HistoryEntry> entries = new ArrayList<>();

  synchronized void add(int number, String cell) {
    entries.add(new Entry(number, cell));
  }

  @Override
  public synchronized List<HistoryEntry> lookupTail(int length, Set<ResultFlag> flags) {
    return last(length, entries);
  }

  /** The cells of this session, which is also the last one; the end is not among them. */
  @Override
  public synchronized List<HistoryEntry> lookupRange(
      int session, int start, int stop, Set<ResultFlag> flags) {
    return session > THIS_SESSION
        ? List.of()
        : entries.stream()
            .filter(entry -> entry.getCellNumber() >= start && entry.getCellNumber() < stop)
            .toList();
  }

  /**
   * @param pattern in which {@code *} stands for any characters, and {@code ?} for one
   */
  @Override
  public synchronized List<HistoryEntry> search(String pattern, int length, Set<ResultFlag> flags) {
    Pattern glob = glob(pattern);
    List<HistoryEntry> found =
        entries.stream().filter(entry -> glob.matcher(entry.getInput()).matches()).toList();
    return last(length, flags.contains(ResultFlag.UNIQUE) ? unique(found) : found);
  }

  private static Pattern glob(String pattern) {
    String expression =
        pattern
            .chars()
            .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
            .reduce("", String::concat);
    return Pattern.compile(expression, Pattern.DOTALL);
  }

  /** Of equal cells the last. */
  private static List<HistoryEntry> unique(List<HistoryEntry> entries) {
    Map<String, HistoryEntry> last = new LinkedHashMap<>();
    for (HistoryEntry entry : entries) {
      last.remove(entry.getInput());
      last.put(entry.getInput(), entry);
    }
    return List.copyOf(last.values());
  }

  private static List<HistoryEntry> last(int length, List<HistoryEntry> entries) {
    int from = Math.max(0, entries.size() - Math.max(0, length));
    return List.copyOf(entries.subList(from, entries.size()));
  }
}
