package dev.standstill.examples.guide;

import dev.standstill.EventLoop;
import dev.standstill.Task;
import dev.standstill.TaskGroup;
import java.io.IOException;

/** Who is told what a task has thrown. */
public final class Failures {

  private Failures() {}

  // tag::code[]
  public static void main(String[] args) throws Exception {
    try (var loop = EventLoop.start("post")) {
      loop.setUncaughtExceptionHandler((thread, failure) ->
          System.out.println("told of " + thread.getName() + ": " + failure.getMessage()));

      Task<String> letter = loop.spawn("letter", () -> send("letter"));
      loop.run(() -> System.out.println("letter is done: " + letter.isDone()));

      try {
        loop.run(() -> TaskGroup.<String>gather(() -> send("card"), () -> send("parcel")));
      } catch (IOException e) {
        System.out.println("thrown by gather: " + e.getMessage());
      }
    }
  }

  private static String send(String what) throws IOException {
    throw new IOException("no stamp on the " + what);
  }
  // end::code[]
}
