import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;

/** What a worker gives its own pool lies in the queue of that worker, whose last comes first. */
public class OwnQueue {
  public static void main(String[] args) throws Exception {
    var order = new ConcurrentLinkedQueue<String>();
    try (var pool = new ForkJoinPool(1)) {
      pool.submit(() -> {
            pool.submit(() -> order.add("first"));
            pool.submit(() -> order.add("second"));
            IO.println(
                ForkJoinTask.getQueuedTaskCount()
                    + " of the worker, "
                    + pool.getQueuedTaskCount()
                    + " of workers, "
                    + pool.getQueuedSubmissionCount()
                    + " from outside");
          })
          .get();
    }
    IO.println(order);
  }
}
