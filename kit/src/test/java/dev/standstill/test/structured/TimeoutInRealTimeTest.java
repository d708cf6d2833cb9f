package dev.standstill.test.structured;

import dev.standstill.EventLoop;

class TimeoutInRealTimeTest extends TimeoutContract {
  @Override
  EventLoop open() {
    return EventLoop.open();
  }
}
