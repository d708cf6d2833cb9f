package dev.standstill.jdk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletableFuture.AsynchronousCompletionTask;
import org.jspecify.annotations.Nullable;

/** Tells in which pool the work is queued that somebody waits for; found out when first asked. */
final class QueuedWork {

  private final List<Object> pools;

  /** What threads park on that wait for queued work, and where that is; null until asked. */
  private @Nullable Map<Object, String> places;

  QueuedWork(List<Object> pools) {
    this.pools = pools;
  }

  /** Where the work is queued for which a thread waits that parks on {@code blocker}. */
  @Nullable String describe(@Nullable Object blocker) {
    if (blocker == null || pools.isEmpty()) {
      return null;
    }
    Map<Object, String> known = places;
    if (known == null) {
      known = find();
      places = known;
    }
    return known.get(blocker);
  }

  private Map<Object, String> find() {
    Map<Object, String> found = new IdentityHashMap<>();
    for (Object pool : pools) {
      List<Object> works = new ArrayList<>(PoolQueues.of(pool));
      String place = describe(works.size(), PoolThreads.ofStopped(pool));
      for (Object work : works) {
        found.put(work, place);
        CompletableFuture<?> future =
            work instanceof AsynchronousCompletionTask ? Dependents.completedBy(work) : null;
        if (future != null) {
          Dependents.of(future).forEach(dependent -> found.put(dependent, place));
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
