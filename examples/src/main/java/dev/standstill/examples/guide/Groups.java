package dev.standstill.examples.guide;

import dev.standstill.EventLoop;
import dev.standstill.TaskGroup;
import dev.standstill.Timeout;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Tasks that begin and end together. */
public final class Groups {

  private Groups() {}

  // tag::code[]
  public static void main(String[] args) throws Exception {
    try (var loop = EventLoop.open()) {
      List<String> pages =
          loop.run(
              () -> TaskGroup.<String>gather(() -> fetch("news", 20), () -> fetch("mail", 10)));
      System.out.println(pages);

      try {
        loop.run(() -> {
          try (var group = TaskGroup.open()) {
            group.spawn("slow", () -> fetch("slow", 60_000));
            group.spawn("broken", () -> fetch("broken", -1));
            group.join();
          }
        });
      } catch (IOException e) {
        System.out.println("failed at once: " + e.getMessage());
      }

      try {
        loop.run(() -> Timeout.after(Duration.ofMillis(50), () -> fetch("slow", 60_000)));
      } catch (TimeoutException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  private static String fetch(String page, long millis) throws Exception {
    if (millis < 0) {
      throw new IOException("no such page: " + page);
    }
    Thread.sleep(millis);
    return "<" + page + ">";
  }
  // end::code[]
}
