package dev.standstill.test.structured;

import dev.standstill.EventLoop;

/** Limiters on a loop in real time. */
class LimiterInRealTimeTest extends LimiterContract {

  @Override
  EventLoop open() {
    return EventLoop.start("limits");
  }
}
