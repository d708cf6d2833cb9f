package dev.standstill.explore.programs;

import java.util.ArrayList;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A pool of objects in the style of those that are used everywhere: objects are borrowed and
 * returned, made up to a limit, checked when they are borrowed, and evicted when they have been
 * idle for long. One mistake is planted in it: see {@link #evict}.
 *
 * @param <T> what is pooled
 */
public final class ObjectPool<T> implements AutoCloseable {

  /** What becomes of a pooled object. */
  private enum State {
    IDLE,
    BORROWED,
    DESTROYED
  }

  /** An object of the pool with what the pool knows of it. */
  private static final class Pooled<T> {
    final T object;
    final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
    volatile long idleSince;

    Pooled(T object, long now) {
      this.object = object;
      this.idleSince = now;
    }

    boolean allocate() {
      return state.compareAndSet(State.IDLE, State.BORROWED);
    }
  }

  private final Supplier<T> factory;
  private final Consumer<T> destroyer;
  private final Predicate<T> validator;
  private final int maxTotal;
  private final int maxIdle;
  private final BlockingDeque<Pooled<T>> idle = new LinkedBlockingDeque<>();
  private final ConcurrentMap<T, Pooled<T>> all = new ConcurrentHashMap<>();
  private final AtomicInteger created = new AtomicInteger();
  private final AtomicLong borrowedCount = new AtomicLong();
  private final AtomicLong evictedCount = new AtomicLong();
  private volatile boolean closed;
  private volatile boolean correct;

  /**
   * @param destroyer is given what the pool no longer needs
   * @param validator whether an object may still be lent
   */
  public ObjectPool(
      Supplier<T> factory,
      Consumer<T> destroyer,
      Predicate<T> validator,
      int maxTotal,
      int maxIdle) {
    this.factory = factory;
    this.destroyer = destroyer;
    this.validator = validator;
    this.maxTotal = maxTotal;
    this.maxIdle = maxIdle;
  }

  /** Takes the mistake out. */
  ObjectPool<T> corrected() {
    correct = true;
    return this;
  }

  /** Lends an object, waiting for one until the time is over. */
  public T borrow(long timeoutMillis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    while (true) {
      if (closed) {
        throw new IllegalStateException("The pool is closed");
      }
      Pooled<T> pooled = idle.pollFirst();
      if (pooled == null) {
        pooled = create();
      }
      if (pooled == null) {
        pooled = idle.pollFirst(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
      if (pooled == null) {
        throw new NoSuchElementException("No object became idle in " + timeoutMillis + " ms");
      }
      if (!pooled.allocate()) {
        continue; // the evictor was first
      }
      if (!validator.test(pooled.object)) {
        destroy(pooled);
        continue;
      }
      borrowedCount.incrementAndGet();
      return pooled.object;
    }
  }

  private Pooled<T> create() {
    if (created.incrementAndGet() > maxTotal) {
      created.decrementAndGet();
      return null;
    }
    Pooled<T> pooled = new Pooled<>(factory.get(), System.nanoTime());
    all.put(pooled.object, pooled);
    return pooled;
  }

  /** Takes an object back. */
  public void giveBack(T object) {
    Pooled<T> pooled = all.get(object);
    if (pooled == null) {
      throw new IllegalStateException("Returned an object that is not of this pool");
    }
    pooled.idleSince = System.nanoTime();
    if (!pooled.state.compareAndSet(State.BORROWED, State.IDLE)) {
      throw new IllegalStateException("Returned an object that was not borrowed");
    }
    if (closed || idle.size() >= maxIdle) {
      if (pooled.allocate()) {
        destroy(pooled);
      }
    } else {
      idle.addFirst(pooled);
    }
  }

  /**
   * Destroys what has been idle for so long. The mistake: it looks whether an object is idle, and
   * then destroys it, though somebody may have borrowed it meanwhile.
   */
  public int evict(long idleMillis) {
    int evicted = 0;
    for (Pooled<T> pooled : new ArrayList<>(idle)) {
      long idleFor = System.nanoTime() - pooled.idleSince;
      if (idleFor < TimeUnit.MILLISECONDS.toNanos(idleMillis)) {
        continue;
      }
      boolean mine = correct ? pooled.allocate() : pooled.state.get() == State.IDLE;
      if (mine) {
        idle.remove(pooled);
        destroy(pooled);
        evictedCount.incrementAndGet();
        evicted++;
      }
    }
    return evicted;
  }

  private void destroy(Pooled<T> pooled) {
    pooled.state.set(State.DESTROYED);
    all.remove(pooled.object);
    created.decrementAndGet();
    destroyer.accept(pooled.object);
  }

  /** How often an object was lent. */
  public long borrowed() {
    return borrowedCount.get();
  }

  /** How many were idle for too long. */
  public long evicted() {
    return evictedCount.get();
  }

  @Override
  public void close() {
    closed = true;
    Pooled<T> pooled;
    while ((pooled = idle.pollFirst()) != null) {
      if (pooled.allocate()) {
        destroy(pooled);
      }
    }
  }

  /** A connection, which must not be used when it is closed. */
  private static final class Connection {
    private volatile boolean open = true;

    void query() {
      if (!open) {
        throw new IllegalStateException("The connection is closed");
      }
    }

    void close() {
      open = false;
    }
  }

  /** One who asks now and then, and one who evicts. */
  public static void askWhileOthersEvict(boolean correct) throws InterruptedException {
    ObjectPool<Connection> pool =
        new ObjectPool<>(Connection::new, Connection::close, each -> each.open, 2, 2);
    if (correct) {
      pool.corrected();
    }
    pool.giveBack(pool.borrow(1_000));
    Thread evictor = evicting(pool, 1);
    Thread asking = asking(pool, "asking");
    evictor.join();
    asking.join();
    pool.close();
  }

  /** Two who ask, and one who evicts twice: the mistake shows in several ways. */
  public static void twoAskWhileOthersEvict() throws InterruptedException {
    ObjectPool<Connection> pool =
        new ObjectPool<>(Connection::new, Connection::close, each -> each.open, 2, 2);
    pool.giveBack(pool.borrow(1_000));
    Thread evictor = evicting(pool, 2);
    Thread one = asking(pool, "one");
    Thread other = asking(pool, "other");
    evictor.join();
    one.join();
    other.join();
    pool.close();
  }

  private static Thread asking(ObjectPool<Connection> pool, String name) {
    return Thread.ofVirtual()
        .name(name)
        .start(() -> {
          try {
            Thread.sleep(10);
            Connection connection = pool.borrow(1_000);
            connection.query();
            pool.giveBack(connection);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static Thread evicting(ObjectPool<Connection> pool, int times) {
    return Thread.ofVirtual()
        .name("evictor")
        .start(() -> {
          try {
            for (int time = 0; time < times; time++) {
              Thread.sleep(10);
              pool.evict(10);
            }
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
