package dev.standstill.examples.guide;

import dev.standstill.EventLoop;
import dev.standstill.Limiter;
import dev.standstill.TaskGroup;
import java.util.List;

/** A limit to how many do something at once. */
public final class Limits {

  private Limits() {}

  // tag::code[]
  public static void main(String[] args) throws Exception {
    try (var loop = EventLoop.open()) {
      loop.run(() -> {
        var connections = new Limiter(2);
        try (var group = TaskGroup.open()) {
          for (String page : List.of("news", "mail", "maps")) {
            group.spawn(
                page,
                () -> {
                  try (var _ = connections.acquire()) {
                    Thread.sleep(50); // fetches the page
                  }
                });
          }
          Thread.sleep(5);
          System.out.println("held by " + names(connections.holders()));
          System.out.println("waiting: " + names(connections.waiting()));
          group.join();
        }
      });
    }
  }

  private static List<String> names(List<Thread> threads) {
    return threads.stream().map(Thread::getName).toList();
  }
  // end::code[]
}
