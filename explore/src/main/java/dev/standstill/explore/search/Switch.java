package dev.standstill.explore.search;

/**
 * Another task goes on than the one that runs or, if that cannot go on, is ready the longest.
 *
 * @param when at which decision
 * @param to the path of the task that runs instead
 */
public record Switch(Moment when, long to) implements Departure {}
