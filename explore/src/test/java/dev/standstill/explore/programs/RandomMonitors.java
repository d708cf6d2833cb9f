package dev.standstill.explore.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** A program, drawn by chance, of a few threads over a few monitors, which logs what it does. */
public final class RandomMonitors {

  private static final int DEEPEST = 3;

  /** What a thread does, or has just done. */
  public enum What {
    /** Is about to enter a monitor. */
    WANTS,
    ENTERED,
    /** Is about to exit. */
    EXITS,
    WAITS,
    /** The same, up to a time. */
    WAITS_BRIEFLY,
    WOKE,
    NOTIFIES,
    NOTIFIES_ALL,
    ENDS
  }

  /** One line of the log. */
  public record Event(int thread, What what, int monitor) {}

  private final List<Event> log = new ArrayList<>();
  private final Object[] monitors;
  private final List<List<Step>> threads;
  private final SplittableRandom random;
  private volatile int shared;

  public RandomMonitors(long seed) {
    random = new SplittableRandom(seed);
    monitors = IntStream.rangeClosed(0, random.nextInt(3)).mapToObj(i -> new Object()).toArray();
    threads =
        IntStream.rangeClosed(0, 1 + random.nextInt(3))
            .mapToObj(thread -> steps(thread, List.of()))
            .toList();
  }

  private interface Step {
    void run() throws InterruptedException;
  }

  private List<Step> steps(int thread, List<Integer> entered) {
    List<Step> steps = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      steps.add(step(thread, entered));
    }
    return steps;
  }

  private Step step(int thread, List<Integer> entered) {
    int kind = random.nextInt(10);
    if (kind < 5 && entered.size() < DEEPEST) {
      int monitor = random.nextInt(monitors.length);
      List<Integer> more = new ArrayList<>(entered);
      more.add(monitor);
      List<Step> inside = steps(thread, more);
      return () -> within(thread, monitor, inside);
    }
    if (entered.isEmpty() || kind == 5) {
      return kind == 6 ? () -> Thread.sleep(2) : () -> shared++;
    }
    int monitor = entered.get(random.nextInt(entered.size()));
    return switch (kind) {
      case 6 -> () -> waits(thread, monitor);
      case 7 -> () -> waitsBriefly(thread, monitor);
      case 8 -> () -> notifies(thread, monitor);
      default -> () -> notifiesAll(thread, monitor);
    };
  }

  private void within(int thread, int monitor, List<Step> steps) throws InterruptedException {
    log(thread, What.WANTS, monitor);
    synchronized (monitors[monitor]) {
      log(thread, What.ENTERED, monitor);
      for (Step step : steps) {
        step.run();
      }
      log(thread, What.EXITS, monitor);
    }
  }

  private void waits(int thread, int monitor) throws InterruptedException {
    log(thread, What.WAITS, monitor);
    monitors[monitor].wait();
    log(thread, What.WOKE, monitor);
  }

  private void waitsBriefly(int thread, int monitor) throws InterruptedException {
    log(thread, What.WAITS_BRIEFLY, monitor);
    monitors[monitor].wait(1);
    log(thread, What.WOKE, monitor);
  }

  private void notifies(int thread, int monitor) {
    log(thread, What.NOTIFIES, monitor);
    monitors[monitor].notify();
  }

  private void notifiesAll(int thread, int monitor) {
    log(thread, What.NOTIFIES_ALL, monitor);
    monitors[monitor].notifyAll();
  }

  /** All are interrupted when the run is over; what they do then does not count. */
  private void log(int thread, What what, int monitor) {
    if (!Thread.currentThread().isInterrupted()) {
      log.add(new Event(thread, what, monitor));
    }
  }

  private void run(int thread) {
    try {
      for (Step step : threads.get(thread)) {
        step.run();
      }
      log(thread, What.ENDS, -1);
    } catch (InterruptedException e) {
      // The run is over.
    }
  }

  /** Runs it; returns when all threads have ended. */
  public void run() throws InterruptedException {
    Together.run(
        IntStream.range(0, threads.size())
            .mapToObj(thread -> (Runnable) () -> run(thread))
            .toArray(Runnable[]::new));
  }

  /** What was done so far. */
  public List<Event> log() {
    return log;
  }

  /** How many threads there are. */
  public int threads() {
    return threads.size();
  }
}
