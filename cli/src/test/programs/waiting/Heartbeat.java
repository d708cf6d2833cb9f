import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** A deadlock beside a timer that ticks on, or only the timer. */
public class Heartbeat {
  public static void main(String[] args) throws Exception {
    var pool = Executors.newScheduledThreadPool(1);
    pool.scheduleAtFixedRate(() -> {}, 1, 1, TimeUnit.SECONDS);
    switch (args[0]) {
      case "monitors" -> deadlock(new Object(), new Object());
      case "locks" -> deadlock(new ReentrantLock(), new ReentrantLock());
      default -> {}
    }
  }

  static void deadlock(Object a, Object b) {
    new Thread(() -> nested(a, b), "one").start();
    new Thread(() -> nested(b, a), "two").start();
  }

  static void nested(Object outer, Object inner) {
    synchronized (outer) {
      pause();
      synchronized (inner) {
        System.out.println("both");
      }
    }
  }

  static void deadlock(Lock a, Lock b) {
    new Thread(() -> nested(a, b), "one").start();
    new Thread(() -> nested(b, a), "two").start();
  }

  static void nested(Lock outer, Lock inner) {
    outer.lock();
    pause();
    inner.lock();
    System.out.println("both");
  }

  static void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
