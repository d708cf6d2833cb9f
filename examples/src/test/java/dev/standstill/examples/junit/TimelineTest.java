package dev.standstill.examples.junit;

import static dev.standstill.junit.LoopTest.Timeline.ON_FAILURE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.junit.LoopTest;
import dev.standstill.test.TestLoop;
import dev.standstill.timeline.Timeline;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a test gets a timeline. */
class TimelineTest {

  @TempDir static Path folder;

  // tag::test[]
  @LoopTest(timeline = ON_FAILURE)
  void theOrderIsShipped() throws InterruptedException {
    LinkedBlockingQueue<String> orders = new LinkedBlockingQueue<>();
    Thread.startVirtualThread(() -> orders.add("tea"));
    assertThat(orders.take()).isEqualTo("tea");
  }

  // end::test[]

  @Test
  void aLoopKeepsItsTrace() throws Exception {
    LinkedBlockingQueue<String> orders = new LinkedBlockingQueue<>();
    // tag::code[]
    try (TestLoop loop = TestLoop.builder().traceWithStacks().open()) {
      loop.spawn("shop", () -> orders.add("tea"));
      loop.spawn("shipping", orders::take);
      loop.runUntilBlocked();
      Timeline.of(loop.trace()).withSources().write(folder.resolve("orders.html"));
    }
    // end::code[]
    assertThat(folder.resolve("orders.html")).isNotEmptyFile();
  }
}
