import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/** All threads of the common pool wait for what one of them has given the common pool. */
public class CommonPoolBlocked {
  private static final AtomicBoolean ASKED = new AtomicBoolean();
  private static final CountDownLatch THERE = new CountDownLatch(1);

  private static int withTable(int row) {
    if (ASKED.compareAndSet(false, true)) {
      CompletableFuture.runAsync(THERE::countDown);
    }
    try {
      THERE.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return row;
  }

  public static void main(String[] args) {
    IO.println(IntStream.range(0, 100).parallel().map(CommonPoolBlocked::withTable).sum());
  }
}
