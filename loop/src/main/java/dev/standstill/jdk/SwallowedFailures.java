package dev.standstill.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The failures that futures of the JDK have kept and that nobody has asked for: a periodic task
 * that threw once never runs again, and says nothing. Any thread may call.
 *
 * <p>A failure goes from stage to stage of a {@code CompletableFuture}, wrapped or not, so it is
 * known by its innermost cause: whoever asks one of them has seen it.
 */
public final class SwallowedFailures {

  private static final String HOOKS = "java.lang.StandstillNotes";

  /** Tasks of loops say themselves what nobody has asked for. */
  private static final String OURS = "dev.standstill.";

  /** More of one loop are not kept. */
  private static final int KEPT = 100;

  private static final VarHandle UNREAD = Hooks.field(HOOKS, "unread", boolean.class);

  /** {@code (FutureTask) -> Object}, its result or failure once it is done. */
  private static final MethodHandle OUTCOME = outcome(piece -> true);

  private static final Class<?> FAILED = failed(piece -> true);

  /** {@code (Object) -> Throwable}, of a result that is a failure. */
  private static final MethodHandle FAILURE = failure(piece -> true);

  private static final SpinLock LOCK = new SpinLock(SwallowedFailures::notesUnread);

  private static final List<Swallowed> UNSEEN = new ArrayList<>();

  private SwallowedFailures() {}

  /** Looks everything up; {@code present} is described at {@link JdkLookup}. */
  static void resolve(Predicate<Piece> present) {
    outcome(present);
    failure(present);
  }

  private static MethodHandle outcome(Predicate<Piece> present) {
    return new JdkLookup(present)
        .getter(Piece.FUTURE_OUTCOME)
        .asType(MethodType.methodType(Object.class, FutureTask.class));
  }

  private static Class<?> failed(Predicate<Piece> present) {
    return new JdkLookup(present).find(Piece.STAGE_FAILURE, (lookup, owner) -> owner);
  }

  private static MethodHandle failure(Predicate<Piece> present) {
    return new JdkLookup(present)
        .getter(Piece.STAGE_FAILURE)
        .asType(MethodType.methodType(Throwable.class, Object.class));
  }

  private static void notesUnread() {
    UNREAD.set(!UNSEEN.isEmpty());
  }

  /** A task of a loop has met a failure, which {@code future} keeps, if it is known. */
  static void add(@Nullable Object future, Throwable failure) {
    AgentHooks.Hooked loop = AgentHooks.ofCaller();
    if (loop != null
        && !loop.isEnding()
        && (future == null || !future.getClass().getName().startsWith(OURS))) {
      loop.keepsFailure(failure);
      Instant now = Instant.ofEpochMilli(loop.currentTimeMillis());
      String task = VirtualThreads.seen(Thread.currentThread()).getName();
      Swallowed swallowed = new Swallowed(loop, keeper(future), task, now, failure);
      LOCK.locked(() -> isNew(swallowed) && UNSEEN.add(swallowed));
    }
  }

  private static boolean isNew(Swallowed swallowed) {
    Throwable root = root(swallowed.cause());
    return UNSEEN.stream().noneMatch(known -> root(known.cause()) == root)
        && UNSEEN.stream().filter(known -> known.loop() == swallowed.loop()).count() < KEPT;
  }

  private static String keeper(@Nullable Object future) {
    return switch (future) {
      case ScheduledFuture<?> _ -> "a scheduled task";
      case FutureTask<?> _ -> "a FutureTask";
      case null, default -> "a CompletableFuture";
    };
  }

  /** Somebody asks a future, or has got the result of one. */
  static void asked(Object futureOrResult) {
    Throwable failure = failureOf(futureOrResult);
    if (failure != null) {
      Throwable root = root(failure);
      LOCK.locked(() -> UNSEEN.removeIf(swallowed -> root(swallowed.cause()) == root));
    }
  }

  private static @Nullable Throwable failureOf(Object futureOrResult) {
    try {
      if (futureOrResult instanceof FutureTask<?> task) {
        return (Object) OUTCOME.invokeExact((FutureTask) task) instanceof Throwable failure
            ? failure
            : null;
      }
      return FAILED.isInstance(futureOrResult)
          ? (Throwable) FAILURE.invokeExact(futureOrResult)
          : null;
    } catch (Throwable e) {
      throw new LinkageError("The failure of a future cannot be read", e);
    }
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while ((root instanceof CompletionException || root instanceof ExecutionException)
        && root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /** What tasks of {@code loop} have met and nobody has asked for, in the order of time. */
  public static List<Swallowed> of(AgentHooks.Hooked loop) {
    return LOCK.locked(
        () -> UNSEEN.stream().filter(swallowed -> swallowed.loop() == loop).toList());
  }

  /** Forgets what tasks of {@code loop} have met. */
  public static void forget(AgentHooks.Hooked loop) {
    if ((boolean) UNREAD.getVolatile()) {
      LOCK.locked(() -> UNSEEN.removeIf(swallowed -> swallowed.loop() == loop));
    }
  }
}
