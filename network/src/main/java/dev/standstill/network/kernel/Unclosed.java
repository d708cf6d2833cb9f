package dev.standstill.network.kernel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The sockets that no task has closed, and who has opened them. */
final class Unclosed {

  private final Map<Integer, String> openers = new LinkedHashMap<>();
  private final Queue<Integer> unreachable = new ConcurrentLinkedQueue<>();
  private final Queue<Integer> elsewhere = new ConcurrentLinkedQueue<>();

  void opened(OpenFile file, String by) {
    openers.put(file.number(), by);
  }

  void closed(int number) {
    openers.remove(number);
  }

  /** The collector has found that nobody can reach a socket. Any thread may call. */
  void isUnreachable(int number) {
    unreachable.add(number);
  }

  /** A thread that is not the loop's has closed a socket. Any thread may call. */
  void closedElsewhere(int number) {
    elsewhere.add(number);
  }

  /** The next socket that a thread which is not the loop's has closed; null if there is none. */
  @Nullable Integer takeClosedElsewhere() {
    return elsewhere.poll();
  }

  /**
   * Says what was not closed, in the order in which it was opened.
   *
   * @param all also what somebody may close yet
   */
  List<String> tell(Map<Integer, OpenFile> files, boolean all) {
    Collection<Integer> lost = List.copyOf(unreachable);
    List<String> told = new ArrayList<>();
    openers.forEach((number, by) -> {
      OpenFile file = files.get(number);
      if (file != null && (all || lost.contains(number))) {
        told.add(
            "%s, opened by %s, was not closed%s"
                .formatted(
                    file.describe(),
                    by,
                    lost.contains(number) ? ", and nobody can reach it any more" : ""));
      }
    });
    return told;
  }
}
