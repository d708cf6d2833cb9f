package dev.standstill.test.structured;

import dev.standstill.EventLoop;
import dev.standstill.test.TestLoop;

class ContextInVirtualTimeTest extends ContextContract {
  @Override
  EventLoop open() {
    return TestLoop.open();
  }
}
