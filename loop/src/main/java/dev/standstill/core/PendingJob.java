package dev.standstill.core;

import java.time.Instant;
import java.util.List;

/**
 * A job that a delayed executor of {@code CompletableFuture} holds for later. Immutable.
 *
 * @param dueAt the virtual date at which it is due
 * @param givenAt the stack of the task that has given it, innermost frame first
 */
public record PendingJob(Instant dueAt, List<StackTraceElement> givenAt) {}
