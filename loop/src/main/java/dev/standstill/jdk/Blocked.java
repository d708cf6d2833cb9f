package dev.standstill.jdk;

/** What a virtual thread that cannot go on is blocked on. */
public enum Blocked {
  LOCK,
  CONDITION,
  MONITOR,
  MONITOR_WAIT,
  QUEUE,
  FUTURE,
  LATCH,
  BARRIER,
  SEMAPHORE,
  SLEEP,
  JOIN,
  SOCKET,
  WORK,
  PARK
}
