import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** More ways to poll: for a result that comes after 200 ms, or until a point in time. */
public class Polls {
  static volatile boolean done;

  public static void main(String[] args) throws Exception {
    Instant began = Instant.now();
    var result = new CompletableFuture<String>();
    Thread.startVirtualThread(() -> {
      LockSupport.parkNanos(200_000_000);
      done = true;
      result.complete("it");
    });
    switch (args[0]) {
      case "sleep0" -> { while (!done) Thread.sleep(0); }
      case "park" -> { while (!done) LockSupport.parkNanos(100); }
      case "park50us" -> { while (!done) LockSupport.parkNanos(50_000); }
      case "backoff" -> {
        for (int round = 0; !done; round++) {
          if (round < 100) Thread.onSpinWait(); else if (round < 200) Thread.yield(); else LockSupport.parkNanos(1_000);
        }
      }
      case "future" -> { while (!result.isDone()) Thread.yield(); }
      case "condition" -> {
        var lock = new ReentrantLock();
        var condition = lock.newCondition();
        lock.lock();
        while (!done) condition.awaitNanos(10);
        lock.unlock();
      }
      case "two" -> {
        Thread other = new Thread(() -> { while (!done) Thread.yield(); }, "other");
        other.start();
        while (!done) Thread.onSpinWait();
        other.join();
      }
      case "date" -> { while (Duration.between(began, Instant.now()).toMillis() < 200) { } }
      case "heartbeat" -> {
        Thread beat = new Thread(() -> { try { while (!done) Thread.sleep(3); } catch (InterruptedException e) { } }, "beat");
        beat.start();
        while (!done) Thread.yield();
        beat.join();
      }
      default -> throw new IllegalArgumentException(args[0]);
    }
    long took = Duration.between(began, Instant.now()).toMillis();
    System.out.println(took >= 200 && took <= 210 ? "in time" : "after " + took + " ms");
  }
}
