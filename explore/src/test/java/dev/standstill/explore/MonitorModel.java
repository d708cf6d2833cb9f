package dev.standstill.explore;

import dev.standstill.explore.programs.RandomMonitors.Event;
import dev.standstill.explore.programs.RandomMonitors.What;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What monitors allow, as the language says. Confined to one thread; for one run. */
final class MonitorModel {

  private static final int NOBODY = -1;

  private static final class Monitor {
    private int owner = NOBODY;
    private int count;
    private final Map<Integer, Integer> waiting = new HashMap<>();
    private final Set<Integer> briefly = new HashSet<>();

    /** How many of those that wait have been told: nobody knows of a time that was up as well. */
    private int leastTold;

    private int mostTold;

    private void tell(int more) {
      leastTold = Math.min(leastTold + more, waiting.size());
      mostTold = Math.min(mostTold + more, waiting.size());
    }

    private void wakes(int thread) {
      owner = thread;
      count = waiting.remove(thread);
      leastTold = Math.max(0, leastTold - 1);
      mostTold = briefly.remove(thread) ? Math.min(mostTold, waiting.size()) : mostTold - 1;
    }
  }

  private final Map<Integer, Monitor> monitors = new HashMap<>();
  private final Map<Integer, Event> last = new HashMap<>();

  /** Adds what was done next. */
  void add(Event event) {
    last.put(event.thread(), event);
    Monitor monitor = monitors.computeIfAbsent(event.monitor(), key -> new Monitor());
    int thread = event.thread();
    switch (event.what()) {
      case WANTS, ENDS -> {}
      case ENTERED -> {
        require(event, monitor.owner == NOBODY || monitor.owner == thread);
        monitor.owner = thread;
        monitor.count++;
      }
      case EXITS -> {
        require(event, monitor.owner == thread);
        if (--monitor.count == 0) {
          monitor.owner = NOBODY;
        }
      }
      case WAITS, WAITS_BRIEFLY -> {
        require(event, monitor.owner == thread);
        monitor.waiting.put(thread, monitor.count);
        if (event.what() == What.WAITS_BRIEFLY) {
          monitor.briefly.add(thread);
        }
        monitor.owner = NOBODY;
        monitor.count = 0;
      }
      case WOKE -> {
        require(event, monitor.owner == NOBODY);
        require(event, monitor.mostTold > 0 || monitor.briefly.contains(thread));
        monitor.wakes(thread);
      }
      case NOTIFIES -> {
        require(event, monitor.owner == thread);
        monitor.tell(1);
      }
      case NOTIFIES_ALL -> {
        require(event, monitor.owner == thread);
        monitor.tell(monitor.waiting.size());
      }
    }
  }

  private void require(Event event, boolean holds) {
    if (!holds) {
      throw new AssertionError(event + " is not allowed: " + last);
    }
  }

  boolean haveEnded(int threads) {
    return count(event -> event.what() == What.ENDS) == threads;
  }

  /**
   * Whether each thread that has not ended waits for what only others could do, or at least some do
   * so in a circle.
   */
  boolean areStuck(int threads) {
    return count(event -> event.what() == What.ENDS || isStuck(event)) == threads
        || last.keySet().stream().anyMatch(this::waitsForItself);
  }

  private boolean waitsForItself(int thread) {
    int owner = thread;
    for (int i = 0; i < last.size() && owner != NOBODY; i++) {
      Event event = last.get(owner);
      owner = isStuck(event) ? monitors.get(event.monitor()).owner : NOBODY;
      if (owner == thread) {
        return true;
      }
    }
    return false;
  }

  private long count(Predicate<Event> matching) {
    return last.values().stream().filter(matching).count();
  }

  private boolean isStuck(Event event) {
    Monitor monitor = monitors.get(event.monitor());
    boolean isHeld = monitor.owner != NOBODY && monitor.owner != event.thread();
    return switch (event.what()) {
      case WANTS, WAITS_BRIEFLY -> isHeld;
      case WAITS -> isHeld || monitor.leastTold == 0;
      default -> false;
    };
  }
}
