package dev.standstill.test.structured;

import dev.standstill.EventLoop;
import dev.standstill.test.TestLoop;

class TaskGroupInVirtualTimeTest extends TaskGroupContract {
  @Override
  EventLoop open() {
    return TestLoop.open();
  }
}
