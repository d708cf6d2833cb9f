package dev.standstill.test;

import dev.standstill.EventLoop;

class SleepInVirtualTimeTest extends SleepContract {

  @Override
  EventLoop open() {
    return TestLoop.builder().name("virtual").open();
  }
}
