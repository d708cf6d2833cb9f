import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;

/** Waits for a phase by its number: in vain if the other has arrived already. */
public class PhaserStartSignal {
  private static void sleep() {
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException e) {
      // It is cancelled.
    }
  }

  public static void main(String[] args) {
    var begun = new Phaser(1);
    try (var pool = Executors.newSingleThreadExecutor()) {
      var work =
          pool.submit(() -> {
            begun.arrive();
            sleep();
          });
      begun.awaitAdvance(1);
      work.cancel(true);
      IO.println("cancelled");
    }
  }
}
