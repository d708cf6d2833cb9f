package dev.standstill.test;

import dev.standstill.core.Clock;
import dev.standstill.core.SliceObserver;
import dev.standstill.core.TaskRecord;
import dev.standstill.core.VirtualScheduler;
import dev.standstill.core.WaitSight;
import dev.standstill.test.spi.LoopNetwork;
import dev.standstill.test.spi.NetworkTrace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Notes what there is to see of a run, and makes a {@link Trace} of it when one is asked for. For
 * the driver, and for tasks of the loop, of which one runs at a time.
 */
final class TraceRecorder implements SliceObserver.Closely, NetworkTrace {

  /** Of so many messages each is kept. */
  private static final int MOST_MESSAGES = 100_000;

  private static final int MOST_FAILURES = 1_000;

  private static final BlockedOn[] KINDS =
      WaitSight.kinds().stream().map(BlockedOn::valueOf).toArray(BlockedOn[]::new);

  private static final Trace.By[] CAUSES = Trace.By.values();

  /**
   * What a task is that is let go on, by the number of the kind of thing that it has waited for.
   */
  private static final Trace.By[] WOKEN =
      Arrays.stream(KINDS).map(TraceRecorder::woken).toArray(Trace.By[]::new);

  /** What is kept of a task. */
  private static final class Seen {
    final int id;

    /** Null once it has ended, so that its thread can go. */
    @Nullable TaskRecord living;

    final @Nullable Object pool;
    final String host;
    final List<StackTraceElement> startedAt;
    final int startedBy;
    String name;

    /** Why it can run; -1 if it could all the time. */
    int by = -1;

    int causeTask;
    int causeSlice;

    /** What it waits for, by number; -1 if for nothing. */
    int waits = -1;

    boolean wasInterrupted;

    Seen(TaskRecord record, int startedBy, String host, boolean withStack) {
      this.id = record.id();
      this.living = record;
      this.startedBy = startedBy;
      this.host = host;
      this.pool = record.pool();
      this.startedAt = withStack ? List.of(record.origin()) : List.of();
      this.name = record.name();
    }
  }

  private final String loop;
  private final Instant start;
  private final Clock clock;
  private final int stacks;
  private final SliceColumns slices = new SliceColumns();
  private @Nullable Seen[] tasks = new Seen[16];
  private final List<Trace.Jump> jumps = new ArrayList<>();
  private final List<Thrown> failures = new ArrayList<>();
  private final List<Trace.Message> messages = new ArrayList<>();
  private final List<Trace.Outage> outages = new ArrayList<>();
  private @Nullable WaitSight sight;
  private @Nullable LoopNetwork network;
  private @Nullable TaskRecord running;
  private int lastRan;
  private Trace.@Nullable End end;
  private List<Object> namedAtEnd = List.of();

  /** A failure, with the exception itself, which tells whether it is known. */
  private record Thrown(long slice, int task, Throwable failure) {}

  /**
   * @param stacks of how many slices it is kept where they ended
   */
  TraceRecorder(String loop, Instant start, Clock clock, int stacks) {
    this.loop = loop;
    this.start = start;
    this.clock = clock;
    this.stacks = stacks;
  }

  /** The loop is about to open. */
  void opens(VirtualScheduler scheduler) {
    sight = new WaitSight(scheduler);
  }

  /** The loop has a network, which knows the hosts of tasks. */
  void opens(LoopNetwork ofLoop) {
    network = ofLoop;
    ofLoop.tellTo(this);
  }

  private static Trace.By woken(BlockedOn on) {
    return switch (on) {
      case LOCK, MONITOR, SEMAPHORE -> Trace.By.UNLOCK;
      case CONDITION, MONITOR_WAIT -> Trace.By.SIGNAL;
      case QUEUE, WORK -> Trace.By.QUEUE;
      case FUTURE, LATCH, BARRIER, JOIN -> Trace.By.COMPLETE;
      case SOCKET -> Trace.By.SOCKET;
      case SLEEP, PARK -> Trace.By.UNPARK;
    };
  }

  private @Nullable Seen known(int id) {
    return id < tasks.length ? tasks[id] : null;
  }

  /** What is kept of a task, from when it is first seen. */
  private Seen seen(TaskRecord task, int startedBy) {
    int id = task.id();
    Seen seen = known(id);
    if (seen == null) {
      if (id >= tasks.length) {
        tasks = Arrays.copyOf(tasks, Math.max(id + 1, tasks.length * 2));
      }
      String host = network == null ? "" : network.hostOf(task.thread());
      seen = new Seen(task, startedBy, host, id <= stacks);
      tasks[id] = seen;
    }
    return seen;
  }

  void sliceStarts(TaskRecord task) {
    running = task;
  }

  @Override
  public void becomesReady(TaskRecord task, Cause cause) {
    int last = running == null ? lastRan : running.id();
    boolean isDriver = running == null && cause == Cause.START;
    Seen seen = seen(task, cause == Cause.START && !isDriver ? last : 0);
    Trace.By by = by(seen, task, cause);
    seen.by = by.ordinal();
    seen.causeTask = isDriver || by == Trace.By.TIMER || by == Trace.By.OUTSIDE ? 0 : last;
    seen.causeSlice = running == null ? slices.size() : slices.size() + 1;
  }

  private static Trace.By by(Seen seen, TaskRecord task, Cause cause) {
    return switch (cause) {
      case START -> Trace.By.START;
      case TIMER -> waitsForMonitor(seen) ? Trace.By.UNLOCK : Trace.By.TIMER;
      case OUTSIDE -> Trace.By.OUTSIDE;
      case TASK -> {
        boolean isInterrupted = !seen.wasInterrupted && task.thread().isInterrupted();
        yield isInterrupted
            ? Trace.By.INTERRUPT
            : seen.waits < 0 ? Trace.By.UNPARK : WOKEN[seen.waits];
      }
    };
  }

  /** No time limit ends such a wait: while schedules are explored, the loop itself does. */
  private static boolean waitsForMonitor(Seen seen) {
    return seen.waits >= 0 && KINDS[seen.waits] == BlockedOn.MONITOR;
  }

  void sliceEnded(TaskRecord task, boolean ended, int choice, int ready) {
    running = null;
    lastRan = task.id();
    Seen seen = seen(task, 0);
    slices.add(clock.nanos(), task.id(), choice, ready, ended);
    if (seen.by >= 0) {
      slices.cause(seen.by, seen.causeTask, seen.causeSlice);
      seen.by = -1;
    }
    boolean closely = slices.size() <= stacks;
    WaitSight look = Objects.requireNonNull(sight);
    if (ended) {
      seen.name = task.name();
      seen.living = null;
    } else if (look.look(task, closely)) {
      seen.waits = look.kind();
      seen.wasInterrupted = task.thread().isInterrupted();
      slices.waits(seen.waits, kept(look), look.holder(), look.isOutside());
    } else {
      seen.waits = -1;
    }
    if (closely && !ended) {
      slices.stack(task.stack());
    }
  }

  /** Only what several tasks may wait for is told from others of its kind, and so kept. */
  private static @Nullable Object kept(WaitSight look) {
    return switch (KINDS[look.kind()]) {
      case FUTURE, JOIN, SLEEP, PARK -> null;
      default -> look.object();
    };
  }

  @Override
  public void timeMoves(long from, long to) {
    long after = slices.size();
    if (!jumps.isEmpty() && jumps.getLast().after() == after) {
      Trace.Jump before = jumps.removeLast();
      jumps.add(new Trace.Jump(after, before.from(), Duration.ofNanos(to)));
    } else {
      jumps.add(new Trace.Jump(after, Duration.ofNanos(from), Duration.ofNanos(to)));
    }
  }

  @Override
  public void failed(@Nullable TaskRecord task, Throwable failure) {
    if (failures.size() < MOST_FAILURES
        && failures.stream().noneMatch(thrown -> thrown.failure() == failure)) {
      failures.add(
          new Thrown(
              slices.size() + (running == null ? 0 : 1), task == null ? 0 : task.id(), failure));
    }
  }

  @Override
  public void sent(String from, String to, long bytes, @Nullable Duration arrives, String what) {
    if (messages.size() < MOST_MESSAGES) {
      long slice = slices.size() + (running == null ? 0 : 1);
      messages.add(
          new Trace.Message(
              slice, Duration.ofNanos(clock.nanos()), from, to, bytes, arrives, what));
    }
  }

  @Override
  public Cut cut(String what) {
    int at = outages.size();
    outages.add(new Trace.Outage(what, slices.size(), Duration.ofNanos(clock.nanos()), 0, null));
    return () -> {
      Trace.Outage open = outages.get(at);
      if (open.to() == null) {
        outages.set(
            at,
            new Trace.Outage(
                what, open.after(), open.from(), slices.size(), Duration.ofNanos(clock.nanos())));
      }
    };
  }

  /**
   * The run has ended; only what is said first counts.
   *
   * @param named the objects that the text names, in the order in which it numbers them
   */
  void ends(Trace.Outcome outcome, String text, List<Integer> cycle, List<Object> named) {
    if (end == null) {
      end = new Trace.End(outcome, text, cycle);
      namedAtEnd = named;
    }
  }

  /** All that was noted so far. */
  Trace trace(String token) {
    TracedNames names = new TracedNames();
    namedAtEnd.forEach(names::of);
    StackFrames frames = new StackFrames();
    List<Seen> all = new ArrayList<>();
    for (Seen seen : tasks) {
      if (seen != null) {
        if (seen.living != null) {
          seen.name = seen.living.name();
        }
        all.add(seen);
      }
    }
    List<Trace.Slice> told = new ArrayList<>(slices.size());
    for (int i = 0; i < slices.size(); i++) {
      told.add(slice(i, names, frames));
    }
    return new Trace(
        loop,
        start,
        token,
        all.stream().map(seen -> task(seen, names, frames)).toList(),
        told,
        jumps,
        failures.stream().map(thrown -> failure(thrown, frames)).toList(),
        messages,
        outages,
        List.of(),
        List.of(),
        null,
        end,
        frames.program(),
        List.of());
  }

  private static Trace.Task task(Seen seen, TracedNames names, StackFrames frames) {
    return new Trace.Task(
        seen.id,
        seen.name,
        seen.startedBy,
        seen.pool == null ? "" : names.ofPool(seen.pool, seen.name),
        seen.host,
        frames.of(seen.startedAt));
  }

  private static Trace.Failure failure(Thrown thrown, StackFrames frames) {
    return new Trace.Failure(
        thrown.slice(),
        thrown.task(),
        thrown.failure().toString(),
        frames.of(List.of(thrown.failure().getStackTrace())));
  }

  private Trace.Slice slice(int at, TracedNames names, StackFrames frames) {
    int task = slices.task(at);
    return new Trace.Slice(
        at + 1,
        Duration.ofNanos(slices.time(at)),
        task,
        Objects.requireNonNull(tasks[task]).name,
        slices.choice(at),
        slices.ready(at),
        slices.ended(at),
        slices.by(at) < 0
            ? null
            : new Trace.Cause(CAUSES[slices.by(at)], slices.causeTask(at), slices.causeSlice(at)),
        slices.kind(at) < 0
            ? null
            : new Trace.Wait(
                KINDS[slices.kind(at)],
                names.of(slices.object(at)),
                slices.holder(at),
                slices.outside(at)),
        frames.of(slices.stack(at)));
  }
}
