package dev.standstill.core;

import dev.standstill.jdk.AgentHooks;
import dev.standstill.jdk.Blocked;
import dev.standstill.jdk.BlockedThread;
import dev.standstill.jdk.ChannelHandlers;
import dev.standstill.jdk.HandedOver;
import dev.standstill.jdk.HandedWork;
import dev.standstill.jdk.JdkService;
import dev.standstill.jdk.MonitorWait;
import dev.standstill.jdk.Permits;
import dev.standstill.jdk.ProcessEnds;
import dev.standstill.jdk.SocketWaits;
import dev.standstill.jdk.ThreadStates;
import dev.standstill.jdk.VirtualThreads;
import dev.standstill.jdk.WokenThread;
import dev.standstill.jdk.WokenThreads;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Tells durably from externally blocked: a task is <em>externally</em> blocked if what it waits for
 * is owned, computed or ended by a thread that is not the loop's, or if the JDK waits for the
 * operating system on its behalf; else <em>durably</em>. What the driver owns itself is durable: it
 * can let it go as soon as the loop stands still. Work that was handed to a pool of others is
 * waited for, too, whether a task is seen to wait for it or not. Loop-confined.
 *
 * <p>Looking into a thread is slow, so only suspects are looked at, and only at a standstill. A
 * suspect is a task whose kind of wait could be for something outside; most waits (sleeps,
 * conditions, queues) cannot be told to be, and count as durable.
 */
final class OutsideWaits {

  /** Something outside has happened, but the loop has not been handed its task yet. */
  static final String WAKING = "a thread that is just waking it";

  /** A handler is awaited in an object of the program's own, so nobody can tell by whom. */
  private static final OutsideWait HANDLER = new OutsideWait(null, JdkService.CHANNEL.what());

  private static final String PROCESS = "the end of a process";

  private static final String OUTSIDE_CALL = "what it has called outside the loop";

  /**
   * How long, in real time, the threads of the JDK have to tell of what tasks have done, such as a
   * file that was written. Then only the time of the loop, or another program, brings them more.
   */
  private static final long GRACE_NANOS = 50_000_000;

  /** How long, in real time, a thread that has answered a task is waited for until it rests. */
  private static final long ANSWERED_NANOS = 1_000_000_000;

  private final AgentHooks.Hooked loop;
  private final TaskTable tasks;
  private final Suspects suspects = new Suspects();
  private boolean hasNew;

  /** How far time has moved while threads may have run, by their names. */
  private final Map<String, Long> unseen = new LinkedHashMap<>();

  /** Since when, in real time, no task has run; 0 if that was not looked at. */
  private long quietSince;

  OutsideWaits(AgentHooks.Hooked loop, TaskTable tasks) {
    this.loop = loop;
    this.tasks = tasks;
  }

  void suspect(TaskRecord task) {
    suspects.add(task);
    hasNew = true;
  }

  /** A task has parked; what it parked on tells whether it is a suspect. */
  void suspectParked(TaskRecord task) {
    Object blocker = LockSupport.getBlocker(task.thread());
    if (task.isOutside() || task.service() != null || isSuspicious(task, blocker)) {
      suspect(task);
    }
  }

  /** A latch is a synchronizer, too. */
  private static boolean isSuspicious(TaskRecord task, @Nullable Object blocker) {
    return blocker instanceof AbstractOwnableSynchronizer && !task.isPlain(blocker)
        || blocker instanceof FutureTask<?>
        || blocker instanceof MonitorWait
        || isInCompletableFuture(blocker);
  }

  /** The task runs again. */
  void runs(TaskRecord task) {
    quietSince = 0;
    if (!suspects.isEmpty()) {
      suspects.remove(task);
    }
  }

  /** The tasks that may wait for something outside, in the order in which they were started. */
  List<TaskRecord> suspects() {
    return suspects.inOrder();
  }

  /** All suspects if there is a new one since the last call, else none. */
  List<TaskRecord> takeNew() {
    boolean taken = hasNew;
    hasNew = false;
    return taken ? suspects.inOrder() : List.of();
  }

  /**
   * Up to when the machine has had its time: the latest time-out of a wait for the outside that has
   * really passed, in nanoseconds of the loop's clock; 0 if none has.
   */
  long passed() {
    if (suspects.isEmpty()) {
      return 0;
    }
    long now = System.nanoTime();
    long passed = 0;
    for (TaskRecord task : suspects.inOrder()) {
      long until = task.outsideUntilIfPassed(now);
      if (until != Timers.NONE && !isWakingForSocket(task)) {
        passed = Math.max(passed, until);
      }
    }
    return passed;
  }

  /** Whether what the task waits for has happened, and it has only not been woken yet. */
  private static boolean isWakingForSocket(TaskRecord task) {
    return !task.isForProcess() && SocketWaits.isReady(task.file(), task.event());
  }

  /**
   * What is waited for now: first what the externally blocked tasks wait for, in the order in which
   * they were started, then the work that was handed to pools of others; or else threads that tasks
   * have woken, or else handlers of asynchronous channels.
   */
  List<OutsideWait> find() {
    List<OutsideWait> found = new ArrayList<>(ofTasks());
    if (!loop.isEnding()) {
      HandedOver.of(loop).forEach(work -> add(describe(work), found));
    }
    return found.isEmpty() && !loop.isEnding() ? ofOthers() : found;
  }

  private static void add(String what, List<OutsideWait> found) {
    if (found.stream().noneMatch(wait -> wait.what().equals(what))) {
      found.add(new OutsideWait(null, what));
    }
  }

  /** What nobody is known to wait for, but that tasks have set in motion. */
  private List<OutsideWait> ofOthers() {
    List<OutsideWait> woken =
        WokenThreads.of(loop).stream()
            .filter(this::isAwaited)
            .map(thread -> new OutsideWait(null, describe(thread)))
            .toList();
    return woken.isEmpty() && awaitsHandler() ? List.of(HANDLER) : woken;
  }

  /**
   * Who has answered may just be about to take the next request, for which nobody has to wake him.
   */
  private boolean isAwaited(WokenThread woken) {
    if (woken.answered() && quietFor() > ANSWERED_NANOS) {
      WokenThreads.forget(woken);
      return false;
    }
    return woken.isSeen();
  }

  /** Time is about to move, though threads that tasks have woken may run. */
  void timeMoves(long nanos) {
    for (WokenThread woken : WokenThreads.of(loop)) {
      if (!woken.answered()) {
        unseen.merge(woken.thread().getName(), nanos, Long::sum);
      }
    }
  }

  /**
   * The threads that tasks have woken and that may have run while time moved, since in native code
   * nobody sees whether a thread waits.
   */
  List<RanUnseen> ranUnseen() {
    return unseen.entrySet().stream()
        .map(entry -> new RanUnseen(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** Who is externally blocked now, in the order in which they were started. */
  List<OutsideWait> ofTasks() {
    if (suspects.isEmpty()) {
      return List.of();
    }
    WaitIndex index = new WaitIndex(tasks.inOrder());
    List<OutsideWait> found = new ArrayList<>();
    for (TaskRecord task : suspects.inOrder()) {
      String what = outside(task, index);
      if (what != null) {
        found.add(new OutsideWait(task, what));
      }
    }
    return found;
  }

  /** What tasks wait for that threads of the JDK bring, even if there was time enough for it. */
  List<OutsideWait> patient() {
    List<OutsideWait> found = new ArrayList<>();
    for (TaskRecord task : suspects.inOrder()) {
      JdkService service = task.service();
      if (service != null) {
        found.add(new OutsideWait(task, service.what()));
      }
    }
    if (!loop.isEnding() && ChannelHandlers.isAnyPending(loop)) {
      found.add(HANDLER);
    }
    return found;
  }

  private boolean awaitsHandler() {
    return ChannelHandlers.isAnyPending(loop) && (ChannelHandlers.isAnyCalled(loop) || !hadTime());
  }

  private static String describe(HandedWork handed) {
    String to =
        handed.running()
            ? "thread \"%s\", which is not the loop's"
            : "a pool whose thread \"%s\" is not the loop's";
    return "work that %s handed to ".formatted(new CallSite(handed.by(), handed.at()))
        + to.formatted(handed.thread().getName());
  }

  private static String describe(WokenThread woken) {
    return nameOf(woken.thread()) + " and was woken by " + new CallSite(woken.by(), woken.at());
  }

  private @Nullable String outside(TaskRecord task, WaitIndex index) {
    if (task.isForProcess()) {
      return PROCESS;
    }
    JdkService service = task.service();
    if (service != null) {
      String waking = task.isRunnable() ? WAKING : null;
      return service.answersAlways() || !hadTime() ? service.what() : waking;
    }
    if (task.outsideUntilIfPassed(System.nanoTime()) != Timers.NONE) {
      // Else a timer of the loop is set for it, as for any timed wait.
      return isWakingForSocket(task) ? WAKING : null;
    }
    if (task.isOutside()) {
      return "a socket";
    }
    String what =
        switch (VirtualThreads.state(task.thread())) {
          case VirtualThreads.BLOCKED -> ofMonitor(task, index);
          case VirtualThreads.PARKED, VirtualThreads.TIMED_PARKED -> ofPark(task, index);
          case VirtualThreads.WAIT, VirtualThreads.TIMED_WAIT -> ofJoin(task, index);
          default -> null;
        };
    return what == null && task.isRunnable() ? WAKING : what;
  }

  private boolean hadTime() {
    return quietFor() > GRACE_NANOS;
  }

  /** For how long, in real time, no task has run, as far as that was looked at. */
  private long quietFor() {
    long now = System.nanoTime();
    quietSince = quietSince == 0 ? now : quietSince;
    return now - quietSince;
  }

  private @Nullable String ofMonitor(TaskRecord task, WaitIndex index) {
    BlockedThread look = task.look();
    return look == null
            || look.object() == null
            || Thread.holdsLock(look.object())
            || index.ownerOf(look.object()) != null
        ? null
        : "a monitor that no task of the loop owns";
  }

  private @Nullable String ofPark(TaskRecord task, WaitIndex index) {
    Object blocker = LockSupport.getBlocker(task.thread());
    if (blocker != null && isLatch(blocker)) {
      return ofLatch(task, blocker, index);
    }
    if (isInCompletableFuture(blocker)) {
      return ProcessEnds.mayWake(blocker) ? PROCESS : null;
    }
    if (blocker instanceof OutsideCall<?> call) {
      return call.isOver() ? null : OUTSIDE_CALL;
    }
    if (blocker instanceof Permits permits) {
      return ofHolders(permits);
    }
    HandedWork awaited = blocker instanceof FutureTask<?> ? HandedOver.find(blocker) : null;
    if (awaited != null) {
      return describe(awaited);
    }
    Thread owner = ThreadStates.ownerOfBlocker(task.thread());
    return owner == null && ThreadStates.parksOnReleasedLock(task.thread())
        ? WAKING
        : ofOwner(owner);
  }

  /** A permit that a thread outside holds comes from there, be there others or not. */
  private @Nullable String ofHolders(Permits permits) {
    if (permits.areChangingHands()) {
      return WAKING;
    }
    return permits.virtualHolders().stream()
        .map(this::ofOwner)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /**
   * A latch stands for the end of a thread, or never does. Who polls in one is looked at once:
   * looking takes longer than all else that happens in a poll.
   */
  private @Nullable String ofLatch(TaskRecord task, Object latch, WaitIndex index) {
    BlockedThread look = task.look();
    if (look != null && look.on() != Blocked.JOIN) {
      task.waitsInPlain(latch);
    }
    return ofJoin(task, index);
  }

  private @Nullable String ofJoin(TaskRecord task, WaitIndex index) {
    BlockedThread look = task.look();
    if (look == null || look.on() != Blocked.JOIN) {
      return null;
    }
    if (look.object() instanceof Thread thread) {
      return isOutside(thread) ? nameOf(thread) : null;
    }
    return look.object() != null && index.joined(look.object()) != null
        ? null
        : "the end of a thread that is not the loop's";
  }

  private @Nullable String ofOwner(@Nullable Thread owner) {
    return owner != null && owner.isAlive() && isOutside(owner) ? nameOf(owner) : null;
  }

  private boolean isOutside(Thread thread) {
    return thread != Thread.currentThread() && tasks.of(thread) == null;
  }

  private static String nameOf(Thread thread) {
    return "thread \"%s\", which is not the loop's".formatted(thread.getName());
  }

  /** Read from {@code CompletableFuture}, JDK 25: its {@code Signaller} is what waiters park on. */
  private static boolean isInCompletableFuture(@Nullable Object blocker) {
    return blocker instanceof ForkJoinPool.ManagedBlocker;
  }

  private static boolean isLatch(Object blocker) {
    return blocker.getClass().getEnclosingClass() == CountDownLatch.class;
  }
}
