package dev.standstill.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.standstill.jdk.JdkCheck;
import dev.standstill.jdk.VirtualThreads;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveSchedulerTest {

  private final LiveScheduler scheduler = new LiveScheduler("loop", (thread, exception) -> {});

  @BeforeAll
  static void openJdk() {
    JdkCheck.requireForLoops();
  }

  /** The driver looks twice before it sleeps. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void losesNoWakeThatComesBetweenALookAndTheSleepThatFollows(int look) {
    assertThat(scheduler.driveUntil(doneAndWokenRightAfter(look))).isTrue();
  }

  private BooleanSupplier doneAndWokenRightAfter(int look) {
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger looks = new AtomicInteger();
    return () -> {
      boolean answer = done.get();
      if (looks.incrementAndGet() == look) {
        done.set(true);
        CompletableFuture.runAsync(scheduler::wake).join();
      }
      return answer;
    };
  }

  @Test
  void refusesToRunATaskOnAVirtualThread() throws InterruptedException {
    VirtualThreads.builder(scheduler).start(() -> {});
    Throwable[] thrown = {null};
    Runnable drive = () -> scheduler.driveUntil(() -> false);
    Thread.ofVirtual().name("v").start(() -> thrown[0] = catchThrowable(drive::run)).join();
    assertThat(thrown[0])
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("loop cannot be run by virtual thread \"v\"");
    assertThat(scheduler.isEmpty()).isFalse();
  }

  @Test
  void leavesAnInterruptToItsCallerThatCameAfterTheEnd() {
    boolean reached =
        scheduler.driveUntil(() -> {
          Thread.currentThread().interrupt();
          return true;
        });
    assertThat(reached).isTrue();
    assertThat(Thread.interrupted()).isTrue();
  }
}
