package dev.standstill.core;

import dev.standstill.jdk.BlockedThread;
import dev.standstill.jdk.JdkService;
import dev.standstill.jdk.ThreadStates;
import dev.standstill.jdk.VirtualThreads;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** What a loop knows of one of its virtual threads. Loop-confined but for the final fields. */
public final class TaskRecord implements Runnable {

  /** Odd, and with its bits well mixed: the golden ratio's, as in {@code SplittableRandom}. */
  private static final long PATH_FACTOR = 0x9E3779B97F4A7C15L;

  private final Thread thread;
  private final @Nullable Throwable origin;
  private final boolean background;
  private final boolean nonDaemon;
  private final @Nullable LoopProcess home;
  private @Nullable Runnable slice;
  private int id;
  private long path = 1;
  private long pathOfStarter;
  private long starterId;
  private @Nullable String starterName;
  private int children;
  private @Nullable Object mark;
  private long blockedSince;
  private boolean outside;
  private boolean process;
  private @Nullable JdkService service;
  private int file;
  private int event;
  private long outsideUntil = Timers.NONE;
  private long outsideUntilReal;
  private @Nullable Object plainLatch;
  private @Nullable BlockedThread look;
  private int lookState;
  private @Nullable Object waitsIn;
  private boolean waitsBriefly;
  private boolean cancelled;
  private @Nullable Future<?> limit;

  /** How often in a row the task has polled, and since when; for {@link Polling}. */
  int polls;

  long pollingSince;
  @Nullable Runnable handedOver;
  boolean watched;

  /** For {@link Suspects}; negative if the task is none. */
  int placeAmongSuspects = -1;

  /** For {@link WaitSight}; null if the run is not traced, or nothing had to be kept. */
  WaitSight.@Nullable Known knownWaits;

  TaskRecord(Thread thread, @Nullable Throwable origin) {
    this(thread, origin, false);
  }

  /**
   * @param origin thrown nowhere; its stack trace is the place that started the task
   * @param background whether the task is meant to be cut off when its loop closes
   */
  TaskRecord(Thread thread, @Nullable Throwable origin, boolean background) {
    this.thread = thread;
    this.origin = origin;
    this.background = background;
    this.nonDaemon = VirtualThreads.backsNonDaemon(thread);
    this.home = LoopProcess.of(thread);
  }

  /** The process that the task is in; null if its loop has none, or it is in none. */
  public @Nullable LoopProcess home() {
    return home;
  }

  /** This task, whose next slice is the one that the JDK has submitted. */
  TaskRecord with(Runnable submitted) {
    slice = submitted;
    return this;
  }

  /** Runs the task until it blocks, yields or ends. For its scheduler only. */
  @Override
  public void run() {
    slice().run();
  }

  /** What the JDK has submitted last. */
  Runnable slice() {
    return Objects.requireNonNull(slice, "a slice");
  }

  /** Whether the task keeps a program running: a platform thread of its, and no daemon. */
  public boolean isNonDaemon() {
    return nonDaemon;
  }

  /** The number of the task in its loop: 1 for the first that was started. */
  public int id() {
    return id;
  }

  void id(int id) {
    this.id = id;
  }

  /** An identity hash code would cost a call of the JVM for each new task. */
  @Override
  public int hashCode() {
    return id;
  }

  /**
   * Tells the task from others in whatever order the tasks of a program are started: made of the
   * path of its starter, and of how many tasks that had started before.
   */
  public long path() {
    return path;
  }

  /** The path of the task that started this one; 0 if none did. */
  public long pathOfStarter() {
    return pathOfStarter;
  }

  void startedBy(TaskRecord starter) {
    pathOfStarter = starter.path;
    path = starter.path * PATH_FACTOR + ++starter.children;
    starterId = starter.thread.threadId();
    starterName = starter.thread.getName();
  }

  /** Notes who starts the task: not the thread itself, which may end long before the task. */
  void startedBy(Thread starter) {
    starterId = starter.threadId();
    starterName = starter.getName();
  }

  /** Who has started the task; null if its loop has, for a timer. */
  @Nullable Peer startedBy() {
    return starterName == null ? null : Peer.of(starterId, starterName);
  }

  /** What the strategy of the loop has noted of the task. */
  public @Nullable Object mark() {
    return mark;
  }

  /** Notes something of the task. */
  public void mark(Object note) {
    mark = note;
  }

  /** The virtual thread. */
  public Thread thread() {
    return thread;
  }

  /** The thread as programs see it, which is a platform thread if the task backs one. */
  public Thread seenThread() {
    return VirtualThreads.seen(thread);
  }

  /** The pool whose worker the task is, as far as that can be told; null if it is none. */
  public @Nullable Object pool() {
    return VirtualThreads.poolOf(seenThread());
  }

  /** The thread's name now, or one made from the task's number; after that of its process. */
  public String name() {
    String name = thread.getName();
    String own = name.isEmpty() ? "unnamed-" + id : name;
    return home == null ? own : home.name() + "/" + own;
  }

  /** The stack of the thread that started this task; empty where the loop does not record it. */
  public StackTraceElement[] origin() {
    return origin == null ? new StackTraceElement[0] : origin.getStackTrace();
  }

  /** Whether the task is meant to be cut off when its loop closes. */
  public boolean isBackground() {
    return background;
  }

  /** When the task's last slice ended, in nanoseconds of the loop's clock. */
  public long blockedSince() {
    return blockedSince;
  }

  void blockedSince(long moment) {
    blockedSince = moment;
  }

  /** The task is about to run: what was seen of its last wait is no longer true. */
  void runs() {
    look = null;
  }

  /** The task is about to wait in a monitor, or has done so, if null; told by explored programs. */
  public void waitsIn(@Nullable Object monitor) {
    waitsIn = monitor;
    waitsBriefly = false;
  }

  /** The task is about to wait in a monitor; told by explored programs. */
  public boolean isAboutToWait() {
    return waitsIn != null;
  }

  /** The wait of which {@link #waitsIn} has told is a timed one, and ends once others may run. */
  public void waitsBriefly() {
    waitsBriefly = true;
  }

  /** Whether {@link #waitsBriefly} has been called for the wait that goes on. */
  boolean isWaitingBriefly() {
    return waitsBriefly;
  }

  /**
   * Looks into the task while it does not run; null if it has ended. That is slow, so it is done
   * once for each state of each wait: what a task waits for, and what monitors it has, does not
   * change meanwhile. Who owns what it waits for may.
   */
  @Nullable BlockedThread look() {
    int state = VirtualThreads.state(thread);
    if (look == null || state != lookState) {
      look = ThreadStates.inspect(thread, waitsIn);
      lookState = state;
    }
    return look;
  }

  /**
   * Whether the task is parked until something outside the loop happens, as the JDK's own code
   * said.
   */
  boolean isOutside() {
    return outside;
  }

  void outside(boolean waits) {
    outside = waits;
    process = false;
    service = null;
    outsideUntil = Timers.NONE;
  }

  /**
   * The wait for something outside has a time-out.
   *
   * @param moment when it passes, in nanoseconds of the loop's clock
   * @param real when it passes for the machine, in terms of the real {@code System.nanoTime()}
   */
  void outsideUntil(long moment, long real) {
    outsideUntil = moment;
    outsideUntilReal = real;
  }

  /** When the time-out passes for the loop that has passed for the machine; else NONE. */
  long outsideUntilIfPassed(long realNow) {
    return outside && outsideUntil != Timers.NONE && realNow - outsideUntilReal >= 0
        ? outsideUntil
        : Timers.NONE;
  }

  /** Whether that is the end of a process. */
  boolean isForProcess() {
    return process;
  }

  void outsideForProcess() {
    outside = true;
    process = true;
  }

  /** What a thread of the JDK is to do for the task before that goes on; null if nothing. */
  @Nullable JdkService service() {
    return service;
  }

  void waitsFor(JdkService awaited) {
    service = awaited;
  }

  /** Whether {@code latch} is one of which {@link #waitsInPlain} has told. */
  boolean isPlain(Object latch) {
    return latch == plainLatch;
  }

  /** The task has waited in a latch of the program's, not for the end of a thread. */
  void waitsInPlain(Object latch) {
    plainLatch = latch;
  }

  /** The task is about to wait for an event of a file descriptor. */
  void polls(int file, int event) {
    this.file = file;
    this.event = event;
  }

  /** The file descriptor for which the task waits if it is {@link #isOutside}. */
  int file() {
    return file;
  }

  /** The event for which it waits, 0 for any. */
  int event() {
    return event;
  }

  /**
   * Where the task stopped, innermost frame first; empty if it has ended. Not {@code
   * Thread.getStackTrace()}, which submits a task that is ready once more (JDK 25, {@code
   * VirtualThread.tryGetStackTrace}).
   */
  public List<StackTraceElement> stack() {
    BlockedThread seen = look();
    return seen == null ? List.of() : seen.stack();
  }

  /** Cancels the task: through its handle if it has one, else by an interrupt. */
  void cancel() {
    cancelled = true;
    if (thread.getUncaughtExceptionHandler() instanceof LoopTask<?> handle) {
      handle.cutOff();
    }
    thread.interrupt();
  }

  /** Whether the task was cancelled with an interrupt, by itself or with its loop. */
  boolean isCancelled() {
    return cancelled
        || thread.getUncaughtExceptionHandler() instanceof LoopTask<?> handle
            && handle.isInterruptedByCancel();
  }

  /** Notes what ends the wait that the task has begun, at its limit. */
  void limit(@Nullable Future<?> limit) {
    this.limit = limit;
  }

  /** The task is not to run at the limit of its wait. */
  void dropLimit() {
    if (limit != null) {
      limit.cancel(false);
    }
  }

  /** Whether the task is inside {@code Object.wait} and was not woken. */
  public boolean isInObjectWait() {
    int state = VirtualThreads.state(thread);
    return state == VirtualThreads.WAIT || state == VirtualThreads.TIMED_WAIT;
  }

  /** Whether the task can run or is running. */
  public boolean isRunnable() {
    return switch (VirtualThreads.state(thread)) {
      case VirtualThreads.PARKED,
          VirtualThreads.TIMED_PARKED,
          VirtualThreads.WAIT,
          VirtualThreads.TIMED_WAIT,
          VirtualThreads.TERMINATED ->
          false;
      case VirtualThreads.BLOCKED -> ThreadStates.handOverInFlight(thread);
      default -> true;
    };
  }
}
