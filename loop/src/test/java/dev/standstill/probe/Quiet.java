package dev.standstill.probe;

import dev.standstill.EventLoop;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Prints which platform threads a loop has started whose tasks waited in every timed way. */
public final class Quiet {

  private Quiet() {}

  public static void main(String[] arguments) throws Exception {
    try (EventLoop loop = EventLoop.open()) {
      loop.run(() -> {});
      Set<String> before = platformThreads();
      loop.run(() -> {
        Object monitor = new Object();
        Thread.sleep(2);
        synchronized (monitor) {
          monitor.wait(2);
        }
        loop.schedule(() -> {}, Duration.ofMillis(2)).get();
      });
      Set<String> after = platformThreads();
      after.removeAll(before);
      System.out.print("new threads: " + after + "\n");
    }
  }

  private static Set<String> platformThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
