import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Both threads of a pool are busy with what waits for parts of it in the queue of this pool. */
public class PoolWaitsForItself {
  private static final ExecutorService KITCHEN =
      Executors.newFixedThreadPool(2, Thread.ofPlatform().name("cook-", 1).factory());
  private static final CountDownLatch BUSY = new CountDownLatch(2);

  private static String menu(int number) throws Exception {
    BUSY.countDown();
    BUSY.await();
    return KITCHEN.submit(() -> "course " + number).get();
  }

  public static void main(String[] args) throws Exception {
    List<Future<String>> menus = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      int number = i;
      menus.add(KITCHEN.submit(() -> menu(number)));
    }
    for (Future<String> menu : menus) {
      IO.println(menu.get());
    }
    KITCHEN.shutdown();
  }
}
