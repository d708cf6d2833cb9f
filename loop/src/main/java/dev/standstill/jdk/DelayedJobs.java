package dev.standstill.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The jobs that wait in delayed executors of {@code CompletableFuture}, which no thread shows.
 * Loop-confined.
 *
 * <p>Read from {@code CompletableFuture}, JDK 25: a delayed executor and a time-out both schedule
 * an action; that of an executor is a {@code TaskSubmitter}.
 */
public final class DelayedJobs {

  /** So many may be over before they are forgotten. */
  private static final int KEPT = 64;

  private static final MethodHandle ACTION = action(piece -> true);

  private static final Class<?> JOB = job(piece -> true);

  private final List<DelayedJob> jobs = new ArrayList<>();
  private int forgetAt = KEPT;

  DelayedJobs() {}

  /** Looks everything up; {@code present} is described at {@link JdkLookup}. */
  static void resolve(Predicate<Piece> present) {
    action(present);
    job(present);
  }

  private static MethodHandle action(Predicate<Piece> present) {
    return new JdkLookup(present)
        .getter(Piece.DELAYED_ACTION)
        .asType(MethodType.genericMethodType(1));
  }

  private static Class<?> job(Predicate<Piece> present) {
    return new JdkLookup(present)
        .find(
            Piece.DELAYED_JOB,
            (lookup, owner) -> {
              lookup.unreflectGetter(owner.getDeclaredField(Piece.DELAYED_JOB.member()));
              return owner;
            });
  }

  /** The calling task delays an action, which may be a job or the end of a time-out. */
  public void add(ScheduledFuture<?> action, long nowMillis) {
    if (JOB.isInstance(runs(action))) {
      long due = nowMillis + action.getDelay(TimeUnit.MILLISECONDS);
      jobs.add(new DelayedJob(action, new Throwable(), due));
      if (jobs.size() > forgetAt) {
        jobs.removeIf(job -> job.job().isDone());
        forgetAt = 2 * jobs.size() + KEPT;
      }
    }
  }

  private static Object runs(ScheduledFuture<?> action) {
    try {
      return (Object) ACTION.invokeExact((Object) action);
    } catch (Throwable e) {
      throw new LinkageError("What " + action + " runs cannot be read", e);
    }
  }

  /** Those that still wait. */
  public List<DelayedJob> pending() {
    return jobs.isEmpty() ? List.of() : jobs.stream().filter(job -> !job.job().isDone()).toList();
  }
}
