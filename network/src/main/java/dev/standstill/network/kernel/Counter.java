package dev.standstill.network.kernel;

import dev.standstill.jdk.sockets.SocketKernel;

/** An {@code eventfd}: wakes selectors. */
final class Counter extends OpenFile {

  private boolean raised;

  Counter(Node node, int number) {
    super(node, number);
  }

  void raise() {
    raised = true;
    changed();
  }

  boolean drain() {
    boolean drained = raised;
    raised = false;
    return drained;
  }

  @Override
  int events() {
    return raised ? SocketKernel.IN : 0;
  }

  @Override
  String describe() {
    return "what wakes a selector";
  }
}
