package dev.standstill.test;

import dev.standstill.core.HeldCarrier;
import dev.standstill.core.TaskRecord;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Looks, in real time, after the threads that drive loops: a task that does not let go of the
 * carrier keeps its driver from looking itself.
 *
 * <p>Such a task computes, or waits where it cannot unmount. One that computes gets as much time of
 * a processor as the limit says, so that a busy machine does not matter, and one that loads classes
 * gets on; one that waits gets the limit in real time. Then it is ended by an error, and its driver
 * reports it. In native code it does not see that; then the loop's handler is told.
 */
final class Watchdog {

  private static final System.Logger LOG = System.getLogger("dev.standstill");
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long STOP_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** How often a task is stopped that catches errors and goes on. */
  private static final int STOPS = 3;

  /**
   * Who uses less than one part in so many of a processor waits for something, if a native method
   * may be waiting; else the JVM may, as for the initialiser of a class.
   */
  private static final int IDLE_SHARE = 20;

  private static final int IDLE_SHARE_OF_JAVA = 1000;

  private static final List<Watch> WATCHES = new CopyOnWriteArrayList<>();
  private static final ThreadLocal<Watch> OWN = ThreadLocal.withInitial(Watchdog::add);

  private Watchdog() {}

  /** The watch over the calling thread. */
  static Watch watch() {
    return OWN.get();
  }

  private static synchronized Watch add() {
    if (WATCHES.isEmpty()) {
      Thread.ofPlatform().daemon().name("standstill-watchdog").start(Watchdog::lookForEver);
    }
    Watch watch = new Watch(Thread.currentThread());
    WATCHES.add(watch);
    return watch;
  }

  /**
   * Goes on whatever happens, even if there is no memory left: a task that fills the heap, or one
   * that comes later, would have nobody to end it.
   */
  private static void lookForEver() {
    boolean isDone = false;
    while (!isDone) {
      try {
        LockSupport.parkNanos(LOOK_NANOS);
        for (Watch watch : WATCHES) {
          watch.lookAndTell();
        }
        isDone = isDone();
      } catch (RuntimeException | Error e) {
        // Nothing that could not be told is lost: each watch keeps it for the next time.
      }
    }
  }

  private static synchronized boolean isDone() {
    WATCHES.removeIf(watch -> !watch.thread.isAlive());
    return WATCHES.isEmpty();
  }

  /**
   * One thread that may drive. What it drives, and how often it has begun to, is set by that
   * thread; all else is the watchdog's, which keeps no loop alive.
   */
  static final class Watch {

    private final Thread thread;
    private volatile @Nullable Driver driver;
    private volatile int drives;

    private int seen;
    private long slices;
    private long since;
    private long processor;
    private long classes;
    private int stops;

    /** What went wrong when this was looked at; null if nothing did, or if it has been told. */
    private @Nullable Throwable untold;

    private boolean hasTold;

    private Watch(Thread thread) {
      this.thread = thread;
    }

    /** The thread drives; returns what it drove before. */
    @Nullable Driver begin(Driver driver) {
      Driver before = this.driver;
      drives = drives + 1;
      this.driver = driver;
      return before;
    }

    void end(@Nullable Driver before) {
      driver = before;
    }

    /**
     * Whatever goes wrong with one drive must not leave the others alone. It is told once, at the
     * latest when there is memory for it again.
     */
    private void lookAndTell() {
      try {
        look(System.nanoTime());
      } catch (RuntimeException | Error e) {
        untold = hasTold ? null : e;
      }
      if (untold != null) {
        LOG.log(
            System.Logger.Level.ERROR,
            "Thread \"%s\", which drives a loop, could not be looked after for a while; a task that kept it meanwhile is ended later."
                .formatted(thread.getName()),
            untold);
        untold = null;
        hasTold = true;
      }
    }

    private void look(long now) {
      Driver driving = driver;
      TaskRecord running = driving == null ? null : driving.scheduler().running();
      if (driving == null || running == null || drives != seen || driving.slices() != slices) {
        seen = drives;
        slices = driving == null ? 0 : driving.slices();
        stops = 0;
        hasTold = false;
        startAt(now);
      } else if (now - since >= limit(driving) / 2) {
        judge(driving, running, now);
      }
    }

    private void startAt(long now) {
      since = now;
      processor = -1;
    }

    private long limit(Driver driving) {
      return stops == 0 ? driving.realTimeLimit() : STOP_AGAIN_NANOS;
    }

    /** Half of the limit has passed; what the task does in the other half says what that means. */
    private void judge(Driver driving, TaskRecord running, long now) {
      ThreadMXBean threads = ManagementFactory.getThreadMXBean();
      long used = threads.getThreadCpuTime(thread.threadId());
      long loaded = ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();
      if (processor == -1) {
        processor = used;
        classes = loaded;
      } else if (loaded != classes) {
        startAt(now);
      } else if (now - since >= limit(driving)) {
        HeldCarrier held = HeldCarrier.seen(running, thread);
        if (held != null && isStuck(held, used - processor, driving, now)) {
          stop(driving, held, now);
        }
      }
    }

    private boolean isStuck(HeldCarrier held, long used, Driver driving, long now) {
      long share = held.isInNativeCode() ? IDLE_SHARE : IDLE_SHARE_OF_JAVA;
      return used >= limit(driving) / 2 || used < (now - since) / share;
    }

    /** A stop that fails counts, too: then the loop cannot go on. */
    private void stop(Driver driving, HeldCarrier held, long now) {
      int before = stops++;
      startAt(now);
      if (before < STOPS) {
        driving.scheduler().carrierHold().stop(held);
      } else if (before == STOPS) {
        driving.loop().cannotGoOn(driving.describeUnstoppable(held));
      }
    }
  }
}
