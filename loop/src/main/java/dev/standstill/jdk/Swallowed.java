package dev.standstill.jdk;

import java.time.Instant;

/**
 * A failure that a future has kept and that nobody has asked for. Immutable.
 *
 * @param loop the loop whose task has met it
 * @param keeper what kind of thing keeps it, such as "a scheduled task"
 * @param task the name of the task that has met it
 * @param at the date of the loop at which it did
 * @param cause the failure
 */
public record Swallowed(
    AgentHooks.Hooked loop, String keeper, String task, Instant at, Throwable cause) {}
