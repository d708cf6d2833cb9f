package dev.standstill.test.structured;

import dev.standstill.EventLoop;

class StagesInRealTimeTest extends StagesContract {
  @Override
  EventLoop open() {
    return EventLoop.open();
  }
}
