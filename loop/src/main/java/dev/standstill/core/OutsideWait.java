package dev.standstill.core;

/**
 * A task that something outside its loop can wake.
 *
 * @param task the task
 * @param what for what it waits, to follow the words "waits for"
 */
public record OutsideWait(TaskRecord task, String what) {}
