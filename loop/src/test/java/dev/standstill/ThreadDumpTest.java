package dev.standstill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.children.Child;
import dev.standstill.children.Jvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JDK's own way to look into a process, with nothing prepared there. */
class ThreadDumpTest {

  @TempDir Path directory;

  @Test
  void ofJcmdListsTheTasksWithStateAndStack() throws Exception {
    try (EventLoop loop = EventLoop.start("shop")) {
      loop.spawn("waiter of the shop", () -> new LinkedBlockingQueue<String>().take());
      loop.run(() -> {});

      String dump = dump();

      assertThat(dump).contains("\"name\": \"waiter of the shop\"");
      String waiter = dump.substring(dump.indexOf("\"name\": \"waiter of the shop\""));
      assertThat(waiter).contains("\"state\": \"WAITING\"", "LinkedBlockingQueue.take(");
    }
  }

  private String dump() throws Exception {
    Path file = directory.resolve("tasks.json");
    Child.Result jcmd =
        Child.run(
            new ProcessBuilder(
                Jvm.tool("jcmd"),
                Long.toString(ProcessHandle.current().pid()),
                "Thread.dump_to_file",
                "-format=json",
                file.toString()));
    assertThat(jcmd.status()).as(jcmd.toString()).isZero();
    return Files.readString(file);
  }
}
