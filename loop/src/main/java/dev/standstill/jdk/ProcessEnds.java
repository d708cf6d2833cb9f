package dev.standstill.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * Tells who waits for the end of a process through futures such as that of {@code onExit}. Any
 * thread may call.
 *
 * <p>Read from {@code ProcessHandleImpl}, JDK 25: for each process whose end somebody has asked
 * for, a thread of the JDK, the process reaper, waits in the operating system. It completes a
 * future, with what depends on that, and only then takes the future off its list.
 */
public final class ProcessEnds {

  private static final String WORK_OF_REAPER = "java.lang.ProcessHandleImpl$";

  /** {@code () -> Map}, the futures that are completed when processes end. */
  private static final MethodHandle PENDING = resolve(piece -> true);

  private ProcessEnds() {}

  /** Looks everything up; {@code present} is described at {@link JdkLookup}. */
  static MethodHandle resolve(Predicate<Piece> present) {
    Dependents.resolve(present);
    return new JdkLookup(present)
        .getter(Piece.PROCESS_ENDS)
        .asType(MethodType.methodType(Map.class));
  }

  /**
   * Whether {@code work} of a pool is to wait for the end of a process, for whoever asks. Perhaps
   * nobody does: it may be a server.
   */
  static boolean isAwaitedBy(Object work) {
    return work.getClass().getName().startsWith(WORK_OF_REAPER);
  }

  /**
   * Whether the end of a process is, or may be, what a thread waits for that has parked in a {@code
   * CompletableFuture}.
   *
   * @param blocker what it has parked on
   */
  public static boolean mayWake(Object blocker) {
    for (Object end : pending().values()) {
      CompletableFuture<?> future = (CompletableFuture<?>) end;
      // One that is done is just setting off its dependents, which it no longer lists.
      if (Dependents.include(future, blocker) || future.isDone()) {
        return true;
      }
    }
    return false;
  }

  private static Map<?, ?> pending() {
    try {
      return (Map<?, ?>) (Map) PENDING.invokeExact();
    } catch (Throwable e) {
      throw new LinkageError("ProcessHandleImpl.completions cannot be read", e);
    }
  }
}
