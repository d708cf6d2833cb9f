package dev.standstill.test.structured;

import dev.standstill.EventLoop;

class ContextInRealTimeTest extends ContextContract {
  @Override
  EventLoop open() {
    return EventLoop.open();
  }
}
