package dev.standstill.test;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.Supplier;

/** The date of a loop as {@code java.time} wants it. */
final class DateClock extends Clock {

  private final Supplier<Instant> now;
  private final ZoneId zone;

  DateClock(Supplier<Instant> now, ZoneId zone) {
    this.now = now;
    this.zone = zone;
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return new DateClock(now, zone);
  }

  @Override
  public Instant instant() {
    return now.get();
  }
}
