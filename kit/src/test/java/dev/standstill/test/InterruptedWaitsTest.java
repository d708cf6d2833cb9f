package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.Task;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An interrupt that nobody clears ends each wait at once; a task that waits again and again
 * nevertheless does not keep the loop for itself.
 */
class InterruptedWaitsTest {

  /** Waits that an interrupt ends without clearing it. */
  enum Wait {
    PARK {
      @Override
      void once(Selector selector) {
        LockSupport.park();
      }
    },
    PARK_FOR_AN_HOUR {
      @Override
      void once(Selector selector) {
        LockSupport.parkNanos(3_600_000_000_000L);
      }
    },
    SELECT {
      @Override
      void once(Selector selector) throws Exception {
        selector.select();
      }
    },
    SELECT_FOR_A_SECOND {
      @Override
      void once(Selector selector) throws Exception {
        selector.select(1_000);
      }
    };

    abstract void once(Selector selector) throws Exception;
  }

  @ParameterizedTest
  @EnumSource
  void othersRunMeanwhile(Wait wait) throws Exception {
    List<String> log = new ArrayList<>();
    try (Selector selector = Selector.open();
        TestLoop loop = TestLoop.open()) {
      Task<?> waiter =
          loop.spawn(
              "waiter",
              () -> {
                Thread.currentThread().interrupt();
                while (log.isEmpty()) {
                  wait.once(selector);
                }
              });
      loop.spawn("writer", () -> log.add("written"));

      loop.runUntilBlocked();
      assertThat(waiter.isDone()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLoopEndsThoughATaskGoesOnWaitingForEver(Wait wait) throws Exception {
    try (Selector selector = Selector.open();
        TestLoop loop = TestLoop.builder().livelockLimit(1_000).leaks(Leaks.IGNORE).open()) {
      loop.spawn(
          "waiter",
          () -> {
            while (true) {
              wait.once(selector);
            }
          });
      loop.runReady();
    }
  }
}
