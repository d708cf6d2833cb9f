package dev.standstill.test.soak;

import dev.standstill.EventLoop;
import dev.standstill.Task;
import dev.standstill.TaskGroup;
import dev.standstill.Timeout;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;

/** Asks a {@link Server} again and again; waits, times out, cancels or is failed, as drawn. */
final class Client {

  private final Server server;
  private final SplittableRandom random;

  /** About how long a request takes, and how long it thinks before the next. */
  private final Duration pace;

  // What has become of its requests.
  long answered;
  long timedOut;
  long cancelled;
  long failed;

  Client(Server server, Duration pace, long seed) {
    this.server = server;
    this.pace = pace;
    this.random = new SplittableRandom(seed);
  }

  void askUntil(long end) throws Exception {
    while (System.nanoTime() < end) {
      askOnce();
      Thread.sleep(some());
    }
  }

  private void askOnce() throws Exception {
    Duration duration = some();
    try {
      switch (random.nextInt(5)) {
        case 0 -> server.ask(duration, false);
        case 1 -> Timeout.after(some(), () -> server.ask(duration, false));
        case 2 -> askAndCancel(duration);
        case 3 -> server.ask(duration, true);
        default ->
            TaskGroup.<String>race(
                () -> server.ask(duration, false), () -> server.ask(some(), random.nextBoolean()));
      }
      answered++;
    } catch (TimeoutException e) {
      timedOut++;
    } catch (CancellationException e) {
      cancelled++;
    } catch (IOException e) {
      failed++;
    }
  }

  private void askAndCancel(Duration duration) throws Exception {
    Task<String> asking = EventLoop.current().spawn("asks", () -> server.ask(duration, false));
    Thread.sleep(some());
    asking.cancel(true);
    asking.get();
  }

  private Duration some() {
    return Duration.ofNanos(random.nextLong(2 * pace.toNanos()));
  }
}
