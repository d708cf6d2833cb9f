import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A periodic job fails the second time it runs, so it never runs a third time. */
public class ScheduledSwallows {
  private static final CountDownLatch THREE = new CountDownLatch(3);

  private static void poll() {
    if (THREE.getCount() == 2) {
      throw new IllegalStateException("the mailbox is locked");
    }
    THREE.countDown();
  }

  public static void main(String[] args) throws InterruptedException {
    var clock = Executors.newSingleThreadScheduledExecutor();
    clock.scheduleAtFixedRate(ScheduledSwallows::poll, 10, 10, TimeUnit.SECONDS);
    THREE.await();
    clock.shutdown();
  }
}
