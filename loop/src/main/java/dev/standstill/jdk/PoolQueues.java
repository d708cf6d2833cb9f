package dev.standstill.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The work that is queued in pools. Takes no lock, for a task could be in line for it, so it is for
 * pools whose threads do not run just now. A record for the reason given at {@link Internals}.
 *
 * @param head {@code (LinkedBlockingQueue) -> Object}, a node before the first
 * @param next {@code (Object) -> Object}
 * @param item {@code (Object) -> Object}
 * @param delayed the type of the queue of a scheduled pool
 * @param delayedItems {@code (Object) -> Object[]}
 * @param queues {@code (ForkJoinPool) -> Object[]}, some of which are null
 * @param queued {@code (Object) -> Object[]}, what is in one of them, and nulls
 */
record PoolQueues(
    MethodHandle head,
    MethodHandle next,
    MethodHandle item,
    Class<?> delayed,
    MethodHandle delayedItems,
    MethodHandle queues,
    MethodHandle queued) {

  private static final MethodType ITEMS = MethodType.methodType(Object[].class, Object.class);

  private static final PoolQueues JDK = resolve(piece -> true);

  /** Looks everything up; {@code present} is described at {@link JdkLookup}. */
  static PoolQueues resolve(Predicate<Piece> present) {
    JdkLookup jdk = new JdkLookup(present);
    return new PoolQueues(
        jdk.getter(Piece.QUEUE_HEAD)
            .asType(MethodType.methodType(Object.class, LinkedBlockingQueue.class)),
        jdk.find(Piece.QUEUE_NODE, (lookup, owner) -> field(lookup, owner, "next")),
        jdk.find(Piece.QUEUE_NODE, (lookup, owner) -> field(lookup, owner, "item")),
        jdk.find(Piece.DELAYED_QUEUE, (lookup, owner) -> owner),
        jdk.getter(Piece.DELAYED_QUEUE).asType(ITEMS),
        jdk.getter(Piece.FORK_JOIN_QUEUES)
            .asType(MethodType.methodType(Object[].class, ForkJoinPool.class)),
        jdk.getter(Piece.FORK_JOIN_TASKS).asType(ITEMS));
  }

  private static MethodHandle field(MethodHandles.Lookup lookup, Class<?> owner, String name)
      throws ReflectiveOperationException {
    return lookup
        .unreflectGetter(owner.getDeclaredField(name))
        .asType(MethodType.genericMethodType(1));
  }

  /** What is queued in {@code pool}; nothing for an unknown kind of pool or queue. */
  static List<Object> of(Object pool) {
    try {
      return switch (pool) {
        case ThreadPoolExecutor executor -> ofQueue(executor.getQueue());
        case ForkJoinPool forkJoin -> ofQueues((Object[]) JDK.queues.invokeExact(forkJoin));
        default -> List.of();
      };
    } catch (Throwable e) {
      throw new LinkageError("What is queued in " + pool + " cannot be read", e);
    }
  }

  private static List<Object> ofQueue(BlockingQueue<?> queue) throws Throwable {
    if (JDK.delayed.isInstance(queue)) {
      return present((Object[]) JDK.delayedItems.invokeExact((Object) queue));
    }
    List<Object> works = new ArrayList<>();
    if (queue instanceof LinkedBlockingQueue<?> linked) {
      Object head = (Object) JDK.head.invokeExact((LinkedBlockingQueue) linked);
      Object node = (Object) JDK.next.invokeExact(head);
      while (node != null) {
        works.add(Objects.requireNonNull((Object) JDK.item.invokeExact(node)));
        node = (Object) JDK.next.invokeExact(node);
      }
    }
    return works;
  }

  private static List<Object> ofQueues(Object @Nullable [] queues) throws Throwable {
    List<Object> works = new ArrayList<>();
    for (Object queue : present(queues)) {
      works.addAll(present((Object[]) JDK.queued.invokeExact(queue)));
    }
    return works;
  }

  private static List<Object> present(@Nullable Object @Nullable [] items) {
    return items == null
        ? List.of()
        : Arrays.stream(items)
            .<Object>mapMulti((item, sink) -> {
              if (item != null) {
                sink.accept(item);
              }
            })
            .toList();
  }
}
