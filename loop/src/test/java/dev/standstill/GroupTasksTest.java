package dev.standstill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class GroupTasksTest {

  private static final Duration PATIENCE = Duration.ofMillis(20);

  private final CountDownLatch logged = new CountDownLatch(1);

  @Test
  void whoWaitsLongForCancelledTasksLogsTheirStacks() throws Exception {
    String[] message = {""};
    try (EventLoop loop = EventLoop.open();
        LogRecords records = new LogRecords()) {
      Thread reader =
          Thread.ofPlatform()
              .start(() -> {
                message[0] = takeMessage(records);
                logged.countDown();
              });
      loop.run(() -> {
        GroupTasks tasks = new GroupTasks(loop, true, PATIENCE);
        tasks.start("deaf", this::awaitDeaf);
        Thread.yield();
        tasks.cancel();
        tasks.awaitEnd();
      });
      reader.join();
    }

    assertThat(message[0])
        .contains("The group opened by \"main\" waits for 1 of its tasks")
        .contains("\"deaf\"")
        .contains("GroupTasksTest.awaitDeaf");
  }

  private static String takeMessage(LogRecords records) {
    try {
      return records.take().getMessage();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean awaitDeaf() {
    while (true) {
      try {
        logged.await();
        return true;
      } catch (InterruptedException e) {
        // deaf
      }
    }
  }
}
