package dev.standstill.examples.raft;

/** A line of the log. */
record Entry(long term, String command) {}
