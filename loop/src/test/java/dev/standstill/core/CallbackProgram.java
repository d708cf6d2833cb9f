package dev.standstill.core;

import dev.standstill.jdk.VirtualThreads;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A random program of callbacks that block or not, tasks and timers. It notes all that can be seen
 * in it. No monitor is contended, because the JVM's own thread hands those on when it likes.
 */
final class CallbackProgram {

  private static final ThreadLocal<@Nullable String> LOCAL = new ThreadLocal<>();
  private static final InheritableThreadLocal<@Nullable String> INHERITED =
      new InheritableThreadLocal<>();
  private static final ScopedValue<String> SCOPED = ScopedValue.newInstance();
  private static final ClassLoader OTHER = new URLClassLoader(new URL[0]);

  private static final int ENOUGH = 150;

  private final Random random;
  private final boolean sharing;
  private final VirtualClock clock = new VirtualClock(Instant.EPOCH);
  private final LiveScheduler scheduler =
      new LiveScheduler(
          "loop",
          (thread, failure) -> note(look("handler") + failure.getMessage()),
          () -> {},
          clock);
  private final List<String> notes = new ArrayList<>();
  private final Set<Thread> threads = Collections.newSetFromMap(new IdentityHashMap<>());
  private final BlockingQueue<String> queue = new LinkedBlockingQueue<>();
  private final ReentrantLock lock = new ReentrantLock(true);
  private int bodies;
  private int callbacks;

  CallbackProgram(long seed, boolean sharing) {
    this.random = new Random(seed);
    this.sharing = sharing;
  }

  /** How many callbacks have run. */
  int callbacks() {
    return callbacks;
  }

  /** In how many threads. */
  int threads() {
    return threads.size();
  }

  /** Runs the program until nothing of it is left; returns what was noted. */
  List<String> run() {
    for (int i = random.nextInt(100); i >= 0; i--) {
      execute();
    }
    while (!scheduler.isEmpty() || scheduler.nanosUntilNext() != Timers.NONE) {
      int pause = notes.size() + random.nextInt(60);
      scheduler.driveUntil(() -> notes.size() >= pause || scheduler.nanosUntilNext() != 0);
      note("driver, %d started".formatted(scheduler.tasksStarted()));
      long next = scheduler.nanosUntilNext();
      if (next == Timers.NONE) {
        queue.add("left over");
      } else if (next > 0) {
        clock.moveTo(clock.nanos() + next);
      }
      if (bodies < ENOUGH && random.nextBoolean()) {
        execute();
      }
    }
    return notes;
  }

  private void execute() {
    String name = "callback " + ++bodies;
    Runnable body = () -> callBack(name);
    if (!sharing || !scheduler.callBack(body)) {
      VirtualThreads.builder(scheduler).start(body);
    }
  }

  private void startTask() {
    String name = "task " + ++bodies;
    VirtualThreads.builder(scheduler).name(name).start(() -> doAnything(name));
  }

  private void callBack(String name) {
    callbacks++;
    threads.add(Thread.currentThread());
    note(look(name));
    doAnything(name);
    note(name + " ends");
  }

  private void note(String what) {
    notes.add(what);
  }

  /** What code sees of the thread it runs in. */
  private String look(String who) {
    Thread thread = Thread.currentThread();
    TaskRecord task = scheduler.tasks.of(thread);
    return "%s: task %s '%s' %s %s %s %s %s, %s; "
        .formatted(
            who,
            task == null ? "none" : task.name(),
            thread.getName(),
            LOCAL.get(),
            INHERITED.get(),
            SCOPED.isBound(),
            thread.isInterrupted(),
            thread.getContextClassLoader() == OTHER,
            thread.getUncaughtExceptionHandler() == scheduler.uncaught());
  }

  private void doAnything(String name) {
    for (int i = random.nextInt(3); i > 0; i--) {
      try {
        step(name);
      } catch (InterruptedException e) {
        note(name + " is interrupted");
      }
    }
  }

  private void step(String name) throws InterruptedException {
    switch (random.nextInt(22)) {
      case 0, 1, 2, 3 -> executeIfFew();
      case 4 -> startTaskIfFew();
      case 5 -> later();
      case 6 -> block(name, Thread::yield);
      case 7 -> block(name, () -> LockSupport.parkNanos(1 + random.nextInt(50)));
      case 8 -> queue.add(name);
      case 9 -> {
        String taken = queue.take();
        note(name + " takes from " + taken);
      }
      case 10 -> locked(name);
      case 11 -> {
        synchronized (new Object()) {
          block(name, () -> LockSupport.parkNanos(5));
        }
      }
      case 12 -> LOCAL.set(name);
      case 13 -> INHERITED.set(name);
      case 14 -> Thread.currentThread().setName(name + " renamed");
      case 15 -> Thread.currentThread().interrupt();
      case 16 -> Thread.currentThread().setContextClassLoader(OTHER);
      case 17 -> ownHandler(name);
      case 18 -> LockSupport.unpark(Thread.currentThread());
      case 19 -> throw new IllegalStateException(name + " fails");
      case 20 -> ScopedValue.where(SCOPED, name).run(this::executeIfFew);
      default -> lookAround(name);
    }
  }

  private void executeIfFew() {
    if (bodies < ENOUGH) {
      execute();
    }
  }

  private void startTaskIfFew() {
    if (bodies < ENOUGH) {
      startTask();
    }
  }

  private void later() {
    scheduler.timers.add(random.nextInt(40), this::executeIfFew, null);
  }

  private void block(String name, Runnable waiting) {
    waiting.run();
    note(look(name + " goes on"));
  }

  private void locked(String name) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      block(name, () -> LockSupport.parkNanos(20));
    } finally {
      lock.unlock();
    }
  }

  private void ownHandler(String name) {
    Thread.currentThread()
        .setUncaughtExceptionHandler((thread, failure) -> {
          note(look("handler of " + name) + failure.getMessage());
          throw new IllegalStateException("thrown by a handler");
        });
  }

  /** Rarely looks at the tasks, waits for a child, or cancels all others. */
  private void lookAround(String name) throws InterruptedException {
    switch (random.nextInt(12)) {
      case 0 -> scheduler.cancelAll(Thread.currentThread());
      case 1, 2, 3 -> scheduler.taskStates().forEach(task -> note(task.name() + task.state()));
      case 4, 5, 6 -> {
        var child = new CompletableFuture<String>();
        Thread.startVirtualThread(() -> child.complete(look("child")));
        note(name + " hears " + child.join());
      }
      default -> note(name + " looks around");
    }
  }
}
