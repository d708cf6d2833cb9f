package dev.standstill.test;

import dev.standstill.TaskSnapshot;
import dev.standstill.core.Peer;
import dev.standstill.core.Scheduler;
import dev.standstill.core.TaskRecord;
import dev.standstill.core.VirtualClock;
import dev.standstill.core.VirtualScheduler;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What a loop shows of its tasks. Any thread may ask; the driver answers between two slices, or the
 * caller itself if nobody drives.
 */
final class LoopView {

  /** How long another thread waits for the driver to come by. */
  private static final long ANSWER_SECONDS = 2;

  private final VirtualTimeLoop loop;
  private final VirtualScheduler scheduler;
  private final VirtualClock clock;
  private final Driver driver;

  LoopView(VirtualTimeLoop loop, VirtualScheduler scheduler, VirtualClock clock, Driver driver) {
    this.loop = loop;
    this.scheduler = scheduler;
    this.clock = clock;
    this.driver = driver;
  }

  /** See {@link TestLoop#blocked}. */
  List<BlockedTask> blocked() {
    return ask(this::findBlocked);
  }

  /** See {@link TestLoop#tasks}. */
  List<TaskSnapshot> tasks() {
    return ask(() ->
        scheduler.taskStates().stream()
            .map(task ->
                new TaskSnapshot(
                    task.name(),
                    task.thread(),
                    task.state(),
                    task.stack(),
                    shown(task.startedBy()),
                    shown(task.waitsFor())))
            .toList());
  }

  private static TaskSnapshot.@Nullable Peer shown(@Nullable Peer peer) {
    return peer == null ? null : new TaskSnapshot.Peer(peer.threadId(), peer.name());
  }

  /** See {@link TestLoop#report}. */
  String report() {
    return ask(() -> {
      List<BlockedTask> blocked = findBlocked();
      List<TaskRecord> ready =
          scheduler.tasks().stream()
              .filter(task -> task.isRunnable() && task != scheduler.running())
              .toList();
      return FailureReport.of(summary(blocked.size(), ready.size()), findings(blocked, ready));
    });
  }

  private String summary(int blocked, int ready) {
    List<String> holds = driver.holds().reasons();
    return "%s at %s: %s%s%s."
        .formatted(
            loop,
            clock.now(),
            FailureReport.count(blocked, "is blocked", "are blocked"),
            ready == 0 ? "" : ", " + ready + " can run",
            holds.isEmpty() ? "" : ", time is held (" + String.join("; ", holds) + ")");
  }

  /** The blocked tasks, some that are ready, and what failed unseen; for the driver only. */
  Findings find(List<TaskRecord> ready) {
    return findings(findBlocked(), ready);
  }

  private Findings findings(List<BlockedTask> blocked, List<TaskRecord> ready) {
    return new Findings(
        blocked, ready, scheduler.swallowed(), scheduler.ranUnseen(), scheduler.coroutines());
  }

  /** The same with no task that is ready; any thread may ask. */
  Findings findings() {
    return ask(() -> find(List.of()));
  }

  /** The blocked tasks; for the driver only. */
  List<BlockedTask> findBlocked() {
    return scheduler.blocked().stream().map(state -> BlockedTask.of(state, clock)).toList();
  }

  /** Those of the blocked tasks that are not meant to be cut off; for the driver only. */
  List<BlockedTask> findLeft() {
    return scheduler.blocked().stream()
        .filter(state -> !state.task().isBackground())
        .map(state -> BlockedTask.of(state, clock))
        .filter(LoopView::isNotIdle)
        .toList();
  }

  /** Those of the blocked tasks that were cancelled and are still there; for the driver only. */
  List<BlockedTask> findRefusing() {
    return findBlocked().stream().filter(task -> task.on() != BlockedOn.WORK).toList();
  }

  /**
   * Idle threads of pools are not told, for many pools live as long as the program, unless they
   * hold work for later.
   */
  private static boolean isNotIdle(BlockedTask task) {
    return task.on() != BlockedOn.WORK || task.detail() != null;
  }

  private <T> T ask(Callable<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Runnable asking = () -> answer(question, answer);
    if (driver.isDriving() || isAskedByTask()) {
      asking.run();
    } else if (!driver.isDriven()) {
      driver.drive(
          "blocked()",
          () -> {
            scheduler.admit();
            asking.run();
          });
    } else {
      scheduler.onCarrier(asking);
    }
    try {
      return answer.orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof TimeoutException
          ? new IllegalStateException(
              "%s cannot be looked into: a task computes without letting go of the carrier.%s"
                  .formatted(loop, describeRunning()))
          : e;
    }
  }

  private boolean isAskedByTask() {
    return Scheduler.of(Thread.currentThread()) == scheduler;
  }

  private static <T> void answer(Callable<T> question, CompletableFuture<T> answer) {
    try {
      answer.complete(question.call());
    } catch (Exception e) {
      answer.completeExceptionally(e);
    }
  }

  private String describeRunning() {
    TaskRecord running = scheduler.running();
    return running == null ? "" : FailureReport.running(running.name(), running.thread());
  }
}
