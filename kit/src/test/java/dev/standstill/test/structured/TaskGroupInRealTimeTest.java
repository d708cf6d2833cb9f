package dev.standstill.test.structured;

import dev.standstill.EventLoop;

class TaskGroupInRealTimeTest extends TaskGroupContract {
  @Override
  EventLoop open() {
    return EventLoop.open();
  }
}
