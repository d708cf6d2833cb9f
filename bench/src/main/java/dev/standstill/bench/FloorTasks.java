package dev.standstill.bench;

import dev.standstill.ThrowingRunnable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/**
 * The JDK's virtual threads on a scheduler that is nothing but a queue, which no other thread may
 * use: what is left is the JDK's own part of a switch. No scheduler can take less.
 */
final class FloorTasks implements Tasks {

  private static final MethodHandle BUILDER = builder();

  private final Queue<Runnable> ready = new ArrayDeque<>();

  @Override
  public void run(ThrowingRunnable body) throws Exception {
    FutureTask<Void> task = Tasks.task(body);
    start(task);
    while (!task.isDone()) {
      Objects.requireNonNull(ready.poll(), "no thread can run any more").run();
    }
    task.get();
  }

  private void start(Runnable task) {
    try {
      Executor scheduler = ready::add;
      ((Thread.Builder.OfVirtual) BUILDER.invoke(scheduler)).start(task);
    } catch (Throwable e) {
      throw new LinkageError("ThreadBuilders.VirtualThreadBuilder(Executor) of JDK 25 failed", e);
    }
  }

  private static MethodHandle builder() {
    try {
      Class<?> type = Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder");
      return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
          .findConstructor(type, MethodType.methodType(void.class, Executor.class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
