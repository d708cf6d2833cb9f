package dev.standstill.examples.guide;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import dev.standstill.EventLoop;
import java.lang.management.ManagementFactory;
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
      loop.run(() -> print(dump())); // as jcmd does, while this task runs
    }
  }

  private static String dump() throws Exception {
    Path file = Files.createTempDirectory("dump").resolve("threads.txt");
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
    return Files.readString(file);
  }

  /** The loop's thread and its tasks: what they wait for, and the frames of this program. */
  private static void print(String dump) {
    for (String thread : dump.split("\n\n")) {
      if (thread.matches("(?s)#\\d+ \"(shop|waiter|cleaner|main)\" (RUNNABLE|virtual).*")) {
        thread
            .lines()
            .filter(line -> line.matches("#.*| +- .*|.*guide\\.Dump.*"))
            .map(line -> line.replaceAll("^#\\d+ | \\d{4}-\\S+|@\\w+", ""))
            .forEach(System.out::println);
      }
    }
  }
  // end::code[]
}
