package dev.standstill.jdk;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;

/**
 * A fixed number of permits, given in the order in which they are asked for; who holds one is
 * known. Any thread may call.
 *
 * <p>It is what threads park on that wait for a permit, and so what a look into them finds.
 */
public final class Permits extends AbstractQueuedSynchronizer {

  private static final long serialVersionUID = 1;

  /** What {@link #tryAcquire} answers if there is none to be had. */
  public static final long NONE = -1;

  private final transient Object owner;
  private final transient int all;
  private final transient AtomicLong given = new AtomicLong();

  /** By the number of the permit, so in the order in which they were given. */
  private final transient Map<Long, Thread> holders = new ConcurrentSkipListMap<>();

  /**
   * @param owner what programs know as the thing that has the permits
   * @param all how many there are, at least 1
   */
  public Permits(Object owner, int all) {
    this.owner = owner;
    this.all = all;
    setState(all);
  }

  /** Waits for a permit; an interrupt loses none. Returns its number. */
  public long acquire() throws InterruptedException {
    acquireSharedInterruptibly(1);
    return give();
  }

  /** Takes a permit if there is one that nobody waits for, and returns its number, or NONE. */
  public long tryAcquire() {
    return tryAcquireShared(1) < 0 ? NONE : give();
  }

  private long give() {
    long number = given.incrementAndGet();
    holders.put(number, Thread.currentThread());
    return number;
  }

  /** Gives a permit back; does nothing if that has been done. */
  public void release(long number) {
    if (holders.remove(number) != null) {
      releaseShared(1);
    }
  }

  /** Who holds a permit, once for each, whoever got one first at first. */
  public List<Thread> holders() {
    return List.copyOf(holders.values());
  }

  /** Who waits for one, the next first. */
  public List<Thread> waiting() {
    Collection<Thread> lastFirst = getQueuedThreads();
    return List.copyOf(lastFirst).reversed();
  }

  /** How many there are. */
  public int all() {
    return all;
  }

  /** The threads that hold one, as the loop knows them. */
  public List<Thread> virtualHolders() {
    return holders().stream().distinct().map(BackedThread::virtual).toList();
  }

  /**
   * Whether one is just being given back or taken: whoever waits is about to be woken, or waits for
   * whoever is.
   */
  public boolean areChangingHands() {
    return holders.size() < all;
  }

  WaitDetail detail() {
    String taken = "%d of %d taken".formatted(all - getState(), all);
    return new WaitDetail(owner, null, virtualHolders(), taken);
  }

  @Override
  protected int tryAcquireShared(int one) {
    while (!hasQueuedPredecessors()) {
      int left = getState() - one;
      if (left < 0 || compareAndSetState(left + one, left)) {
        return left;
      }
    }
    return -1;
  }

  @Override
  protected boolean tryReleaseShared(int one) {
    int free = getState();
    while (!compareAndSetState(free, free + one)) {
      free = getState();
    }
    return true;
  }
}
