package dev.standstill.test;

import dev.standstill.EventLoop;

class SleepInRealTimeTest extends SleepContract {

  @Override
  EventLoop open() {
    return EventLoop.open("real");
  }
}
