package dev.standstill.cli;

import dev.standstill.test.TestLoop;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/** Says once of a run that it takes long while its virtual time moves: it may have no end. */
final class LongRun implements AutoCloseable {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final TestLoop loop;
  private final PrintStream err;
  private final Thread thread;

  private LongRun(TestLoop loop, PrintStream err, Duration afterwards) {
    this.loop = loop;
    this.err = err;
    this.thread =
        Thread.ofPlatform().daemon().name("long-run").unstarted(() -> sayAfter(afterwards));
  }

  static LongRun watch(TestLoop loop, PrintStream err) {
    return watch(loop, err, LONG);
  }

  /**
   * @param afterwards after how much real time to say it
   */
  static LongRun watch(TestLoop loop, PrintStream err, Duration afterwards) {
    LongRun run = new LongRun(loop, err, afterwards);
    run.thread.start();
    return run;
  }

  private void sayAfter(Duration duration) {
    try {
      Thread.sleep(duration);
      Instant then = loop.now();
      Thread.sleep(LOOK);
      while (loop.now().equals(then)) {
        Thread.sleep(LOOK);
      }
      err.printf(
          "Standstill: the program still runs after %s, and virtual time moves on; it is %s there. If it repeats for ever, end it with --until DURATION, or now with Ctrl-C.%n",
          Summary.inWords(duration), loop.now());
    } catch (InterruptedException e) {
      // The run is over.
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
