import java.util.concurrent.locks.ReentrantLock;

/** Asks a lock who holds it and who waits for it. */
public class QueuedThread {
  private static final class Door extends ReentrantLock {
    boolean isHeldBy(Thread thread) {
      return getOwner() == thread;
    }

    boolean lists(Thread thread) {
      return getQueuedThreads().contains(thread);
    }
  }

  public static void main(String[] args) throws InterruptedException {
    var door = new Door();
    var visitor = new Thread(() -> {
      door.lock();
      door.unlock();
    });
    door.lock();
    visitor.start();
    Thread.sleep(10);
    IO.println(
        door.isHeldBy(Thread.currentThread()) + " " + door.hasQueuedThread(visitor) + " " + door.lists(visitor));
    door.unlock();
    visitor.join();
    IO.println(door.isLocked() + " " + door.hasQueuedThread(visitor));
  }
}
