import java.util.concurrent.locks.LockSupport;

/** Asks what a thread is parked on, before, while and after it is. */
public class Blocker {
  public static void main(String[] args) throws InterruptedException {
    var sleeper = new Thread(() -> {
      IO.println(LockSupport.getBlocker(Thread.currentThread()));
      LockSupport.park("a pillow");
    });
    sleeper.start();
    Thread.sleep(10);
    IO.println(LockSupport.getBlocker(sleeper));
    LockSupport.unpark(sleeper);
    sleeper.join();
    IO.println(LockSupport.getBlocker(sleeper));
  }
}
