import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Asks a fair lock, a condition, a read-write lock and a synchronizer of its own who waits for them. */
public class Owners {
  private static final class Room extends ReentrantLock {
    Room() {
      super(true);
    }

    boolean awaits(Condition condition, Thread thread) {
      return getWaitingThreads(condition).contains(thread);
    }
  }

  private static final class Gate extends AbstractQueuedSynchronizer {
    @Override
    protected boolean tryAcquire(int ignored) {
      return compareAndSetState(0, 1);
    }

    @Override
    protected boolean tryRelease(int ignored) {
      setState(0);
      return true;
    }
  }

  public static void main(String[] args) throws InterruptedException {
    var room = new Room();
    Condition empty = room.newCondition();
    var guest = new Thread(() -> {
      room.lock();
      try {
        empty.awaitUninterruptibly();
      } finally {
        room.unlock();
      }
    });
    guest.start();
    Thread.sleep(10);
    room.lock();
    IO.println(room.awaits(empty, guest));
    empty.signal();
    IO.println(room.hasQueuedThread(guest));
    room.unlock();
    guest.join();

    var files = new ReentrantReadWriteLock();
    files.readLock().lock();
    var writer = new Thread(() -> files.writeLock().lock());
    writer.start();
    Thread.sleep(10);
    IO.println(files.hasQueuedThread(writer));
    files.readLock().unlock();
    writer.join();
    IO.println(files.readLock().tryLock(1, TimeUnit.SECONDS));

    var gate = new Gate();
    gate.acquire(1);
    var late = new Thread(() -> gate.acquire(1));
    late.start();
    Thread.sleep(10);
    IO.println(gate.isQueued(late) && gate.getFirstQueuedThread() == late);
    gate.release(1);
    late.join();
    IO.println(gate.isQueued(late));
  }
}
