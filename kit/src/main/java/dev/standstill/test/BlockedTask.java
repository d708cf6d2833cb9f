package dev.standstill.test;

import dev.standstill.core.BlockedState;
import dev.standstill.core.CodeOwner;
import dev.standstill.core.TaskRecord;
import dev.standstill.core.VirtualClock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A task that cannot go on, as it was when the loop was asked. Immutable.
 *
 * @param id the task's number in its loop, 1 for the first that was started
 * @param name the task's name
 * @param thread the task's thread as {@code Thread.currentThread()} shows it to the task: a virtual
 *     thread, or the platform thread that a task has started
 * @param on what kind of thing it is blocked on
 * @param object that thing, as far as the JDK tells; null if it does not
 * @param owner the thread that owns that thing, computes it or is joined, shown in the same way;
 *     null if there is none
 * @param sharers the threads that hold that thing for reading, or a permit of it, in the same way,
 *     as far as they are known
 * @param detail what else is known of that thing, such as "2 of 4 have come"; null if nothing is
 * @param outside for what outside the loop the task waits, to follow the words "waits for"; null if
 *     it is durably blocked
 * @param since the virtual date at which it blocked
 * @param stack the task's stack, innermost frame first
 * @param startedAt the stack of the thread that started the task, innermost frame first
 * @param monitors the objects whose monitors the task holds
 */
public record BlockedTask(
    int id,
    String name,
    Thread thread,
    BlockedOn on,
    @Nullable Object object,
    @Nullable Thread owner,
    List<Thread> sharers,
    @Nullable String detail,
    @Nullable String outside,
    Instant since,
    List<StackTraceElement> stack,
    List<StackTraceElement> startedAt,
    List<Object> monitors) {

  static BlockedTask of(BlockedState state, VirtualClock clock) {
    TaskRecord task = state.task();
    return new BlockedTask(
        task.id(),
        task.name(),
        task.seenThread(),
        BlockedOn.valueOf(state.kind()),
        state.object(),
        state.owner(),
        state.sharers(),
        state.detail(),
        state.outside(),
        clock.at(task.blockedSince()),
        state.stack(),
        List.of(task.origin()),
        state.monitors());
  }

  /**
   * Tells whether only another task of the loop, a timer or the test can wake the task.
   *
   * @return false if something outside the loop can
   */
  public boolean isDurablyBlocked() {
    return outside == null;
  }

  /**
   * Returns the program's own place that blocks.
   *
   * @return the first frame that is neither the JDK's nor a loop's nor a library's, which is code
   *     from a jar; else the first of a library, if there is one
   */
  public Optional<StackTraceElement> ownFrame() {
    return CodeOwner.placeIn(stack);
  }
}
