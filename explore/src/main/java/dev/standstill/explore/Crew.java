package dev.standstill.explore;

import dev.standstill.test.ReplayToken;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs schedules on several threads, and hands them out in the order of their numbers, so that the
 * result is that of one thread. For one thread, that of the exploration.
 *
 * <p>A schedule depends on its number alone once the search has learnt, but for one thing: static
 * fields of classes that earlier runs have initialised start afresh before the program, and not
 * when it first uses them. So all programs have initialised the same classes, those of the runs so
 * far; when a run comes to initialise others, what was run ahead of it is thrown away, and all
 * begin anew with programs that have repeated that run, too.
 */
final class Crew implements AutoCloseable {

  /** How many schedules a thread runs before it hands them over. */
  private static final int SHIFT = 16;

  /** How many shifts are run ahead for each thread. */
  private static final int AHEAD = 2;

  /** A program of its own, and a search. For one thread at a time. */
  interface Member {
    Ran run(long number);

    /** Lets the program initialise what it did in that run. */
    void repeat(ReplayToken token);
  }

  /** The programs that have initialised the same classes. */
  private static final class Generation {
    private final List<ReplayToken> initialising;
    private final Queue<Member> idle = new ConcurrentLinkedQueue<>();
    private volatile boolean isOver;

    Generation(List<ReplayToken> initialising) {
      this.initialising = List.copyOf(initialising);
    }
  }

  private final ExecutorService threads;
  private final int most;
  private final Supplier<Member> members;
  private final LongPredicate leavesOut;
  private final BooleanSupplier isTimeUp;
  private final Queue<Future<List<Ran>>> ahead = new ArrayDeque<>();
  private Iterator<Ran> handedOver = Collections.emptyIterator();
  private Generation generation = new Generation(List.of());
  private long next;

  /**
   * @param members makes one more; any thread may call
   * @param leavesOut which schedules are run by whoever takes the others from this; any thread may
   *     call
   * @param isTimeUp whether no more schedules are to be run; any thread may call
   */
  Crew(int threads, Supplier<Member> members, LongPredicate leavesOut, BooleanSupplier isTimeUp) {
    this.threads =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("standstill-explorer-", 1).factory());
    this.most = threads * AHEAD;
    this.members = members;
    this.leavesOut = leavesOut;
    this.isTimeUp = isTimeUp;
  }

  /**
   * Goes on with a schedule, whatever was run ahead.
   *
   * @param initialising what repeats, in order, the runs so far that have initialised classes
   */
  void goOnWith(long number, List<ReplayToken> initialising) {
    generation.isOver = true;
    handedOver = Collections.emptyIterator();
    ahead.clear();
    generation = new Generation(initialising);
    next = number;
  }

  /**
   * Returns the next schedule; null if time was up before it was run.
   *
   * @throws IllegalStateException if the calling thread is interrupted
   */
  @Nullable Ran next() {
    if (!handedOver.hasNext()) {
      while (ahead.size() < most) {
        begin(next);
        next += SHIFT;
      }
      handedOver = result(ahead.remove()).iterator();
    }
    return handedOver.hasNext() ? handedOver.next() : null;
  }

  private void begin(long from) {
    Generation current = generation;
    ahead.add(threads.submit(() -> shift(current, from)));
  }

  /** Ends early with a run on which those after it depend. */
  private List<Ran> shift(Generation current, long from) {
    List<Ran> runs = new ArrayList<>(SHIFT);
    Member member = current.isOver ? null : idle(current);
    for (long number = from; member != null && number < from + SHIFT; number++) {
      if (current.isOver || isTimeUp.getAsBoolean()) {
        return runs;
      }
      if (!leavesOut.test(number)) {
        Ran run = member.run(number);
        runs.add(run);
        if (run.changesThoseAfter()) {
          return runs;
        }
      }
    }
    if (member != null) {
      current.idle.add(member);
    }
    return runs;
  }

  private Member idle(Generation current) {
    Member idle = current.idle.poll();
    if (idle == null) {
      idle = members.get();
      current.initialising.forEach(idle::repeat);
    }
    return idle;
  }

  private static List<Ran> result(Future<List<Ran>> shift) {
    try {
      return shift.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The thread that explores was interrupted.", e);
    } catch (ExecutionException e) {
      switch (Objects.requireNonNull(e.getCause())) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        default -> throw new IllegalStateException(e);
      }
    }
  }

  /** Returns when no schedule runs any more. */
  @Override
  public void close() {
    generation.isOver = true;
    threads.close();
  }
}
