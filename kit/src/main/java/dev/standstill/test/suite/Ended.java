package dev.standstill.test.suite;

import org.jspecify.annotations.Nullable;

/**
 * What a framework says of a test that has ended, or of what is above tests. Immutable.
 *
 * @param key what the framework tells it from others by, as {@code Stage.tell} was told
 * @param type the name of the class
 * @param name what it is called in its class; empty for the fixtures of the class
 * @param outcome how it ended
 * @param thrown what was thrown; null for nothing
 */
public record Ended(
    Object key, String type, String name, Outcome outcome, @Nullable Throwable thrown) {}
