package dev.standstill.jdk;

import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The work that tasks have handed to pools whose threads live elsewhere, until it has run once. Any
 * thread may call.
 *
 * <p>One for all loops, since a thread of a pool does not know for which loop it works.
 */
public final class HandedOver {

  private static final String HOOKS = "java.lang.StandstillPools";

  /** Programs may define equality for their work. */
  private record Identity(Object work) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Identity that && that.work == work;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(work);
    }
  }

  private static final VarHandle OUTSTANDING = Hooks.field(HOOKS, "outstanding", boolean.class);

  private static final SpinLock LOCK = new SpinLock(HandedOver::notesOutstanding);

  private static final Map<Identity, Deque<HandedWork>> QUEUED = new LinkedHashMap<>();
  private static final List<HandedWork> RUNNING = new ArrayList<>();

  private HandedOver() {}

  /** Lets loops in virtual time see what their tasks hand over, from now on. */
  static void activate() {
    Hooks.activate(
        HOOKS,
        (BiConsumer<Object, Object>) HandedOver::add,
        (Consumer<Object>) work -> LOCK.locked(() -> begin(work)),
        (Consumer<@Nullable Object>) HandedOver::end,
        (Consumer<Object>) work -> LOCK.locked(() -> take(work)),
        (ToLongFunction<Object>) HandedOver::nanoTime,
        (Consumer<Object>) RestingTimer::wake);
  }

  private static void notesOutstanding() {
    OUTSTANDING.setVolatile(!QUEUED.isEmpty() || !RUNNING.isEmpty());
  }

  /** What tasks of {@code loop} have handed over and is running, or else what is next to run. */
  public static List<HandedWork> of(AgentHooks.Hooked loop) {
    while ((boolean) OUTSTANDING.getVolatile()) {
      List<HandedWork> current = LOCK.locked(() -> currentOf(loop));
      if (current.isEmpty() || current.getFirst().running() || mayRun(current.getFirst())) {
        return current;
      }
      LOCK.locked(() -> QUEUED.remove(new Identity(current.getFirst().work())));
    }
    return List.of();
  }

  private static List<HandedWork> currentOf(AgentHooks.Hooked loop) {
    List<HandedWork> running = RUNNING.stream().filter(work -> work.loop() == loop).toList();
    return running.isEmpty()
        ? QUEUED.values().stream()
            .map(Deque::getFirst)
            .filter(work -> work.loop() == loop)
            .limit(1)
            .toList()
        : running;
  }

  /** The handed-over work that {@code work} is, or null. */
  public static @Nullable HandedWork find(Object work) {
    return LOCK.locked(() -> {
      Deque<HandedWork> queued = QUEUED.isEmpty() ? null : QUEUED.get(new Identity(work));
      return queued == null
          ? RUNNING.stream().filter(handed -> handed.work() == work).findFirst().orElse(null)
          : queued.getFirst();
    });
  }

  /** Whether work that has not begun ever can. Asks nothing that could wait for a lock. */
  private static boolean mayRun(HandedWork handed) {
    boolean isOver =
        handed.work() instanceof Future<?> future && future.isDone()
            || handed.pool() instanceof ExecutorService pool && pool.isTerminated();
    return !isOver;
  }

  /** Forgets what tasks of {@code loop} have handed over: nobody waits for it any more. */
  public static void forget(AgentHooks.Hooked loop) {
    if ((boolean) OUTSTANDING.getVolatile()) {
      LOCK.locked(() ->
          QUEUED.values().removeIf(works -> works.getFirst().loop() == loop)
              | RUNNING.removeIf(work -> work.loop() == loop));
    }
  }

  private static void add(Object pool, Object work) {
    AgentHooks.Hooked loop = AgentHooks.ofCaller();
    if (loop != null) {
      loop.notes().givesWork(pool);
      StrandedPools.adopt(pool, loop);
    }
    Thread thread = loop == null || isForAll(work) ? null : threadOfOthers(pool, loop);
    if (loop != null && thread != null) {
      add(pool, work, loop, thread);
    }
  }

  private static void add(Object pool, Object work, AgentHooks.Hooked loop, Thread thread) {
    HandedWork handed =
        new HandedWork(work, pool, loop, Thread.currentThread(), new Throwable(), thread, false);
    LOCK.locked(
        () -> QUEUED.computeIfAbsent(new Identity(work), key -> new ArrayDeque<>()).add(handed));
  }

  /**
   * A task of {@code loop} starts {@code thread}, which lives in no loop. If it is the first of a
   * pool, nobody could tell where its work runs when that was handed over.
   */
  static void addFirstWork(Thread thread, AgentHooks.Hooked loop) {
    PoolThreads.FirstWork first = PoolThreads.firstWorkOf(thread);
    if (first != null && !isForAll(first.work()) && find(first.work()) == null) {
      add(first.pool(), first.work(), loop, thread);
    }
  }

  /** Whether {@code work} serves whoever needs it, and perhaps nobody does. */
  private static boolean isForAll(Object work) {
    return ProcessEnds.isAwaitedBy(work) || ChannelGroups.isServing(work);
  }

  private static @Nullable Thread threadOfOthers(Object pool, AgentHooks.Hooked loop) {
    for (Thread thread : PoolThreads.of(pool)) {
      if (homeOf(thread) != loop && thread.isAlive()) {
        return thread;
      }
    }
    return null;
  }

  private static @Nullable HandedWork begin(Object work) {
    HandedWork handed = take(work);
    if (handed != null && AgentHooks.ofCaller() != handed.loop()) {
      RUNNING.add(handed.runBy(Thread.currentThread()));
    }
    return handed;
  }

  /**
   * Without {@code work}: the thread of a pool is done with what it ran. Loops are woken
   * afterwards, since a task that wakes somebody may be made to wait, and must not hold up all
   * others then.
   */
  private static void end(@Nullable Object work) {
    Thread runner = Thread.currentThread();
    List<HandedWork> ended =
        LOCK.locked(() -> {
          List<HandedWork> done =
              RUNNING.stream()
                  .filter(handed -> handed.thread() == runner && handed.isCalled(work))
                  .toList();
          RUNNING.removeAll(done);
          return done;
        });
    ended.forEach(handed -> handed.loop().wake());
  }

  private static @Nullable HandedWork take(Object work) {
    Identity identity = new Identity(work);
    Deque<HandedWork> same = QUEUED.get(identity);
    if (same == null) {
      return null;
    }
    HandedWork taken = same.remove();
    if (same.isEmpty()) {
      QUEUED.remove(identity);
    }
    return taken;
  }

  /** A pool reads the clock of its threads; one that has none, that of the caller. */
  private static long nanoTime(Object pool) {
    List<Thread> threads = PoolThreads.of(pool);
    AgentHooks.Hooked loop = threads.isEmpty() ? AgentHooks.ofCaller() : homeOf(threads.getFirst());
    return loop == null ? System.nanoTime() : loop.nanoTime();
  }

  private static AgentHooks.@Nullable Hooked homeOf(Thread thread) {
    return AgentHooks.of(BackedThread.virtual(thread));
  }
}
