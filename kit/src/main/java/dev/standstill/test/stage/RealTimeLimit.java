package dev.standstill.test.stage;

import java.time.Duration;

/**
 * How much real time a phase may take, and how it is said that it has taken that. Immutable.
 *
 * @param duration how long it may take
 * @param sentence a format for the loop and the duration
 */
public record RealTimeLimit(Duration duration, String sentence) {

  /** Says that what runs on a loop has taken that time. */
  String describe(Object loop) {
    return sentence.formatted(loop, Durations.show(duration));
  }
}
