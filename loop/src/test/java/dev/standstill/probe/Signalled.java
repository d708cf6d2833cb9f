package dev.standstill.probe;

import dev.standstill.EventLoop;
import dev.standstill.SignalRegistration;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** Has a handler for TERM: for good, once, or until its loop is closed. */
public final class Signalled {

  private Signalled() {}

  public static void main(String[] arguments) throws Exception {
    EventLoop loop = EventLoop.start("signalled");
    LinkedBlockingQueue<String> signals = new LinkedBlockingQueue<>();
    SignalRegistration term;
    try {
      term = loop.onSignal("TERM", () -> signals.add(Thread.currentThread().getName()));
    } catch (IllegalStateException e) {
      print(e.getMessage());
      return;
    }
    print("ready");
    print(signals.take() + " 1");
    switch (arguments[0]) {
      case "twice" -> {
        print(signals.take() + " 2");
        System.exit(3);
      }
      case "overtaken" -> {
        setOtherHandler();
        term.close();
      }
      case "closed" -> loop.close();
      default -> term.close();
    }
    print("taken back");
    new CountDownLatch(1).await();
  }

  /** As a library does it, past the loop; reflectively, since the compiler warns of it. */
  private static void setOtherHandler() throws Exception {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Object other =
        MethodHandleProxies.asInterfaceInstance(
            handler,
            MethodHandles.dropArguments(
                MethodHandles.lookup()
                    .findStatic(Signalled.class, "handle", MethodType.methodType(void.class)),
                0,
                signal));
    signal
        .getMethod("handle", signal, handler)
        .invoke(null, signal.getConstructor(String.class).newInstance("TERM"), other);
  }

  private static void handle() {
    print("the other handler");
    System.exit(7);
  }

  private static void print(String line) {
    System.out.print(line + "\n");
    System.out.flush();
  }
}
