package dev.standstill.test.structured;

import dev.standstill.EventLoop;
import dev.standstill.test.TestLoop;

class StagesInVirtualTimeTest extends StagesContract {
  @Override
  EventLoop open() {
    return TestLoop.open();
  }
}
