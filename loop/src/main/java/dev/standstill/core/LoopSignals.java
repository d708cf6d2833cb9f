package dev.standstill.core;

import dev.standstill.jdk.ProcessSignals;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/**
 * What a loop does when there is a signal: it starts tasks. Any thread may call.
 *
 * <p>A loop in real time gets the signals of the process, one in virtual time only those of {@link
 * #raise}: when the operating system tells a signal is not up to the loop.
 */
public final class LoopSignals {

  /** What a task does at a signal. */
  @FunctionalInterface
  public interface Body {
    /** Does it. */
    void run() throws Exception;
  }

  private final BiFunction<String, Runnable, Runnable> source;
  private final BiConsumer<String, Body> start;
  private final List<Handler> handlers = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  /** Compared by identity: one body may be added twice. */
  private final class Handler implements Runnable {
    private final String signal;
    private final Body body;
    private final Runnable end;

    Handler(String signal, Body body) {
      this.signal = signal;
      this.body = body;
      this.end = source.apply(signal, this);
    }

    @Override
    public void run() {
      try {
        start.accept("SIG" + signal, body);
      } catch (RejectedExecutionException e) {
        // The loop closes, which takes this back; the JVM's thread has nobody to tell.
      }
    }

    void takeBack() {
      handlers.remove(this);
      end.run();
    }
  }

  private LoopSignals(
      BiFunction<String, Runnable, Runnable> source, BiConsumer<String, Body> start) {
    this.source = source;
    this.start = start;
  }

  /**
   * For a loop that gets the signals of the process.
   *
   * @param start starts a task, given its name and body
   */
  public static LoopSignals ofProcess(BiConsumer<String, Body> start) {
    return new LoopSignals(ProcessSignals::handle, start);
  }

  /**
   * For a loop that gets only those of {@link #raise}.
   *
   * @param start starts a task, given its name and body
   */
  public static LoopSignals raised(BiConsumer<String, Body> start) {
    return new LoopSignals(
        (name, handler) -> {
          ProcessSignals.requireNotReserved(name);
          return () -> {};
        },
        start);
  }

  /**
   * Starts a task with that body at each signal of that name.
   *
   * @return what takes that back, once or more often
   * @throws IllegalArgumentException if there is no such signal, or nobody can handle it
   * @throws IllegalStateException if this JVM does not let it be handled
   */
  public Runnable add(String name, Body body) {
    Handler handler = new Handler(ProcessSignals.nameOf(name), body);
    handlers.add(handler);
    if (closed) {
      handler.takeBack();
    }
    return handler::takeBack;
  }

  /**
   * Starts the tasks of a signal as if there were one.
   *
   * @return whether there are any
   * @throws IllegalArgumentException if there is no such signal
   */
  public boolean raise(String name) {
    String signal = ProcessSignals.nameOf(name);
    List<Handler> all = handlers.stream().filter(handler -> handler.signal.equals(signal)).toList();
    all.forEach(Handler::run);
    return !all.isEmpty();
  }

  /** Takes back all handlers, and those that are added from now on. */
  public void close() {
    closed = true;
    handlers.forEach(Handler::takeBack);
  }
}
