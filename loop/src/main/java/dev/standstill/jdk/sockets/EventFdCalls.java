package dev.standstill.jdk.sockets;

import java.io.IOException;

/** Answers {@code sun.nio.ch.EventFD}: what wakes selectors. */
final class EventFdCalls {

  private EventFdCalls() {}

  @SocketCalls.OfCaller
  static int eventfd0() throws IOException {
    return Kernels.callers().openCounter();
  }

  static int set0(int counter) throws IOException {
    Kernels.of(counter).raise(counter);
    return 0;
  }
}
