package dev.standstill.core;

import java.time.Instant;

/** A loop's time. Any thread may read it. */
public sealed interface Clock permits RealClock, VirtualClock {

  /** Nanoseconds since the clock was made; never negative. */
  long nanos();

  /** The same moment as a date. */
  Instant now();
}
