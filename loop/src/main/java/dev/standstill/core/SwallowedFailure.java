package dev.standstill.core;

import java.time.Instant;

/**
 * A failure that a future of the JDK has kept and that nobody has asked for. Immutable.
 *
 * @param keeper what kind of thing keeps it, such as "a scheduled task"
 * @param task the name of the task that has met it
 * @param at the virtual date at which it did
 * @param cause the failure
 */
public record SwallowedFailure(String keeper, String task, Instant at, Throwable cause) {}
