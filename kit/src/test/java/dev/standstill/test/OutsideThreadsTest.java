package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.EventLoop;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** A task can leave its loop for what has to be real. */
class OutsideThreadsTest {

  private final FutureTask<String> outside =
      new FutureTask<>(() -> {
        long began = System.nanoTime();
        Thread.sleep(20);
        boolean slept = System.nanoTime() - began >= 20_000_000;
        return "%s, really slept: %s".formatted(EventLoop.running(), slept);
      });

  @Test
  void whatATaskRunsOutsideIsInRealTimeAndOnNoLoop() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      String answer =
          loop.run(() -> {
            EventLoop.outside().execute(outside);
            try (var _ = loop.holdTime("a real thread")) {
              return outside.get();
            }
          });

      assertThat(answer).isEqualTo(Optional.empty() + ", really slept: true");
      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START);
    }
  }

  @Test
  void threadThatATaskOfTheOutsideStartsIsReal() throws Exception {
    FutureTask<Boolean> onLoop = new FutureTask<>(() -> EventLoop.running().isPresent());
    try (TestLoop loop = TestLoop.open()) {
      loop.run(() -> {
        EventLoop.outside().execute(() -> new Thread(onLoop).start());
        try (var _ = loop.holdTime("a real thread")) {
          assertThat(onLoop.get()).isFalse();
        }
      });
    }
  }

  @Test
  void codeCanTellWhetherTimeIsVirtual() throws Exception {
    try (TestLoop test = TestLoop.open();
        EventLoop real = EventLoop.open()) {
      assertThat(test.run(() -> EventLoop.current().hasVirtualTime())).isTrue();
      assertThat(real.run(() -> EventLoop.current().hasVirtualTime())).isFalse();
    }
  }
}
