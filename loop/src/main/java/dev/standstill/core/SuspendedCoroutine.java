package dev.standstill.core;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine of Kotlin that waits, or has not run yet. Immutable.
 *
 * @param name the name that its context gives it, else empty
 * @param builder what has begun it, such as {@code launch}
 * @param since the virtual date at which it was suspended; null if it has not run
 * @param stack where it is suspended, innermost frame first
 * @param begunAt the stack of the task that has begun it
 */
public record SuspendedCoroutine(
    String name,
    String builder,
    @Nullable Instant since,
    List<StackTraceElement> stack,
    List<StackTraceElement> begunAt) {}
