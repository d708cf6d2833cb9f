package dev.standstill.core;

import dev.standstill.jdk.AgentHooks;
import dev.standstill.jdk.CommonPool;
import dev.standstill.jdk.LibraryTwins;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/**
 * What the tasks of one process have to themselves of that of which a JVM has one. Loop-confined.
 */
final class ProcessState {

  private final AgentHooks.Process process;
  private final LoopExecutor loop;
  private final CommonPool commonPool;
  private final LibraryTwins twins;
  private final ShutdownSequence shutdown = new ShutdownSequence();

  /**
   * @param loop starts tasks for those who are in no process
   * @param parallelism how many workers the common pool has; null for the default
   */
  ProcessState(AgentHooks.Process process, LoopExecutor loop, @Nullable Integer parallelism) {
    this.process = process;
    this.loop = loop;
    this.commonPool = new CommonPool(parallelism);
    this.twins = new LibraryTwins(process);
  }

  ForkJoinPool commonPool() {
    return commonPool.get();
  }

  LibraryTwins twins() {
    return twins;
  }

  ShutdownSequence shutdown() {
    return shutdown;
  }

  /**
   * Stages run on the common pool. Whoever sets one off from outside, such as the thread of the JDK
   * that waits for the end of a process, has a task of the loop submit it: else the pool would
   * start its workers there.
   *
   * <p>Libraries keep the executor in statics, as the JDK's {@code HttpClient} does. For a task of
   * another process it is that one's; once the loop is closed it is the JVM's for all others.
   */
  Executor asyncExecutor() {
    Executor stages = commonPool.forStages();
    return stage -> {
      AgentHooks.Process caller = AgentHooks.processOfCaller();
      if (caller == process) {
        stages.execute(stage);
      } else if (caller != null) {
        caller.asyncExecutor().execute(stage);
      } else if (loop.isShutdown()) {
        ForkJoinPool.commonPool().execute(stage);
      } else {
        execute(() -> stages.execute(stage));
      }
    };
  }

  /** Starts a task of the process for somebody who is in none. */
  void execute(Runnable body) {
    loop.executeAtOnce(process, body);
  }
}
