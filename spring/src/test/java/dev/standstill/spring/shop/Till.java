package dev.standstill.spring.shop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** What happens by and by. */
@Component
public class Till {

  private static volatile Thread closedBy;

  private final AtomicInteger minutes = new AtomicInteger();

  /** Counts the minutes. */
  @Scheduled(fixedRate = 1, timeUnit = TimeUnit.MINUTES)
  public void tick() {
    minutes.incrementAndGet();
  }

  /** How many minutes have passed. */
  public int minutes() {
    return minutes.get();
  }

  /** Takes an hour, in another thread. */
  @Async
  public CompletableFuture<Thread> count() throws InterruptedException {
    Thread.sleep(TimeUnit.HOURS.toMillis(1));
    return CompletableFuture.completedFuture(Thread.currentThread());
  }

  /** The context ends. */
  @EventListener(ContextClosedEvent.class)
  public void close() {
    closedBy = Thread.currentThread();
  }

  /** The thread that has closed a context last. */
  public static Thread closedBy() {
    return closedBy;
  }
}
