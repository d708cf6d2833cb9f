import java.util.concurrent.CancellationException;
import java.util.concurrent.FutureTask;

/** A thread that closes what it waits for when it is interrupted, as readers of sockets do. */
public class OwnInterrupt {
  public static void main(String[] args) throws Exception {
    var reading = new FutureTask<Void>(() -> {
      Thread.sleep(60_000);
      return null;
    });
    var reader = new Thread(reading) {
      @Override
      public void interrupt() {
        IO.println("closed");
        super.interrupt();
      }
    };
    reader.start();
    Thread.sleep(10);
    reading.cancel(true);
    reader.join();
    try {
      reading.get();
    } catch (CancellationException e) {
      IO.println("cancelled");
    }
  }
}
