package dev.standstill.cli;

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
