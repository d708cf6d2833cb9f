package dev.standstill.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;

/**
 * The handles that every loop needs, looked up once. A record, because HotSpot trusts the fields of
 * records that are held in static finals: the handles are constants to the compiler.
 *
 * @param newBuilder {@code (Executor) -> Thread.Builder.OfVirtual}
 * @param scheduler field of a virtual thread
 * @param state field of a virtual thread
 * @param continuation {@code (Thread) -> Runnable}, the slice of a virtual thread
 * @param unmountedStack {@code (Thread) -> StackTraceElement[]}, of a thread that is unmounted
 * @param runningStack {@code (Thread) -> StackTraceElement[]}, null for a thread that is unmounted
 * @param currentCarrier {@code () -> Thread}
 * @param delayedTaskSchedulers the live array; replacing an element redirects timed parks
 */
record Internals(
    MethodHandle newBuilder,
    VarHandle scheduler,
    VarHandle state,
    MethodHandle continuation,
    MethodHandle unmountedStack,
    MethodHandle runningStack,
    MethodHandle currentCarrier,
    ScheduledExecutorService[] delayedTaskSchedulers) {

  /** Looks everything up; {@code present} is described at {@link JdkLookup}. */
  static Internals resolve(Predicate<Piece> present) {
    JdkLookup jdk = new JdkLookup(present);
    return new Internals(
        jdk.find(Piece.BUILDER, Internals::builder),
        jdk.field(Piece.SCHEDULER, Executor.class),
        jdk.field(Piece.STATE, int.class),
        jdk.getter(Piece.CONTINUATION).asType(MethodType.methodType(Runnable.class, Thread.class)),
        unmountedStack(jdk),
        jdk.find(Piece.RUNNING_STACK, Internals::runningStack),
        jdk.find(
            Piece.CURRENT_CARRIER,
            (lookup, owner) ->
                lookup.findStatic(
                    owner, Piece.CURRENT_CARRIER.member(), MethodType.methodType(Thread.class))),
        jdk.find(Piece.DELAYED_TASK_SCHEDULERS, Internals::delayedTaskSchedulers));
  }

  private static MethodHandle builder(MethodHandles.Lookup lookup, Class<?> owner)
      throws ReflectiveOperationException {
    return lookup
        .findConstructor(owner, MethodType.methodType(void.class, Executor.class))
        .asType(MethodType.methodType(Thread.Builder.OfVirtual.class, Executor.class));
  }

  private static MethodHandle unmountedStack(JdkLookup jdk) {
    MethodHandle unmounted = jdk.getter(Piece.UNMOUNTED);
    MethodHandle stack =
        jdk.find(
            Piece.UNMOUNTED_STACK,
            (lookup, owner) ->
                lookup.findVirtual(
                    owner,
                    Piece.UNMOUNTED_STACK.member(),
                    MethodType.methodType(StackTraceElement[].class)));
    MethodType cast = unmounted.type().changeReturnType(stack.type().parameterType(0));
    return MethodHandles.filterReturnValue(unmounted.asType(cast), stack)
        .asType(MethodType.methodType(StackTraceElement[].class, Thread.class));
  }

  /** Calls the method of {@code Thread}, not the one that overrides it in {@code VirtualThread}. */
  private static MethodHandle runningStack(MethodHandles.Lookup lookup, Class<?> owner)
      throws ReflectiveOperationException {
    return lookup.findSpecial(
        owner,
        Piece.RUNNING_STACK.member(),
        MethodType.methodType(StackTraceElement[].class),
        owner);
  }

  private static ScheduledExecutorService[] delayedTaskSchedulers(
      MethodHandles.Lookup lookup, Class<?> owner) throws ReflectiveOperationException {
    return (ScheduledExecutorService[])
        lookup
            .findStaticVarHandle(
                owner, Piece.DELAYED_TASK_SCHEDULERS.member(), ScheduledExecutorService[].class)
            .get();
  }
}
