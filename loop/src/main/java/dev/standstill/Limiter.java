package dev.standstill;

import dev.standstill.jdk.Permits;
import java.util.List;
import java.util.Optional;

/**
 * Limits how many do something at once, and tells who does and who waits. Any thread may use it, a
 * task or not.
 *
 * <pre>{@code
 * var connections = new Limiter(10);
 * try (var _ = connections.acquire()) {
 *   fetch(page);
 * }
 * }</pre>
 *
 * <p>Permits are given in the order in which they are asked for. Whoever is interrupted while it
 * waits, as a task that is cancelled or has a {@link Timeout}, gets none and loses none. A report
 * of a test loop says of a task that waits for a permit who holds those that there are; one that is
 * held by a thread outside the loop is waited for as any other work outside.
 *
 * <p>What a thread did before it gave a permit back happens-before what the next holder does.
 *
 * <p>Modelled on Trio's {@code CapacityLimiter}. {@code java.util.concurrent.Semaphore} does the
 * same for those who need not know its holders.
 */
public final class Limiter {

  private final Permits permits;

  /**
   * Makes a limiter that nobody uses.
   *
   * @param permits how many may hold a permit at once
   * @throws IllegalArgumentException if that is none
   */
  public Limiter(int permits) {
    if (permits < 1) {
      throw new IllegalArgumentException(
          "A limiter that has %d permits would let nobody pass: it needs 1 or more."
              .formatted(permits));
    }
    this.permits = new Permits(this, permits);
  }

  /**
   * Waits for a permit, behind all who wait already.
   *
   * @return the permit, which is given back when it is closed
   * @throws InterruptedException if the caller is interrupted, which is how a task is cancelled; it
   *     has no permit then
   */
  public Permit acquire() throws InterruptedException {
    return new Permit(permits, permits.acquire());
  }

  /**
   * Takes a permit if one is free and nobody waits for it; never waits.
   *
   * @return the permit, or empty
   */
  public Optional<Permit> tryAcquire() {
    long number = permits.tryAcquire();
    return number == Permits.NONE ? Optional.empty() : Optional.of(new Permit(permits, number));
  }

  /**
   * Tells who holds permits now.
   *
   * @return the threads that acquired them, in that order; one that holds two is there twice
   */
  public List<Thread> holders() {
    return permits.holders();
  }

  /**
   * Tells who waits for a permit now.
   *
   * @return the threads, the one that is served next first
   */
  public List<Thread> waiting() {
    return permits.waiting();
  }

  /** How many permits there are and how many are taken, for messages. */
  @Override
  public String toString() {
    return "Limiter of %d, of which %d are held".formatted(permits.all(), holders().size());
  }

  /** Lets its holder go on until it is closed. Any thread may close it. */
  public static final class Permit implements AutoCloseable {

    private final Permits permits;
    private final long number;

    private Permit(Permits permits, long number) {
      this.permits = permits;
      this.number = number;
    }

    /** Gives the permit back; does nothing if that has been done. */
    @Override
    public void close() {
      permits.release(number);
    }
  }
}
