package dev.standstill.explore.programs;

import static dev.standstill.explore.programs.Monitors.uninterrupted;
import static dev.standstill.explore.programs.Races.check;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.softwaremill.jox.Channel;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.standstill.Limiter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Exchanger;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Programs without a mistake. */
public final class Correct {

  private Correct() {}

  /** Two fill a queue of one place, and two empty it. */
  public static void queue() throws InterruptedException {
    BlockingQueue<Integer> queue = new LinkedBlockingQueue<>(1);
    AtomicInteger sum = new AtomicInteger();
    Runnable take =
        () ->
            uninterrupted(() -> {
              sum.addAndGet(queue.take());
              Integer last = queue.poll(1, TimeUnit.HOURS);
              sum.addAndGet(last);
            });
    Together.run(take, () -> put(queue, 1), take, () -> put(queue, 10));
    check(sum.get() == 22 && queue.isEmpty(), "sum " + sum);
  }

  private static void put(BlockingQueue<Integer> queue, int item) {
    uninterrupted(() -> {
      queue.put(item);
      while (!queue.offer(item, 1, TimeUnit.SECONDS)) {
        check(queue.size() <= 1, "too many");
      }
    });
  }

  /** Counts and makes what is missing, as the map offers it. */
  public static void map() throws InterruptedException {
    Map<String, Integer> counts = new ConcurrentHashMap<>();
    Map<String, Object> made = new ConcurrentHashMap<>();
    AtomicInteger makes = new AtomicInteger();
    Set<Object> seen = ConcurrentHashMap.newKeySet();
    Runnable count =
        () -> {
          counts.merge("a", 1, Integer::sum);
          counts.compute("b", (key, old) -> old == null ? 1 : old + 1);
          seen.add(made.computeIfAbsent("c", key -> makes.incrementAndGet()));
        };
    Together.run(count, count, count);
    check(counts.equals(Map.of("a", 3, "b", 3)), "counts " + counts);
    check(seen.equals(Set.of(1)) && makes.get() == 1, "made " + seen);
  }

  private static final class Pair {
    private int first;
    private int second;
  }

  /** Who reads sees both halves, and who writes is alone. */
  public static void readWriteLock() throws InterruptedException {
    ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    Pair pair = new Pair();
    Runnable write =
        () -> {
          lock.writeLock().lock();
          try {
            pair.first++;
            Thread.yield();
            pair.second++;
            lock.readLock().lock();
          } finally {
            lock.writeLock().unlock();
          }
          check(pair.first == pair.second, "half written");
          lock.readLock().unlock();
        };
    Runnable read =
        () ->
            uninterrupted(() -> {
              if (lock.readLock().tryLock(1, TimeUnit.MINUTES)) {
                check(pair.first == pair.second, "half read");
                lock.readLock().unlock();
              }
            });
    Together.run(write, read, write, read);
    check(pair.first == 2 && pair.second == 2, "written " + pair.first);
  }

  /** No more are inside than there are permits. */
  public static void semaphore() throws InterruptedException {
    Semaphore permits = new Semaphore(2);
    AtomicInteger inside = new AtomicInteger();
    Runnable enter =
        () ->
            uninterrupted(() -> {
              permits.acquire();
              check(inside.incrementAndGet() <= 2, "too many inside");
              inside.decrementAndGet();
              permits.release();
            });
    Together.run(enter, enter, enter);
    check(permits.availablePermits() == 2, "permits " + permits);
  }

  /** Nobody is let in beyond the limit, and an interrupt loses no permit. */
  public static void limiter() throws InterruptedException {
    Limiter limiter = new Limiter(1);
    AtomicInteger inside = new AtomicInteger();
    Runnable enter =
        () -> {
          try (var _ = limiter.acquire()) {
            check(inside.incrementAndGet() == 1, "too many inside");
            inside.decrementAndGet();
          } catch (InterruptedException e) {
            check(inside.get() <= 1, "too many inside");
          }
        };
    Thread interrupted = Thread.startVirtualThread(enter);
    Thread.startVirtualThread(interrupted::interrupt);
    Together.run(enter, enter);
    interrupted.join();
    check(limiter.holders().isEmpty() && limiter.tryAcquire().isPresent(), "" + limiter);
  }

  /** Two send through a channel of Jox with one place; each value comes once, then the end. */
  public static void channel() throws InterruptedException {
    Channel<Integer> channel = Channel.newBufferedChannel(1);
    AtomicInteger sum = new AtomicInteger();
    Thread receiver =
        Thread.startVirtualThread(
            () -> uninterrupted(() -> channel.forEach(value -> sum.addAndGet(value))));
    Together.run(() -> send(channel, 1), () -> send(channel, 10));
    channel.done();
    receiver.join();
    check(sum.get() == 22, "sum " + sum);
  }

  private static void send(Channel<Integer> channel, int value) {
    uninterrupted(() -> {
      channel.send(value);
      channel.send(value);
    });
  }

  /** Nobody begins a phase before all have ended the last. */
  public static void phaser() throws InterruptedException {
    Phaser phaser = new Phaser(3);
    AtomicInteger done = new AtomicInteger();
    Runnable party =
        () -> {
          for (int phase = 0; phase < 2; phase++) {
            check(done.get() >= 3 * phase, "too early");
            done.incrementAndGet();
            phaser.arriveAndAwaitAdvance();
          }
          phaser.arriveAndDeregister();
        };
    Together.run(party, party, party);
    check(done.get() == 6 && phaser.isTerminated(), "done " + done);
  }

  /** Stages are combined, fail and are limited in time. */
  public static void future() throws InterruptedException, ExecutionException {
    CompletableFuture<Integer> one = CompletableFuture.supplyAsync(() -> 1);
    CompletableFuture<Integer> other = new CompletableFuture<>();
    CompletableFuture<Integer> failed =
        CompletableFuture.<Integer>supplyAsync(
                () -> {
                  throw new IllegalStateException("meant");
                })
            .exceptionally(failure -> 100);
    CompletableFuture<Integer> sum =
        one.thenCombineAsync(other, Integer::sum)
            .thenCombine(failed, Integer::sum)
            .orTimeout(1, TimeUnit.MINUTES);
    new Thread(() -> other.complete(10)).start();
    check(sum.get() == 111, "sum " + sum);
    CompletableFuture.allOf(one, other, failed).join();
  }

  /** Two give each other what they have. */
  public static void exchanger() throws InterruptedException {
    Exchanger<String> exchanger = new Exchanger<>();
    List<String> got = Collections.synchronizedList(new ArrayList<>());
    Together.run(
        () -> uninterrupted(() -> got.add("a got " + exchanger.exchange("a"))),
        () -> uninterrupted(() -> got.add("b got " + exchanger.exchange("b"))));
    check(got.contains("a got b") && got.contains("b got a"), "got " + got);
  }

  /** Each key is loaded once, whoever asks. */
  public static void cache() throws InterruptedException {
    AtomicInteger loads = new AtomicInteger();
    LoadingCache<String, Integer> cache =
        Caffeine.newBuilder()
            .maximumSize(10)
            .expireAfterWrite(1, TimeUnit.HOURS)
            .build(key -> loads.incrementAndGet());
    Runnable get = () -> check(cache.get("a") <= 2 && cache.get("b") <= 2, "loaded again");
    Together.run(get, get);
    cache.cleanUp();
    check(loads.get() == 2 && cache.estimatedSize() == 2, "loads " + loads);
  }

  /** Two share one connection and count in a table. */
  public static void connectionPool() throws InterruptedException, SQLException {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:h2:mem:");
    config.setMaximumPoolSize(1);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      execute(pool, "create table counter (total int)");
      execute(pool, "insert into counter values (0)");
      AtomicInteger done = new AtomicInteger();
      Runnable count =
          () -> {
            execute(pool, "update counter set total = total + 1");
            done.incrementAndGet();
          };
      Together.run(count, count);
      check(done.get() == 2, "done " + done);
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement();
          ResultSet counted = statement.executeQuery("select total from counter")) {
        check(counted.next() && counted.getInt(1) == 2, "counted another number");
      }
    }
  }

  private static void execute(HikariDataSource pool, String sql) {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
