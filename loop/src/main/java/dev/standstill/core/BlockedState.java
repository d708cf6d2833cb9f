package dev.standstill.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a task that cannot go on waits for. Immutable.
 *
 * @param task the task
 * @param kind the name of the kind of thing it is blocked on, a constant of {@code Blocked}, which
 *     the kit must not see
 * @param object that thing, as far as the JDK tells
 * @param owner the thread, as programs see it, that owns that thing, computes it or is joined,
 *     where that can be told
 * @param sharers the threads that hold that thing for reading, or a permit of it, as far as they
 *     are known
 * @param detail what else is known of that thing
 * @param outside for what outside the loop it waits; null if it is durably blocked
 * @param stack the task's stack, innermost frame first
 * @param monitors the objects whose monitors the task holds
 */
public record BlockedState(
    TaskRecord task,
    String kind,
    @Nullable Object object,
    @Nullable Thread owner,
    List<Thread> sharers,
    @Nullable String detail,
    @Nullable String outside,
    List<StackTraceElement> stack,
    List<Object> monitors) {}
