package dev.standstill.cli;

import dev.standstill.test.spi.MainMethod;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The program's main method as a task, which fails as a thread of a JVM does. */
final class FirstTask implements Callable<@Nullable Void> {

  private final MainMethod main;
  private final String[] args;
  private final UncaughtExceptions uncaught;

  FirstTask(MainMethod main, String[] args, UncaughtExceptions uncaught) {
    this.main = main;
    this.args = args;
    this.uncaught = uncaught;
  }

  /**
   * What begins a program: main runs on a platform thread, as in any JVM; the threads it makes are
   * no daemons then.
   */
  static VirtualRun.Beginning inThread(MainMethod main, String[] args) {
    ThreadGroup group = Objects.requireNonNull(Thread.currentThread().getThreadGroup());
    return (loop, uncaught) -> {
      FirstTask first = new FirstTask(main, args, uncaught);
      Thread thread = new Thread(group, first::runInThread, "main");
      thread.setDaemon(false);
      thread.start();
    };
  }

  /** Runs main as a thread does, whose handlers get what it throws. */
  void runInThread() {
    try {
      main.invoke(args);
    } catch (Throwable e) {
      FirstTask.<RuntimeException>rethrow(e);
    }
  }

  @SuppressWarnings("unchecked") // a thread may throw anything
  private static <E extends Throwable> void rethrow(Throwable exception) throws E {
    throw (E) exception;
  }

  @Override
  public @Nullable Void call() {
    try {
      main.invoke(args);
    } catch (Throwable e) {
      uncaught.uncaughtException(Thread.currentThread(), e);
    }
    return null;
  }
}
