package dev.standstill.jdk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.locks.StampedLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What the tasks of a loop do that nothing in the JDK shows afterwards, noted for reports.
 * Loop-confined.
 */
public final class TaskNotes {

  /** Most loops need neither, and each is large; null until a task needs it. */
  private @Nullable Map<Thread, CyclicBarrier> barriers;

  private @Nullable Map<Thread, List<StampedLock>> stamps;

  /** The pools that tasks have given work. */
  private final WeakObjects pools = new WeakObjects();

  private final DelayedJobs delayedJobs = new DelayedJobs();

  private final Coroutines coroutines = new Coroutines();

  /** Lets loops in virtual time note what their tasks do, from now on. */
  static void activate() {
    Hooks.activate(
        "java.lang.StandstillNotes",
        (Consumer<Object>) barrier -> ofCaller(notes -> notes.comesTo((CyclicBarrier) barrier)),
        (ObjIntConsumer<Object>)
            (lock, change) -> ofCaller(notes -> notes.changes((StampedLock) lock, change)),
        (BiConsumer<@Nullable Object, Throwable>) SwallowedFailures::add,
        (Consumer<Object>) SwallowedFailures::asked);
  }

  private static void ofCaller(Consumer<TaskNotes> what) {
    AgentHooks.Hooked loop = AgentHooks.ofCaller();
    if (loop != null) {
      what.accept(loop.notes());
    }
  }

  /** The calling task gives {@code pool} work. */
  void givesWork(Object pool) {
    pools.add(pool, 0);
  }

  /** The pools that tasks have given work and that are still there, the first of them first. */
  List<Object> pools() {
    return pools.list();
  }

  /** The jobs that wait in delayed executors of {@code CompletableFuture}. */
  public DelayedJobs delayedJobs() {
    return delayedJobs;
  }

  /** The coroutines that tasks have begun. */
  public Coroutines coroutines() {
    return coroutines;
  }

  /** The calling task comes to {@code barrier}. */
  private void comesTo(CyclicBarrier barrier) {
    Map<Thread, CyclicBarrier> known = barriers;
    if (known == null) {
      known = new WeakHashMap<>();
      barriers = known;
    }
    known.put(Thread.currentThread(), barrier);
  }

  /** The barrier that {@code thread} has come to last, whether it still waits there or not. */
  @Nullable CyclicBarrier barrierOf(Thread thread) {
    return barriers == null ? null : barriers.get(thread);
  }

  /**
   * The calling task has acquired {@code lock} in any mode if {@code change} is positive, else has
   * released it.
   */
  private void changes(StampedLock lock, int change) {
    Map<Thread, List<StampedLock>> held = stamps;
    if (held == null) {
      held = new WeakHashMap<>();
      stamps = held;
    }
    if (change > 0) {
      held.computeIfAbsent(Thread.currentThread(), key -> new ArrayList<>(1)).add(lock);
    } else {
      releases(lock, held);
    }
  }

  /** One task may release what another has acquired. */
  private static void releases(StampedLock lock, Map<Thread, List<StampedLock>> held) {
    List<StampedLock> own = held.get(Thread.currentThread());
    if (own != null && own.remove(lock)) {
      return;
    }
    for (List<StampedLock> ofOther : held.values()) {
      if (ofOther.remove(lock)) {
        return;
      }
    }
  }

  /** Who of {@code tasks} holds {@code lock}. */
  WaitDetail holders(StampedLock lock, List<Thread> tasks) {
    Map<Thread, List<StampedLock>> held = stamps == null ? Map.of() : stamps;
    List<Thread> holders =
        tasks.stream().filter(task -> held.getOrDefault(task, List.of()).contains(lock)).toList();
    if (lock.isWriteLocked() && holders.size() == 1) {
      return new WaitDetail(lock, holders.getFirst(), List.of(), null);
    }
    return lock.isReadLocked() ? WaitDetail.heldBy(lock, holders) : WaitDetail.of(lock);
  }
}
