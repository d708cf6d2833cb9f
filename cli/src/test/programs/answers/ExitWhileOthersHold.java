import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** The program exits while a thread writes; a hook waits for it and adds the last line. */
public class ExitWhileOthersHold {
  private static final Lock FILE = new ReentrantLock();

  private static void write(String line, int millis) {
    FILE.lock();
    try {
      Thread.sleep(millis);
      IO.println(line);
    } catch (InterruptedException e) {
      IO.println("interrupted");
    } finally {
      FILE.unlock();
    }
  }

  public static void main(String[] args) throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> write("last line", 0)));
    new Thread(() -> write("line", 500)).start();
    Thread.sleep(100);
    IO.println("exits");
    System.exit(0);
  }
}
