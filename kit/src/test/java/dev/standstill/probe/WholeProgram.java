package dev.standstill.probe;

import dev.standstill.test.TestLoop;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.Timer;
import java.util.TimerTask;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A program that uses all that a loop takes over at once: threads, pools, timers, futures, parallel
 * streams, everything that is random, and what a JVM does only once. It notes down what it sees.
 */
public final class WholeProgram {

  private final List<String> diary = Collections.synchronizedList(new ArrayList<>());

  private WholeProgram() {}

  /** Prints, for each seed that is given, a line that depends on all that happened. */
  public static void main(String[] seeds) throws Exception {
    for (String seed : seeds) {
      System.out.println(seed + " " + run(Long.parseLong(seed)).hashCode());
    }
  }

  /** Lets a loop run the program. */
  public static void run(TestLoop loop) throws Exception {
    loop.run(new WholeProgram()::runAll);
  }

  /** Runs the program under a seed; returns its trace and what it noted down. */
  public static String run(long seed) throws Exception {
    try (TestLoop loop = TestLoop.builder().seed(seed).trace().open()) {
      WholeProgram program = new WholeProgram();
      loop.run(program::runAll);
      return loop.trace() + "\n" + String.join("\n", program.diary) + "\n" + loop.replayToken();
    }
  }

  private void runAll() throws Exception {
    CompletableFuture<Void> futures = futures();
    Thread thread = new Thread(this::drawNumbers);
    thread.start();
    List<Future<?>> ofPools = new ArrayList<>();
    try (ExecutorService fixed = Executors.newFixedThreadPool(3);
        ScheduledExecutorService scheduled = Executors.newScheduledThreadPool(2);
        ForkJoinPool forkJoin = new ForkJoinPool(2);
        ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor()) {
      for (ExecutorService pool : List.of(fixed, scheduled, forkJoin, virtual)) {
        for (int i = 0; i < 4; i++) {
          ofPools.add(pool.submit(this::sleepAWhile));
        }
      }
      ofPools.add(scheduled.schedule(this::order, 3, TimeUnit.MILLISECONDS));
      ofPools.add(fixed.submit(() -> note(FirstUses.all(ofPools.size()))));
      for (Future<?> future : ofPools) {
        future.get();
      }
    }
    runTimer();
    publish();
    note("sum " + IntStream.range(0, 1_000).parallel().map(this::seen).sum());
    futures.join();
    thread.join();
    order();
  }

  private CompletableFuture<Void> futures() {
    CompletableFuture<Integer> slow = CompletableFuture.supplyAsync(this::sleepAWhile);
    CompletableFuture<Integer> late =
        new CompletableFuture<Integer>().completeOnTimeout(-1, 5, TimeUnit.MILLISECONDS);
    return slow.thenCombineAsync(late, Integer::sum).thenAcceptAsync(sum -> note("futures " + sum));
  }

  private int sleepAWhile() {
    int millis = ThreadLocalRandom.current().nextInt(10);
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    Thread self = Thread.currentThread();
    note("slept " + millis + " in " + self.getName() + " " + self.threadId());
    return millis;
  }

  private void drawNumbers() {
    List<Integer> shuffled = new ArrayList<>(List.of(1, 2, 3, 4, 5, 6, 7, 8));
    Collections.shuffle(shuffled);
    note(
        "%s %s %s %s %s %s %s %s"
            .formatted(
                Math.random(),
                new Random().nextLong(),
                new SplittableRandom().nextLong(),
                RandomGenerator.getDefault().nextLong(),
                new SecureRandom().nextLong(),
                UUID.randomUUID(),
                ThreadLocalRandom.current().nextLong(),
                shuffled));
  }

  private void order() {
    Map<Object, Integer> objects = new HashMap<>();
    Set<Thread> threads = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      objects.put(new Object(), i);
      threads.add(Thread.ofVirtual().name("virtual-" + i).unstarted(() -> {}));
      threads.add(Thread.ofPlatform().name("platform-" + i).unstarted(() -> {}));
    }
    note(objects.values() + " " + threads + " " + new Object());
    note(Set.of(1, 2, 3, 4, 5) + " " + Map.of("a", 1, "b", 2, "c", 3));
  }

  private void runTimer() throws InterruptedException {
    CountDownLatch fired = new CountDownLatch(3);
    Timer timer = new Timer();
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            note("fired in " + Thread.currentThread().getName());
            fired.countDown();
          }
        },
        1,
        2);
    fired.await();
    timer.cancel();
  }

  private void publish() {
    CompletableFuture<Void> consumed;
    try (SubmissionPublisher<Integer> publisher = new SubmissionPublisher<>()) {
      consumed = publisher.consume(item -> note("item " + item));
      IntStream.range(0, 5).forEach(publisher::submit);
    }
    consumed.join();
  }

  private int seen(int item) {
    if (item % 100 == 0) {
      note(item + " in " + Thread.currentThread().getName());
    }
    return item;
  }

  private Void note(String what) {
    diary.add(System.nanoTime() + " " + what);
    return null;
  }
}
