package dev.standstill.jdk.sockets;

import dev.standstill.jdk.OwnNetworks;
import dev.standstill.jdk.SocketAccess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Answers {@code sun.nio.ch.EPoll}: selectors. */
final class EPollCalls {

  /** The size of {@code struct epoll_event}: four bytes of events, eight of data. */
  private static final int EVENT_BYTES = 12;

  private static final int NOT_OPEN = 9; // EBADF

  private EPollCalls() {}

  @SocketCalls.OfCaller
  static int create() throws IOException {
    return Kernels.callers().openSelector();
  }

  static int ctl(int selector, int operation, int file, int events) {
    try {
      return Kernels.of(selector)
          .control(selector, SocketKernel.Control.values()[operation - 1], file, events);
    } catch (IOException e) {
      return NOT_OPEN;
    }
  }

  static int wait(int selector, long address, int most, int millis) throws IOException {
    int[] found = new int[2 * most];
    int events =
        millis < 0
            ? selectForGroup(selector, found)
            : Kernels.of(selector).select(selector, found, millis);
    ByteBuffer memory =
        SocketAccess.memory(address, most * EVENT_BYTES).order(ByteOrder.nativeOrder());
    for (int i = 0; i < events; i++) {
      memory.putInt(i * EVENT_BYTES, found[2 * i]);
      memory.putInt(i * EVENT_BYTES + Integer.BYTES, found[2 * i + 1]);
    }
    return events;
  }

  /** As the operating system, it does not look at interrupts: only groups of channels wait so. */
  private static int selectForGroup(int selector, int[] found) throws IOException {
    SocketKernel kernel = Kernels.of(selector);
    boolean interrupted = false;
    int events = kernel.select(selector, found, 0);
    while (events == 0) {
      OwnNetworks.endIfIdle();
      kernel.await(selector, SocketKernel.IN, 0, () -> true);
      interrupted |= Thread.interrupted();
      events = kernel.select(selector, found, 0);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return events;
  }
}
