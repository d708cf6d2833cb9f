package dev.standstill.cli;

import dev.standstill.explore.Exploration;
import dev.standstill.test.TestLoop;
import dev.standstill.test.spi.MainMethod;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A program whose main method runs under each schedule. For one thread at a time. */
final class ExploredProgram implements Exploration.Body {

  private final Program program;
  private final String[] args;
  private final boolean isCopied;
  private final ThreadGroup group = Objects.requireNonNull(Thread.currentThread().getThreadGroup());

  /** Loaded by the first run, as its classes tell what they do only from then on. */
  private @Nullable MainMethod main;

  private ExploredProgram(ExploredProgram other) {
    this.program = other.program;
    this.args = other.args;
    this.isCopied = true;
  }

  /**
   * @param isCopied whether there will be {@linkplain #another() others}: then each has a copy of
   *     the classes, as there is one system class loader only
   * @throws UsageException if there is no such class, or it has no main method
   */
  ExploredProgram(Program program, String[] args, boolean isCopied) throws UsageException {
    this.program = program;
    this.args = args;
    this.isCopied = isCopied;
    if (isCopied || program.canBeCopied()) {
      program.loadCopy();
    }
  }

  /** The same program, with classes of its own. */
  ExploredProgram another() {
    return new ExploredProgram(this);
  }

  /** Main runs on a platform thread, as in any JVM; the threads it makes are no daemons then. */
  @Override
  public void run(TestLoop loop) throws UsageException {
    MainMethod loaded = main;
    if (loaded == null) {
      loaded = isCopied ? program.loadCopy() : program.load();
      main = loaded;
    }
    FirstTask first = new FirstTask(loaded, args.clone(), new UncaughtExceptions());
    Thread thread = new Thread(group, first::runInThread, "main");
    thread.setDaemon(false);
    thread.start();
  }
}
