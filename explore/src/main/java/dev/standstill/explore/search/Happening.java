package dev.standstill.explore.search;

/**
 * Something happens outside that need not happen, such as that a packet is lost.
 *
 * @param when at which of the decisions about this
 * @param what tells it from what else may happen then
 */
public record Happening(Moment when, String what) implements Departure {}
