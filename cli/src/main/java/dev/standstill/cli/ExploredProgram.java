package dev.standstill.cli;

import dev.standstill.explore.Exploration;
import dev.standstill.test.TestLoop;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A program whose main method runs under each schedule. For one thread at a time. */
final class ExploredProgram implements Exploration.Body {

  private final Program program;
  private final String[] args;
  private final ThreadGroup group = Objects.requireNonNull(Thread.currentThread().getThreadGroup());

  /** Loaded by the first run, as its classes tell what they do only from then on. */
  private @Nullable MainMethod main;

  private ExploredProgram(ExploredProgram other) {
    this.program = other.program;
    this.args = other.args;
  }

  /**
   * @throws UsageException if there is no such class, or it has no main method
   */
  ExploredProgram(Program program, String[] args) throws UsageException {
    this.program = program;
    this.args = args;
    program.load();
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
      loaded = program.load();
      main = loaded;
    }
    FirstTask first = new FirstTask(loaded, args.clone(), new UncaughtExceptions());
    Thread thread = new Thread(group, first::runInThread, "main");
    thread.setDaemon(false);
    thread.start();
  }
}
