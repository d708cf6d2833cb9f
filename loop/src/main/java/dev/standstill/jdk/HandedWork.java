package dev.standstill.jdk;

import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Work that a task has handed to a pool which has threads that are not of the task's loop.
 * Immutable.
 *
 * @param work what the pool was given
 * @param pool the pool
 * @param loop the loop of the task
 * @param by the virtual thread of the task
 * @param at thrown nowhere; its stack trace is the place that handed the work over
 * @param thread who runs the work, or one of those who may while {@code running} is false
 * @param running whether it has begun
 */
public record HandedWork(
    Object work,
    Object pool,
    AgentHooks.Hooked loop,
    Thread by,
    Throwable at,
    Thread thread,
    boolean running) {

  /** Whether {@code work} means this; null means whatever a thread of a plain pool has run. */
  boolean isCalled(@Nullable Object work) {
    return work == null ? pool instanceof ThreadPoolExecutor : this.work == work;
  }

  HandedWork runBy(Thread runner) {
    return new HandedWork(work, pool, loop, by, at, runner, true);
  }
}
