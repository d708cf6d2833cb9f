package dev.standstill.jdk;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongBinaryOperator;

/**
 * The numbers that one loop in virtual time gives to the threads, pools and timers that its tasks
 * make, each kind from its first number on, as in a JVM of its own. Any thread may call.
 */
public final class Numbers {

  /** The kinds, in the order of the agent's hooks, and the first number of each in the JDK. */
  private static final long[] FIRST = {1, 0, 1, 0, 0};

  private static final int THREAD_ID = 0;

  private final AtomicLongArray next = new AtomicLongArray(FIRST);
  private final ThreadIds ids = ThreadIds.acquire();

  /** Lets the tasks of loops in virtual time get their numbers from here, from now on. */
  static void activate() {
    Hooks.activate(
        "java.lang.StandstillNumbers",
        (LongBinaryOperator)
            (kind, jdk) ->
                AgentHooks.ofCaller() instanceof AgentHooks.Hooked loop
                        && !loop.randomness().isInFirstUse()
                    ? loop.numbers().next((int) kind)
                    : jdk);
  }

  private long next(int kind) {
    long number = next.getAndIncrement(kind);
    return kind == THREAD_ID ? ids.first() + number : number;
  }

  /** Gives a thread that was not made by a task, and is not started, a number of the loop. */
  public void renumber(Thread unstarted) {
    ThreadIds.set(unstarted, next(THREAD_ID));
  }

  /** Lets a later loop use the same numbers; no thread of this one will run again. */
  public void release() {
    ids.release();
  }
}
