import java.util.concurrent.locks.ReentrantReadWriteLock;

/** A thread that reads wants to write, and a second reader comes meanwhile. */
public class UpgradeReadLock {
  private static final ReentrantReadWriteLock LIST = new ReentrantReadWriteLock();

  private static void visit(Runnable visitor) {
    LIST.readLock().lock();
    try {
      visitor.run();
    } finally {
      LIST.readLock().unlock();
    }
  }

  private static void clear() {
    LIST.writeLock().lock();
    LIST.writeLock().unlock();
  }

  public static void main(String[] args) throws InterruptedException {
    Thread cleaner = new Thread(() -> visit(UpgradeReadLock::clear), "cleaner");
    cleaner.start();
    Thread.sleep(100);
    new Thread(() -> visit(() -> IO.println("reads")), "reader").start();
    cleaner.join();
  }
}
