package dev.standstill.test.structured;

import dev.standstill.EventLoop;
import dev.standstill.test.TestLoop;

class CancellationInVirtualTimeTest extends CancellationContract {
  @Override
  EventLoop open() {
    return TestLoop.open();
  }
}
