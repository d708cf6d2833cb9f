package dev.standstill.jdk.sockets;

import dev.standstill.jdk.OwnNetworks;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/** Answers {@code sun.nio.ch.Poller}, the one place where virtual threads wait for sockets. */
final class PollerCalls {

  private static final BooleanSupplier ALWAYS = () -> true;

  private PollerCalls() {}

  static void poll(int file, int event, long nanos, BooleanSupplier open) throws IOException {
    Kernels.of(file).await(file, event, nanos, open);
  }

  static void pollSelector(int selector, long nanos) throws IOException {
    OwnNetworks.endIfLeft();
    Kernels.of(selector).await(selector, SocketKernel.IN, nanos, ALWAYS);
  }

  static void stopPoll(int file, int event) {
    stopPoll(file);
  }

  static void stopPoll(int file) {
    SocketKernel kernel = Kernels.ofClosed(file);
    if (kernel != null) {
      kernel.wake(file);
    }
  }
}
