package dev.standstill.jdk;

import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Predicate;

/**
 * Scheduled pools that still had jobs when their loop was closed. They go on when a task of another
 * loop gives them work: what was due in a minute then is due in a minute of the new loop. Any
 * thread may call.
 */
public final class StrandedPools {

  private static final System.Logger LOG = System.getLogger("dev.standstill");

  /** Field of a job of such a pool: when it is due. */
  private static final VarHandle TIME = resolve(piece -> true);

  private static final SpinLock LOCK = new SpinLock(StrandedPools::notesAny);

  /** With the time of their loop, in nanoseconds, when it was closed. */
  private static final WeakObjects CLOSED_AT = new WeakObjects();

  private static volatile boolean any;

  private StrandedPools() {}

  /** Looks everything up; {@code present} is described at {@link JdkLookup}. */
  static VarHandle resolve(Predicate<Piece> present) {
    return new JdkLookup(present).field(Piece.JOB_TIME, long.class);
  }

  private static void notesAny() {
    any = !CLOSED_AT.isEmpty();
  }

  /** {@code loop} is closed; its tasks have ended. */
  public static void leave(AgentHooks.Hooked loop) {
    for (Object pool : loop.notes().pools()) {
      if (pool instanceof ScheduledThreadPoolExecutor && !PoolQueues.of(pool).isEmpty()) {
        LOCK.locked(() -> {
          CLOSED_AT.add(pool, loop.nanoTime());
          return null;
        });
      }
    }
  }

  /** A task of {@code loop} is about to give {@code pool} work. */
  static void adopt(Object pool, AgentHooks.Hooked loop) {
    Long closedAt = any ? LOCK.locked(() -> CLOSED_AT.remove(pool)) : null;
    if (closedAt != null) {
      long passed = loop.nanoTime() - closedAt;
      for (Object job : PoolQueues.of(pool)) {
        move(job, passed, pool);
      }
    }
  }

  private static void move(Object job, long passed, Object pool) {
    if (Objects.equals(TIME.coordinateTypes().getFirst(), job.getClass())) {
      TIME.setVolatile(job, (long) TIME.getVolatile(job) + passed);
    } else {
      LOG.log(
          System.Logger.Level.WARNING,
          "A job of %s was made on a loop that is closed, and cannot be moved to this one, because it is a %s: it is due %d ms later than it seems. Schedule it anew."
              .formatted(pool, job.getClass().getName(), -passed / 1_000_000));
    }
  }
}
