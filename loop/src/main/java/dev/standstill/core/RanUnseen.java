package dev.standstill.core;

/**
 * A thread that a task had woken, and that may have run while time moved. Immutable.
 *
 * @param thread its name
 * @param nanos how far time has moved meanwhile
 */
public record RanUnseen(String thread, long nanos) {}
