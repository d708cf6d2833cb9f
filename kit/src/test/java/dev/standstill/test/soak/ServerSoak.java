package dev.standstill.test.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.EventLoop;
import dev.standstill.Task;
import dev.standstill.TaskGroup;
import dev.standstill.TaskSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * A server on one loop and a hundred clients that cancel, time out and fail; afterwards nothing is
 * left of them. How much of the heap a request keeps is the difference of two looks, the first of
 * which comes when as much of the time has passed that all that is made once has been made.
 */
final class ServerSoak {

  private static final int CLIENTS = 100;
  private static final int PARTS = 5;

  /** A group lets tasks go in batches, of about as many as run at once. */
  private static final long SLACK = 5 * CLIENTS;

  /** What this test itself and the JVM keep meanwhile, in bytes. */
  private static final long NOISE = 200_000;

  private final EventLoop loop;
  private final Duration pace;
  private final Server server = new Server();
  private final List<Client> clients;

  /**
   * @param pace about how long a request takes, and a client thinks
   */
  ServerSoak(EventLoop loop, Duration pace) {
    this.loop = loop;
    this.pace = pace;
    this.clients =
        IntStream.range(0, CLIENTS).mapToObj(seed -> new Client(server, pace, seed)).toList();
  }

  /** Runs for that long in the loop's time, asserts that nothing is left, and says what it did. */
  String run(Duration duration) throws Exception {
    passOver();
    HeapHistogram first = HeapHistogram.take();
    double bytes = serve(duration);
    passOver();
    assertNoneIsLeft(first);
    return told(duration) + ", %.3f bytes kept of each".formatted(bytes);
  }

  /** The whole life of the server; returns how many bytes each request keeps. */
  private double serve(Duration duration) throws Exception {
    Task<?> serving = loop.spawn("server", server::serve);
    ask(duration.dividedBy(PARTS));
    long servedBefore = served();
    HeapHistogram before = HeapHistogram.take();

    ask(duration.multipliedBy(PARTS - 1).dividedBy(PARTS));

    double bytes = assertKeepsNothing(served() - servedBefore, before);
    assertThat(loop.tasks()).extracting(TaskSnapshot::name).containsExactly("server");
    serving.cancel(true);
    loop.run(() -> awaitThat(() -> loop.tasks().size() == 1)); // the one that asks
    return bytes;
  }

  private void ask(Duration duration) throws Exception {
    loop.run(() -> {
      long end = System.nanoTime() + duration.toNanos();
      try (var group = TaskGroup.open()) {
        for (Client client : clients) {
          group.spawn("client", () -> client.askUntil(end));
        }
        group.join();
      }
      awaitThat(server::isIdle); // those that were cancelled have cleaned up
    });
  }

  /** A loop knows the task that ran last, a test loop some more: lets it forget all but this. */
  private void passOver() throws Exception {
    loop.run(() -> {
      for (int i = 0; i < 1_000; i++) {
        Thread.yield();
      }
    });
  }

  private void awaitThat(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(pace);
    }
  }

  private long served() throws Exception {
    return loop.run(server::served);
  }

  /** Returns how many bytes each request keeps. */
  private static double assertKeepsNothing(long requests, HeapHistogram before) throws Exception {
    long most = before.bytes() + requests + NOISE;
    HeapHistogram after =
        HeapHistogram.once(now -> now.grownSince(before, SLACK).isEmpty() && now.bytes() < most);
    assertThat(after.grownSince(before, SLACK))
        .as("objects that %d requests have left", requests)
        .isEmpty();
    double bytes = (double) (after.bytes() - before.bytes()) / requests;
    assertThat(after.bytes())
        .as("bytes in the heap; %.3f more for each of %d requests", bytes, requests)
        .isLessThan(most);
    return bytes;
  }

  private static void assertNoneIsLeft(HeapHistogram first) throws Exception {
    HeapHistogram last = HeapHistogram.once(now -> now.ofTasksSince(first).isEmpty());
    assertThat(last.ofTasksSince(first)).as("tasks and timers that are left").isEmpty();
  }

  private String told(Duration duration) throws Exception {
    return "%s: %,d requests served: %,d answered, %,d timed out, %,d cancelled, %,d failed"
        .formatted(
            duration,
            served(),
            sum(client -> client.answered),
            sum(client -> client.timedOut),
            sum(client -> client.cancelled),
            sum(client -> client.failed));
  }

  private long sum(ToLongFunction<Client> count) {
    return clients.stream().mapToLong(count).sum();
  }
}
