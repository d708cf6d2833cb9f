package dev.standstill.core;

import dev.standstill.jdk.WaitTargets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one look at a task has seen, before it is known whom it waits for: that may be a task that
 * is looked at later.
 *
 * @param task what it does
 * @param awaited the thread that it waits for, or the thing by which that is found; null if none
 * @param offers things by which others wait for this task
 */
record TaskSight(TaskState task, @Nullable Object awaited, List<Object> offers) {

  /** Looks at a task; for the carrier. */
  static TaskSight of(TaskRecord record) {
    TaskState task = TaskState.of(record);
    Thread thread = record.thread();
    List<Object> offers = new ArrayList<>(2);
    if (thread.getUncaughtExceptionHandler() instanceof LoopTask<?> handle) {
      offers.add(handle);
    }
    Object joins = WaitTargets.blockerOfJoins(thread);
    if (joins != null) {
      offers.add(joins);
    }
    return new TaskSight(task, WaitTargets.of(thread), List.copyOf(offers));
  }

  /** Whether only a look at what monitors the others have can tell for whom the task waits. */
  boolean waitsForMonitor() {
    return task.state() == Thread.State.BLOCKED && awaited != null;
  }

  /** The same with the monitors that the task has; for the carrier, and not for the caller. */
  TaskSight withMonitors() {
    Thread thread = task.thread();
    if (thread == Thread.currentThread()) {
      return this;
    }
    List<Object> monitors = WaitTargets.monitors(thread);
    if (monitors.isEmpty()) {
      return this;
    }
    List<Object> all = new ArrayList<>(offers);
    all.addAll(monitors);
    return new TaskSight(task, awaited, List.copyOf(all));
  }

  /** Finds out who waits for whom among tasks; any thread may call. */
  static List<TaskState> resolve(List<TaskSight> seen) {
    Map<Long, String> names = new TreeMap<>();
    Map<Object, Thread> owners = new IdentityHashMap<>();
    for (TaskSight sight : seen) {
      Thread thread = sight.task.thread();
      names.put(thread.threadId(), sight.task.name());
      sight.offers.forEach(offer -> owners.put(offer, thread));
    }
    return seen.stream().map(sight -> sight.resolved(names, owners)).toList();
  }

  private TaskState resolved(Map<Long, String> names, Map<Object, Thread> owners) {
    Thread owner =
        awaited instanceof Thread thread ? thread : awaited == null ? null : owners.get(awaited);
    return task.with(
        named(task.startedBy(), names), owner == null ? null : named(Peer.of(owner), names));
  }

  /** A task that lives has the name that is told of itself. */
  private static @Nullable Peer named(@Nullable Peer peer, Map<Long, String> names) {
    return peer == null
        ? null
        : new Peer(peer.threadId(), names.getOrDefault(peer.threadId(), peer.name()));
  }
}
