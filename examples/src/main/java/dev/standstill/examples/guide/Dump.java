package dev.standstill.examples.guide;

import dev.standstill.EventLoop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;

/** What a thread dump shows of the tasks of a loop. */
public final class Dump {

  private Dump() {}

  // tag::code[]
  public static void main(String[] args) throws Exception {
    var orders = new LinkedBlockingQueue<String>();
    try (var loop = EventLoop.start("shop")) {
      loop.spawn("waiter", () -> orders.take());
      loop.spawn("cleaner", () -> Thread.sleep(60_000));
      loop.run(() -> {}); // both have run until they block

      Path file = Files.createTempDirectory("dump").resolve("tasks.txt");
      String process = Long.toString(ProcessHandle.current().pid());
      new ProcessBuilder("jcmd", process, "Thread.dump_to_file", file.toString())
          .start()
          .waitFor();
      for (String block : Files.readString(file).split("\n\n")) {
        if (block.contains("\"waiter\"") || block.contains("\"shop\"")) {
          System.out.println(block.strip() + "\n");
        }
      }
    }
  }
  // end::code[]
}
