package dev.standstill.probe;

import dev.standstill.EventLoop;

/**
 * Asks for the current loop in the main thread, which was renamed, and in another called "main".
 */
public final class MainThreads {

  private MainThreads() {}

  public static void main(String[] arguments) throws Exception {
    Thread.currentThread().setName("renamed");
    boolean before = EventLoop.currentIfPresent().isPresent();
    EventLoop current = EventLoop.current();
    System.out.print(
        "before: %s, then: %s, %s%n"
            .formatted(
                before,
                current == EventLoop.main() ? "the main loop" : "another",
                current == EventLoop.current() ? "and again" : "not again"));
    Thread other = new Thread(MainThreads::ask, "main");
    other.start();
    other.join();
  }

  private static void ask() {
    try {
      EventLoop.current();
    } catch (IllegalStateException e) {
      System.out.print(e.getMessage() + "\n");
    }
  }
}
