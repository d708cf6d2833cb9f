package dev.standstill.examples;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Asks two shops for a price every eight hours, for a day: a scheduled pool, a fixed pool, futures,
 * a timer and random delays. Plain Java; it takes that day, unless time is virtual.
 *
 * <pre>./standstill run examples/src/main/java/dev/standstill/examples/PriceWatch.java</pre>
 */
public final class PriceWatch {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

  private PriceWatch() {}

  /** Asks at 8:00, 16:00 and 24:00, and closes a minute later. */
  public static void main(String[] args) throws InterruptedException {
    var closing = new CountDownLatch(1);
    var timer = new Timer("closing time");
    timer.schedule(task(closing::countDown), Duration.ofDays(1).plusMinutes(1).toMillis());

    try (ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
        ExecutorService callers = Executors.newFixedThreadPool(2)) {
      clock.scheduleAtFixedRate(() -> compare(callers), 8, 8, TimeUnit.HOURS);
      closing.await();
      clock.shutdownNow();
    }
    timer.cancel();
    say("closed");
  }

  private static void compare(ExecutorService callers) {
    List<CompletableFuture<Integer>> prices =
        List.of(
            CompletableFuture.supplyAsync(() -> ask("North"), callers),
            CompletableFuture.supplyAsync(() -> ask("South"), callers));
    int lowest = prices.stream().mapToInt(CompletableFuture::join).min().orElseThrow();
    say("the lowest price is " + lowest);
  }

  private static int ask(String shop) {
    pause(Duration.ofMillis((long) (Math.random() * 20_000)));
    int price = 10 + (int) (Math.random() * 5);
    say(shop + " asks " + price);
    return price;
  }

  private static TimerTask task(Runnable action) {
    return new TimerTask() {
      @Override
      public void run() {
        action.run();
      }
    };
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void say(String what) {
    System.out.println(
        "%s %s %s".formatted(TIME.format(Instant.now()), Thread.currentThread().getName(), what));
  }
}
