package dev.standstill.explore.search;

/**
 * One way in which a schedule differs from the one that goes on with each task until it waits, and
 * then with the one that is ready the longest.
 *
 * @param when at which decision
 * @param to the path of the task that runs instead
 */
public record Switch(Moment when, long to) {}
