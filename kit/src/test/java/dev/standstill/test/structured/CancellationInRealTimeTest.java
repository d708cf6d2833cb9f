package dev.standstill.test.structured;

import dev.standstill.EventLoop;

class CancellationInRealTimeTest extends CancellationContract {
  @Override
  EventLoop open() {
    return EventLoop.open();
  }
}
