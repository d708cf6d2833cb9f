package dev.standstill.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Says once of a run that it takes long while its virtual time moves: it may have no end. */
final class LongRun implements AutoCloseable {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final InstantSource virtual;
  private final PrintStream err;
  private final Thread thread;

  private LongRun(InstantSource virtual, PrintStream err, Duration afterwards, Duration look) {
    this.virtual = virtual;
    this.err = err;
    this.thread =
        Thread.ofPlatform().daemon().name("long-run").unstarted(() -> sayAfter(afterwards, look));
  }

  static LongRun watch(InstantSource virtual, PrintStream err) {
    return watch(virtual, err, LONG, Duration.ofSeconds(1));
  }

  /**
   * @param virtual the virtual time of the run
   * @param afterwards after how much real time to say it
   * @param look in real time, how long virtual time must not move to count as standing
   */
  static LongRun watch(InstantSource virtual, PrintStream err, Duration afterwards, Duration look) {
    LongRun run = new LongRun(virtual, err, afterwards, look);
    run.thread.start();
    return run;
  }

  private void sayAfter(Duration duration, Duration look) {
    try {
      Thread.sleep(duration);
      Instant then = virtual.instant();
      Thread.sleep(look);
      while (virtual.instant().equals(then)) {
        Thread.sleep(look);
      }
      err.printf(
          "Standstill: the program still runs after %s, and virtual time moves on; it is %s there. If it repeats for ever, end it with --until DURATION, or now with Ctrl-C.%n",
          Summary.inWords(duration), virtual.instant());
    } catch (InterruptedException e) {
      // The run is over.
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  /** Returns when nothing will be said any more. */
  void join() throws InterruptedException {
    thread.join();
  }
}
