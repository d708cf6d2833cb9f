package dev.standstill.network.kernel;

import dev.standstill.jdk.sockets.SocketKernel;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An {@code epoll}: looks at many files, and at those only of which something may be told.
 *
 * <p>Level-triggered: an event is told again as long as it is one.
 */
final class Selector extends OpenFile {

  private static final int ALWAYS = SocketKernel.ERR | SocketKernel.HUP;
  private static final int NONE = 0;

  private static final int NO_FILE = 2; // ENOENT
  private static final int EXISTS = 17; // EEXIST

  /** A file of which something will be told when a time has come. */
  private record Later(OpenFile file, long at) {}

  /** What is looked for, by file. */
  private final Map<OpenFile, Integer> interests = new LinkedHashMap<>();

  /** Those of which something may be told now, in the order in which that was noticed. */
  private final Set<OpenFile> candidates = new LinkedHashSet<>();

  private final RealSelector real = new RealSelector();

  private final PriorityQueue<Later> later =
      new PriorityQueue<>(
          Comparator.comparingLong(Later::at).thenComparingInt(one -> one.file().number()));

  Selector(Node node, int number) {
    super(node, number);
  }

  /**
   * Changes what is looked at.
   *
   * @return 0, or the error of the operating system
   */
  int control(SocketKernel.Control what, @Nullable OpenFile file, int events) throws IOException {
    if (file == null) {
      return NO_FILE;
    }
    boolean known = interests.containsKey(file);
    if (known == (what == SocketKernel.Control.ADD)) {
      return known ? EXISTS : NO_FILE;
    }
    if (what == SocketKernel.Control.REMOVE) {
      forget(file);
    } else {
      watch(file, events);
    }
    return 0;
  }

  private void watch(OpenFile file, int events) throws IOException {
    if (file instanceof RealFile machines) {
      real.watch(machines, events, interests.containsKey(file));
    }
    interests.put(file, events);
    file.watchedBy(this);
    notice(file);
  }

  /** Looks no more at a file. */
  void forget(OpenFile file) {
    if (file instanceof RealFile machines) {
      real.forget(machines);
    }
    interests.remove(file);
    candidates.remove(file);
    file.unwatchedBy(this);
  }

  /** Something has happened to a file, or will. */
  void notice(OpenFile file) {
    candidates.add(file);
    notLater(file);
    changed();
  }

  private void notLater(OpenFile file) {
    long at = file.changesAt();
    if (at != NEVER && at > world.now()) {
      later.add(new Later(file, at));
    }
  }

  /** Puts pairs of events and file descriptor into {@code into}; returns how many. */
  int select(int[] into) {
    arrive();
    int found = 0;
    for (OpenFile file : List.copyOf(candidates)) {
      int events = eventsOf(file);
      if (events == NONE) {
        candidates.remove(file);
      } else if (2 * found < into.length) {
        into[2 * found] = events;
        into[2 * found + 1] = file.number();
        found++;
        tell(file);
      }
    }
    return found;
  }

  /** Who was told goes behind those who were not; who wants to be told once is not asked again. */
  private void tell(OpenFile file) {
    candidates.remove(file);
    int interest = interests.getOrDefault(file, NONE);
    if ((interest & SocketKernel.ONE_SHOT) != 0) {
      interests.put(file, SocketKernel.ONE_SHOT);
      if (file instanceof RealFile machines) {
        real.ignore(machines);
      }
    } else {
      candidates.add(file);
    }
  }

  private int eventsOf(OpenFile file) {
    int interest = interests.getOrDefault(file, NONE);
    return interest == SocketKernel.ONE_SHOT ? NONE : file.events() & (interest | ALWAYS);
  }

  private void arrive() {
    candidates.addAll(real.files());
    long now = world.now();
    while (!later.isEmpty() && later.element().at() <= now) {
      OpenFile file = later.remove().file();
      if (interests.containsKey(file)) {
        candidates.add(file);
        notLater(file);
      }
    }
  }

  @Override
  void park(long nanos) {
    if (real.files().isEmpty()) {
      super.park(nanos);
    } else {
      real.await(nanos);
    }
  }

  @Override
  void closed() {
    real.close();
    for (OpenFile file : List.copyOf(interests.keySet())) {
      file.unwatchedBy(this);
    }
    interests.clear();
    candidates.clear();
  }

  @Override
  int events() {
    arrive();
    for (OpenFile file : candidates) {
      if (eventsOf(file) != NONE) {
        return SocketKernel.IN;
      }
    }
    return NONE;
  }

  @Override
  long changesAt() {
    Later first = later.peek();
    return first == null ? NEVER : first.at();
  }

  @Override
  String describe() {
    return "a selector of %d sockets".formatted(interests.size());
  }
}
