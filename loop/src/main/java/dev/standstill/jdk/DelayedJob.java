package dev.standstill.jdk;

import java.util.concurrent.Future;

/**
 * A job that waits in a delayed executor of {@code CompletableFuture}. Immutable.
 *
 * @param job is done when it was handed to its executor, or was cancelled
 * @param givenAt thrown nowhere; its stack trace is the place that gave it
 * @param dueAt when it is due, in milliseconds of the loop's clock
 */
public record DelayedJob(Future<?> job, Throwable givenAt, long dueAt) {}
