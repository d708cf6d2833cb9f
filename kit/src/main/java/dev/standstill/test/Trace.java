package dev.standstill.test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a loop ran, slice by slice, and what there is to see of it: who let whom go on, what tasks
 * waited for, when time moved, what failed. Immutable.
 *
 * @param loop the loop's name
 * @param start the virtual date at which the loop's time starts
 * @param token what repeats the run; empty if nobody knows
 * @param tasks all tasks that ran, in the order in which they were started
 * @param slices in the order in which they ran
 * @param jumps when time moved, in order
 * @param failures what tasks have thrown, in order
 * @param messages what was sent over the network of the loop, in order
 * @param outages what did not work for a while, such as a link, in order
 * @param departures where the run differs from one that passes, in order; none if nobody knows
 * @param steps what tasks did that others can race with, as far as it was told, in order
 * @param passing the nearest run that passes; null if nobody knows one
 * @param end how the run ended; null if it goes on
 * @param program the names of the classes on stacks that are the program's own
 * @param sources lines of the program's source, as far as they were found
 */
public record Trace(
    String loop,
    Instant start,
    String token,
    List<Task> tasks,
    List<Slice> slices,
    List<Jump> jumps,
    List<Failure> failures,
    List<Message> messages,
    List<Outage> outages,
    List<Departure> departures,
    List<Step> steps,
    @Nullable Passing passing,
    @Nullable End end,
    List<String> program,
    List<SourceLine> sources) {

  /** Copies the lists. */
  public Trace {
    tasks = List.copyOf(tasks);
    slices = List.copyOf(slices);
    jumps = List.copyOf(jumps);
    failures = List.copyOf(failures);
    messages = List.copyOf(messages);
    outages = List.copyOf(outages);
    departures = List.copyOf(departures);
    steps = List.copyOf(steps);
    program = List.copyOf(program);
    sources = List.copyOf(sources);
  }

  /**
   * Returns a trace of a loop that has run nothing.
   *
   * @param loop the loop's name
   * @param start the virtual date at which its time starts
   * @return the trace
   */
  public static Trace empty(String loop, Instant start) {
    return new Trace(
        loop, start, "", List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
        List.of(), List.of(), null, null, List.of(), List.of());
  }

  /**
   * A task of the loop.
   *
   * @param id the task's number in its loop, 1 for the first that was started
   * @param name the task's name
   * @param startedBy the number of the task that has started it; 0 if none has
   * @param pool the name of the pool whose worker it is; empty if it is none
   * @param host the host of the loop's network that it runs on; empty if there are none
   * @param startedAt the stack of the thread that started it, innermost frame first; empty if that
   *     is not known
   */
  public record Task(
      int id,
      String name,
      int startedBy,
      String pool,
      String host,
      List<StackTraceElement> startedAt) {

    /** Copies the list. */
    public Task {
      startedAt = List.copyOf(startedAt);
    }
  }

  /**
   * One slice of one task.
   *
   * @param number from 1
   * @param time virtual time since the loop's start
   * @param task the task's number in its loop
   * @param name the task's name
   * @param choice its position among the ready tasks, from 0
   * @param ready how many tasks were ready
   * @param ended whether the task ended with this slice
   * @param cause why the task could run; null if it could go on all the time
   * @param then what it waits for at the end of the slice; null if it could go on, or has ended
   * @param stack where the task stopped, innermost frame first; empty unless asked for
   */
  public record Slice(
      long number,
      Duration time,
      int task,
      String name,
      int choice,
      int ready,
      boolean ended,
      @Nullable Cause cause,
      @Nullable Wait then,
      List<StackTraceElement> stack) {

    /** Copies the list. */
    public Slice {
      stack = List.copyOf(stack);
    }

    /** Writes the slice as one line. */
    @Override
    public String toString() {
      return "%d +%s #%d %s (%d of %d)%s"
          .formatted(number, time, task, name, choice, ready, ended ? " ended" : "");
    }
  }

  /** How a task that waited was let go on. */
  public enum By {
    /** Another task has started it. */
    START("is started"),
    /** A lock, a monitor or a permit was given back. */
    UNLOCK("gets what was given back"),
    /** A condition was signalled, or a monitor notified. */
    SIGNAL("is notified"),
    /** Something was put into a queue, or taken out of one that was full. */
    QUEUE("gets its turn at a queue"),
    /** A result has come, a thread has ended, a latch has opened. */
    COMPLETE("gets a result"),
    /** It was interrupted. */
    INTERRUPT("is interrupted"),
    /** Data has come over a socket, or can be sent. */
    SOCKET("is told by a socket"),
    /** It was unparked in some other way. */
    UNPARK("is unparked"),
    /** Its time has come. */
    TIMER("has waited long enough"),
    /** A thread that is not the loop's has let it go on: such as that of the test. */
    OUTSIDE("is let go on from outside");

    private final String words;

    By(String words) {
      this.words = words;
    }

    /** Says it in words, to follow a name. */
    @Override
    public String toString() {
      return words;
    }
  }

  /**
   * Why a task could run.
   *
   * @param by how it came about
   * @param task the number of the task that has let it; 0 if none has
   * @param slice the number of that task's slice, or of the last one before it happened
   */
  public record Cause(By by, int task, long slice) {}

  /**
   * What a task waits for.
   *
   * @param on what kind of thing
   * @param object which one, such as {@code ReentrantLock#1}; empty if nobody knows
   * @param holder the number of the task that has it, computes it or is joined; 0 if nobody knows
   * @param outside whether something outside the loop may end it
   */
  public record Wait(BlockedOn on, String object, int holder, boolean outside) {}

  /**
   * Time has moved because all stood still.
   *
   * @param after the number of the slice before it; 0 if there is none
   * @param from virtual time since the loop's start
   * @param to virtual time then
   */
  public record Jump(long after, Duration from, Duration to) {}

  /**
   * A task has thrown what ends it, or what a future keeps.
   *
   * @param slice the number of the slice
   * @param task the task's number; 0 if it was none
   * @param text the exception
   * @param stack its stack, innermost frame first
   */
  public record Failure(long slice, int task, String text, List<StackTraceElement> stack) {

    /** Copies the list. */
    public Failure {
      stack = List.copyOf(stack);
    }
  }

  /**
   * Something was sent from one host to another.
   *
   * @param slice the number of the slice in which it was sent
   * @param sent virtual time since the loop's start
   * @param from the host that has sent it
   * @param to the host that it was sent to
   * @param bytes how much
   * @param arrives when it comes there; null if it is lost
   * @param what it, in a few words
   */
  public record Message(
      long slice,
      Duration sent,
      String from,
      String to,
      long bytes,
      @Nullable Duration arrives,
      String what) {}

  /**
   * Something did not work for a while.
   *
   * @param what it, in a few words
   * @param after the number of the slice before it began
   * @param from virtual time since the loop's start
   * @param until the number of the slice before it ended; 0 if it did not
   * @param to virtual time then; null if it did not
   */
  public record Outage(String what, long after, Duration from, long until, @Nullable Duration to) {}

  /**
   * The run departs from one that passes: another task went on than would have, or something has
   * happened that need not happen, such as the loss of a packet.
   *
   * @param slice the number of the slice that runs instead, or in which it has happened
   * @param task the number of the task that ran until then, or that it has happened to; 0 if none
   * @param after the number of the task that runs instead; 0 if something has happened
   * @param steps how many of the steps came before
   * @param times how often the same has happened without anything in between
   * @param place where that was in the program, if something has happened; empty if nobody knows
   * @param what it, in a few words, such as {@code is preempted}
   * @param text says all of it
   */
  public record Departure(
      long slice,
      int task,
      int after,
      int steps,
      int times,
      String place,
      String what,
      String text) {

    /**
     * Tells the two kinds apart.
     *
     * @return whether another task went on; else something has happened
     */
    public boolean isSwitch() {
      return after != 0;
    }
  }

  /**
   * What a task did that others can race with.
   *
   * @param slice the number of the slice
   * @param task the task's number
   * @param place where, such as {@code Account.java:17}
   * @param method in which method; empty if nobody knows
   * @param text what, such as {@code reads balance: 100}
   */
  public record Step(long slice, int task, String place, String method, String text) {}

  /**
   * The nearest run that passes: it goes on like the one that fails, but for what was left out.
   *
   * @param without which of the departures were left out, by their numbers from 1
   * @param trace what it ran
   */
  public record Passing(List<Integer> without, Trace trace) {

    /** Copies the list. */
    public Passing {
      without = List.copyOf(without);
    }
  }

  /** How a run ended. */
  public enum Outcome {
    /** It did what was asked. */
    PASSED("passed"),
    /** Something was thrown. */
    FAILED("failed"),
    /** Tasks wait for each other, or for nothing, for ever. */
    DEADLOCK("stands still for good"),
    /** Tasks keep each other busy, or time moves without an end. */
    LIVELOCK("never ends"),
    /** What is outside does not answer. */
    OUTSIDE("waits for the outside"),
    /** A task keeps all others from running. */
    STUCK("is held up");

    private final String words;

    Outcome(String words) {
      this.words = words;
    }

    /** Says it in words. */
    @Override
    public String toString() {
      return words;
    }
  }

  /**
   * How a run ended.
   *
   * @param outcome in a word
   * @param text what was said of it; empty if nothing
   * @param cycle the numbers of the tasks each of which waits for the next, and the last for the
   *     first; empty if there are none
   */
  public record End(Outcome outcome, String text, List<Integer> cycle) {

    /** Copies the list. */
    public End {
      cycle = List.copyOf(cycle);
    }

    /**
     * Returns the end of a run of which no more is known than what it has thrown.
     *
     * @param failure what it has thrown; null if it has passed
     * @return an end
     */
    public static End of(@Nullable Throwable failure) {
      return failure == null
          ? new End(Outcome.PASSED, "", List.of())
          : new End(Outcome.FAILED, failure.toString(), List.of());
    }
  }

  /**
   * A line of the program's source.
   *
   * @param file the file, as stacks name it after the package: {@code com/acme/Account.java}
   * @param line its number, from 1
   * @param text the line
   */
  public record SourceLine(String file, int line, String text) {}

  /**
   * Returns the same with a token.
   *
   * @param other what repeats the run
   * @return a trace
   */
  public Trace withToken(ReplayToken other) {
    return with(other.toString(), departures, steps, passing, end, sources);
  }

  /**
   * Returns the same with what is known of why it fails.
   *
   * @param others where the run differs from one that passes
   * @param done what tasks did that others can race with
   * @return a trace
   */
  public Trace withDepartures(List<Departure> others, List<Step> done) {
    return with(token, others, done, passing, end, sources);
  }

  /**
   * Returns the same with a run that passes.
   *
   * @param other the nearest one
   * @return a trace
   */
  public Trace withPassing(Passing other) {
    return with(token, departures, steps, other, end, sources);
  }

  /**
   * Returns the same with an end, if it has none yet.
   *
   * @param other how the run ended, as far as somebody outside can tell
   * @return a trace
   */
  public Trace withEnd(End other) {
    return end == null ? with(token, departures, steps, passing, other, sources) : this;
  }

  /**
   * Returns the same with lines of source.
   *
   * @param others the lines
   * @return a trace
   */
  public Trace withSources(List<SourceLine> others) {
    return with(token, departures, steps, passing, end, others);
  }

  /** What a run did is known when it is over; these are found out of it later. */
  private Trace with(
      String newToken,
      List<Departure> newDepartures,
      List<Step> newSteps,
      @Nullable Passing newPassing,
      @Nullable End newEnd,
      List<SourceLine> newSources) {
    return new Trace(
        loop,
        start,
        newToken,
        tasks,
        slices,
        jumps,
        failures,
        messages,
        outages,
        newDepartures,
        newSteps,
        newPassing,
        newEnd,
        program,
        newSources);
  }

  /** Writes a line for each slice. */
  @Override
  public String toString() {
    return slices.stream().map(Slice::toString).collect(Collectors.joining("\n"));
  }
}
