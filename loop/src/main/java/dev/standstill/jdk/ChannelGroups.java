package dev.standstill.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/**
 * Tells who serves asynchronous channels. Any thread may call. A record for the reason given at
 * {@link Internals}.
 *
 * <p>Read from {@code AsynchronousChannelGroupImpl}, JDK 25: the threads of a group's pool run one
 * piece of work each, which waits for events of all channels of the group until that is closed.
 * Operations on files have no group; each is work for a pool.
 *
 * @param channel {@code (Object) -> Object}, the channel of a pending future
 * @param grouped the type of channels that have a group
 * @param group {@code (Object) -> Object}
 * @param pool {@code (Object) -> Executor}, that of a group
 * @param bound the type of work that is bound to a group
 * @param work {@code (Object) -> Object}, what is bound
 */
record ChannelGroups(
    MethodHandle channel,
    Class<?> grouped,
    MethodHandle group,
    MethodHandle pool,
    Class<?> bound,
    MethodHandle work) {

  private static final String SERVES = "EventHandlerTask";

  private static final ChannelGroups JDK = resolve(piece -> true);

  /** Looks everything up; {@code present} is described at {@link JdkLookup}. */
  static ChannelGroups resolve(Predicate<Piece> present) {
    JdkLookup jdk = new JdkLookup(present);
    return new ChannelGroups(
        jdk.getter(Piece.PENDING_CHANNEL).asType(MethodType.genericMethodType(1)),
        jdk.find(Piece.CHANNEL_GROUP, (lookup, owner) -> owner),
        jdk.find(
            Piece.CHANNEL_GROUP,
            (lookup, owner) ->
                lookup
                    .unreflect(owner.getDeclaredMethod("group"))
                    .asType(MethodType.genericMethodType(1))),
        jdk.find(
            Piece.GROUP_POOL,
            (lookup, owner) ->
                lookup
                    .unreflect(owner.getDeclaredMethod("executor"))
                    .asType(MethodType.methodType(Executor.class, Object.class))),
        jdk.find(Piece.GROUP_WORK, (lookup, owner) -> owner),
        jdk.getter(Piece.GROUP_WORK).asType(MethodType.genericMethodType(1)));
  }

  /**
   * Whether what {@code future}, that of an asynchronous channel, waits for is done by threads of
   * {@code loop}, or is work of which {@link HandedOver} knows.
   */
  static boolean isServedBy(Object future, AgentHooks.Hooked loop) {
    try {
      return serves(loop, (Object) JDK.channel.invokeExact(future));
    } catch (Throwable e) {
      throw new LinkageError("The channel of " + future + " cannot be read", e);
    }
  }

  /** The same of an operation of {@code channel}. */
  static boolean serves(AgentHooks.Hooked loop, Object channel) {
    try {
      if (!JDK.grouped.isInstance(channel)) {
        return true;
      }
      Object group = (Object) JDK.group.invokeExact(channel);
      Executor pool = (Executor) JDK.pool.invokeExact(group);
      return PoolThreads.of(pool).stream()
          .allMatch(thread -> AgentHooks.of(BackedThread.virtual(thread)) == loop);
    } catch (Throwable e) {
      throw new LinkageError("The group of " + channel + " cannot be read", e);
    }
  }

  /** Whether {@code work} of a pool is to wait for events of a group as long as there is one. */
  static boolean isServing(Object work) {
    if (!JDK.bound.isInstance(work)) {
      return false;
    }
    try {
      return ((Object) JDK.work.invokeExact(work)).getClass().getName().contains(SERVES);
    } catch (Throwable e) {
      throw new LinkageError("What " + work + " does cannot be read", e);
    }
  }
}
