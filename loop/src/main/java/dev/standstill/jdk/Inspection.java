package dev.standstill.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The handles that only test loops need: they look into blocked threads. A record for the reason
 * given at {@link Internals}.
 *
 * @param onWaitingList field of a virtual thread
 * @param termination {@code (Thread) -> CountDownLatch}, null unless somebody joins
 * @param latchSync {@code (CountDownLatch) -> Object}
 * @param futureRunner {@code (FutureTask) -> Thread}
 * @param lockOwner {@code (AbstractOwnableSynchronizer) -> Thread}
 * @param lockState field of an {@code AbstractQueuedSynchronizer}
 * @param snapshot {@code (Thread) -> ThreadSnapshot}
 * @param snapshotState {@code (ThreadSnapshot) -> Thread.State}
 * @param snapshotStack {@code (ThreadSnapshot) -> StackTraceElement[]}
 * @param snapshotParkBlocker {@code (ThreadSnapshot) -> Object}
 * @param snapshotBlockedOn {@code (ThreadSnapshot) -> Object}
 * @param snapshotWaitingOn {@code (ThreadSnapshot) -> Object}
 * @param snapshotOwnedMonitors {@code (ThreadSnapshot, int) -> Stream}, the monitors locked by the
 *     frame of that depth
 */
record Inspection(
    VarHandle onWaitingList,
    MethodHandle termination,
    MethodHandle latchSync,
    MethodHandle futureRunner,
    MethodHandle lockOwner,
    VarHandle lockState,
    MethodHandle snapshot,
    MethodHandle snapshotState,
    MethodHandle snapshotStack,
    MethodHandle snapshotParkBlocker,
    MethodHandle snapshotBlockedOn,
    MethodHandle snapshotWaitingOn,
    MethodHandle snapshotOwnedMonitors) {

  /** Looks everything up; {@code present} is described at {@link JdkLookup}. */
  static Inspection resolve(Predicate<Piece> present) {
    JdkLookup jdk = new JdkLookup(present);
    return new Inspection(
        jdk.field(Piece.ON_WAITING_LIST, boolean.class),
        jdk.getter(Piece.TERMINATION)
            .asType(MethodType.methodType(CountDownLatch.class, Thread.class)),
        erased(jdk.getter(Piece.LATCH_SYNC)),
        erased(jdk.getter(Piece.FUTURE_RUNNER)),
        erased(jdk.getter(Piece.LOCK_OWNER)),
        jdk.field(Piece.LOCK_STATE, int.class),
        jdk.find(
            Piece.SNAPSHOT,
            (lookup, owner) ->
                lookup
                    .findStatic(owner, "of", MethodType.methodType(owner, Thread.class))
                    .asType(MethodType.methodType(Object.class, Thread.class))),
        snapshotMethod(jdk, "threadState", MethodType.methodType(Thread.State.class)),
        snapshotMethod(jdk, "stackTrace", MethodType.methodType(StackTraceElement[].class)),
        snapshotMethod(jdk, "parkBlocker", MethodType.methodType(Object.class)),
        snapshotMethod(jdk, "blockedOn", MethodType.methodType(Object.class)),
        snapshotMethod(jdk, "waitingOn", MethodType.methodType(Object.class)),
        snapshotMethod(jdk, "ownedMonitorsAt", MethodType.methodType(Stream.class, int.class)));
  }

  private static MethodHandle erased(MethodHandle getter) {
    return getter.asType(MethodType.methodType(Object.class, Object.class));
  }

  private static MethodHandle snapshotMethod(JdkLookup jdk, String name, MethodType type) {
    return jdk.find(
        Piece.SNAPSHOT,
        (MethodHandles.Lookup lookup, Class<?> owner) -> {
          MethodHandle method = lookup.findVirtual(owner, name, type);
          return method.asType(method.type().changeParameterType(0, Object.class));
        });
  }
}
