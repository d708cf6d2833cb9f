package dev.standstill.jdk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A look into a blocked virtual thread. Immutable; taken while the thread does not run.
 *
 * @param on what kind of thing it is blocked on
 * @param object that thing, as far as the JDK tells: a park blocker or a monitor
 * @param owner the thread that owns the object, where the JDK tells; monitors have none here
 * @param stack the thread's stack, innermost frame first
 * @param monitors the objects whose monitors the thread owns
 */
public record BlockedThread(
    Blocked on,
    @Nullable Object object,
    @Nullable Thread owner,
    List<StackTraceElement> stack,
    List<Object> monitors) {}
