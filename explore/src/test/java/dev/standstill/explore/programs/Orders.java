package dev.standstill.explore.programs;

import static dev.standstill.explore.programs.Races.check;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Programs that rely on an order that nobody has promised. */
public final class Orders {

  private Orders() {}

  private static final class Pair {
    private volatile int first;
    private volatile int second;
  }

  /** So many threads write a pair, and one sees it between both writes of the last that wrote. */
  public static void reorder(int writers) throws InterruptedException {
    Pair pair = new Pair();
    Runnable writer =
        () -> {
          pair.first = 1;
          pair.second = -1;
        };
    Runnable reader =
        () -> {
          int first = pair.first;
          int second = pair.second;
          check(first == 0 && second == 0 || first == 1 && second == -1, "half a pair");
        };
    Together.run(
        Stream.concat(IntStream.range(0, writers).mapToObj(number -> writer), Stream.of(reader))
            .toArray(Runnable[]::new));
  }

  /** The test looks before the pool has run. */
  @SuppressWarnings("FutureReturnValueIgnored") // That is the mistake.
  public static void assertBeforeThePoolHasRun() {
    try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
      AtomicInteger done = new AtomicInteger();
      pool.submit(done::incrementAndGet);
      pool.submit(done::incrementAndGet);
      check(done.get() == 2, "done " + done);
    }
  }

  /** The test looks after the first of two jobs has told. */
  public static void assertAfterTheWrongSignal() throws InterruptedException, ExecutionException {
    try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
      AtomicInteger done = new AtomicInteger();
      pool.execute(done::incrementAndGet);
      pool.submit(done::incrementAndGet).get();
      check(done.get() == 2, "done " + done);
    }
  }

  /** Work is handed over while the pool is shut down. */
  public static void submitDuringShutdown() throws InterruptedException {
    try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
      AtomicReference<Exception> refused = new AtomicReference<>();
      Together.run(
          () -> {
            if (!pool.isShutdown()) {
              try {
                pool.execute(() -> {});
              } catch (RejectedExecutionException e) {
                refused.set(e);
              }
            }
          },
          pool::shutdown);
      check(refused.get() == null, "refused: " + refused);
    }
  }

  /** Two stages of one future, of which the first is taken to run before the second. */
  public static void composition() throws InterruptedException, ExecutionException {
    CompletableFuture<String> price = new CompletableFuture<>();
    AtomicReference<String> log = new AtomicReference<>("");
    CompletableFuture<Void> audited =
        price.thenAcceptAsync(value -> log.accumulateAndGet("audited ", String::concat));
    CompletableFuture<Void> sold =
        price.thenAcceptAsync(value -> log.accumulateAndGet("sold ", String::concat));
    price.complete("1");
    CompletableFuture.allOf(audited, sold).get();
    check(log.get().equals("audited sold "), log.get());
  }

  private static final class Order {
    private volatile String state = "new";

    void pay() {
      if (state.equals("new")) {
        state = "paid";
      }
    }

    void expire() {
      if (state.equals("new")) {
        state = "expired";
      }
    }
  }

  /** The time-out of an order comes between the look at its state and the change. */
  public static void timeoutBetweenTwoSteps() throws InterruptedException, ExecutionException {
    Order order = new Order();
    CompletableFuture<Void> payment =
        CompletableFuture.runAsync(() -> {
          Monitors.uninterrupted(() -> TimeUnit.SECONDS.sleep(30));
          order.pay();
        });
    boolean expired = false;
    try {
      payment.get(30, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      order.expire();
      expired = order.state.equals("expired");
    }
    payment.get();
    check(!expired || order.state.equals("expired"), "paid after it had expired");
  }
}
