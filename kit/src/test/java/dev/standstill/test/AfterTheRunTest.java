package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.children.Jvm;
import dev.standstill.probe.ShutdownHook;
import java.lang.ref.Cleaner;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What the JVM does in its own time has no part in a run. */
class AfterTheRunTest {

  @Test
  void shutdownHooksOfALoopThatWasClosedRunWhenTheJvmEnds() throws Exception {
    assertThat(Jvm.runWithAgent(ShutdownHook.class).lines())
        .containsExactly("the loop is closed", "the hook ran on a loop: false");
  }

  @Test
  void cleanersRunOutsideTheLoop() throws Exception {
    CountDownLatch cleaned = new CountDownLatch(1);
    AtomicReference<Thread> cleaner = new AtomicReference<>();
    try (TestLoop loop = TestLoop.builder().trace().open()) {
      loop.run(() ->
          Cleaner.create()
              .register(
                  new Object(),
                  () -> {
                    cleaner.set(Thread.currentThread());
                    cleaned.countDown();
                  }));
      while (!cleaned.await(10, TimeUnit.MILLISECONDS)) {
        System.gc();
      }

      assertThat(loop.tasksStarted()).isEqualTo(1);
      assertThat(cleaner.get().isVirtual()).isFalse();
    }
  }
}
