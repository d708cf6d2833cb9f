package dev.standstill.network.kernel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The sockets that no task has closed, and who has opened them. */
final class Unclosed {

  private final Map<Integer, String> openers = new LinkedHashMap<>();
  private final Queue<Integer> unreachable = new ConcurrentLinkedQueue<>();

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
