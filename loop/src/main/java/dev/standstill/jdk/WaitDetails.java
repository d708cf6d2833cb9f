package dev.standstill.jdk;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a look into a thread does not: who holds a lock for reading, how many have come to a
 * barrier, where the work is queued that is waited for. For one look at all tasks of a loop.
 */
public final class WaitDetails {

  private final TaskNotes notes;
  private final List<Thread> tasks;
  private final Map<Object, List<Thread>> holders = new IdentityHashMap<>();
  private final QueuedWork queued;

  /** Null until asked for. */
  private @Nullable Map<Long, Object> poolsByThread;

  /**
   * @param tasks the virtual threads of the loop
   */
  public WaitDetails(TaskNotes notes, List<Thread> tasks) {
    this.notes = notes;
    this.tasks = tasks;
    this.queued = new QueuedWork(notes.pools());
  }

  /** What else is known of what {@code thread} waits for. */
  public WaitDetail of(Thread thread, BlockedThread seen) {
    Object object = seen.object();
    return switch (seen.on()) {
      case LOCK -> ofLock(object);
      case BARRIER -> {
        boolean isCyclic = object instanceof Condition;
        yield Barriers.detail(isCyclic ? notes.barrierOf(thread) : object);
      }
      case WORK -> {
        Thread seenThread = BackedThread.seen(thread);
        Object pool = poolOf(seenThread);
        Object whose = pool == null ? object : pool;
        yield new WaitDetail(whose, null, List.of(), LaterWork.describe(seenThread, pool));
      }
      case SEMAPHORE ->
          object instanceof Permits permits ? permits.detail() : WaitDetail.of(object);
      case FUTURE -> new WaitDetail(object, null, List.of(), queued.describe(object));
      default -> WaitDetail.of(object);
    };
  }

  private @Nullable Object poolOf(Thread thread) {
    Map<Long, Object> known = poolsByThread;
    if (known == null) {
      known = new HashMap<>();
      for (Object pool : notes.pools()) {
        for (Thread worker : PoolThreads.ofStopped(pool)) {
          known.put(worker.threadId(), pool);
        }
      }
      poolsByThread = known;
    }
    return known.get(thread.threadId());
  }

  private WaitDetail ofLock(@Nullable Object object) {
    return switch (object) {
      case StampedLock lock -> notes.holders(lock, tasks);
      case null -> WaitDetail.of(null);
      case Object sync when ReadLocks.isOne(sync) ->
          WaitDetail.heldBy(
              sync, holders.computeIfAbsent(sync, key -> ReadLocks.holders(key, tasks)));
      default -> WaitDetail.of(object);
    };
  }
}
