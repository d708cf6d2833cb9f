package dev.standstill.jdk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletableFuture.AsynchronousCompletionTask;
import org.jspecify.annotations.Nullable;

/**
 * Tells in which pool the work is queued that somebody waits for; found out when first asked. It
 * compares objects, for the reason given at {@link WeakObjects}.
 */
final class QueuedWork {

  private record Entry(Object blocker, String place) {}

  private final List<Object> pools;

  /** What threads park on that wait for queued work, and where that is; null until asked. */
  private @Nullable List<Entry> entries;

  QueuedWork(List<Object> pools) {
    this.pools = pools;
  }

  /** Where the work is queued for which a thread waits that parks on {@code blocker}. */
  @Nullable String describe(@Nullable Object blocker) {
    if (blocker == null || pools.isEmpty()) {
      return null;
    }
    List<Entry> known = entries;
    if (known == null) {
      known = find();
      entries = known;
    }
    for (Entry entry : known) {
      if (entry.blocker() == blocker) {
        return entry.place();
      }
    }
    return null;
  }

  private List<Entry> find() {
    List<Entry> found = new ArrayList<>();
    for (Object pool : pools) {
      List<Object> works = PoolQueues.of(pool);
      String place = describe(works.size(), PoolThreads.ofStopped(pool));
      for (Object work : works) {
        found.add(new Entry(work, place));
        CompletableFuture<?> future =
            work instanceof AsynchronousCompletionTask ? Dependents.completedBy(work) : null;
        if (future != null) {
          Dependents.of(future).forEach(dependent -> found.add(new Entry(dependent, place)));
        }
      }
    }
    return found;
  }

  private static String describe(int waiting, List<Thread> threads) {
    String pool =
        threads.stream()
            .min(Comparator.comparingLong(Thread::threadId))
            .map(first -> "the pool of \"%s\"".formatted(first.getName()))
            .orElse("a pool without threads");
    return "queued in %s: %d waiting, %d %s"
        .formatted(pool, waiting, threads.size(), threads.size() == 1 ? "thread" : "threads");
  }
}
