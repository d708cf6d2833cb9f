package dev.standstill.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.EventLoop;
import dev.standstill.test.TestLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Tests that JUnit runs in parallel. */
class ParallelTest {

  static final Map<String, String> EIGHT_AT_ONCE =
      Map.of(
          "junit.jupiter.execution.parallel.enabled", "true",
          "junit.jupiter.execution.parallel.mode.default", "same_thread",
          "junit.jupiter.execution.parallel.mode.classes.default", "concurrent",
          "junit.jupiter.execution.parallel.config.strategy", "fixed",
          "junit.jupiter.execution.parallel.config.fixed.parallelism", "8");

  static final List<Class<?>> EIGHT_CLASSES =
      List.of(A.class, B.class, C.class, D.class, E.class, F.class, G.class, H.class);

  @Test
  void eightClassesAtOnceHaveALoopEach() {
    var results = Runs.with(EIGHT_AT_ONCE, EIGHT_CLASSES.toArray(Class<?>[]::new));

    assertThat(Runs.failures(results)).isEmpty();
    results.testEvents().assertStatistics(counts -> counts.succeeded(8 * 20));
    assertThat(Parallel.loops).hasSize(8 * 20);
  }

  @LoopTest
  abstract static class Parallel {
    static final Set<EventLoop> loops = ConcurrentHashMap.newKeySet();
    static final CountDownLatch allAreHere = new CountDownLatch(8);

    private int steps;

    /** Waits on the way in until all eight classes run, so that they do so at once. */
    @RepeatedTest(20)
    void stepsAlone(TestLoop loop) throws InterruptedException {
      loops.add(loop);
      try (var _ = loop.holdTime("waiting for the other classes")) {
        allAreHere.countDown();
        while (allAreHere.getCount() > 0) {
          Thread.yield();
        }
      }
      for (int i = 0; i < 100; i++) {
        Thread.startVirtualThread(() -> steps++);
        Thread.sleep(Duration.ofMinutes(1));
        assertThat(EventLoop.current()).isSameAs(loop);
      }
      assertThat(steps).isEqualTo(100);
      assertThat(Duration.between(TestLoop.DEFAULT_START, Instant.now())).hasMinutes(100);
    }
  }

  static class A extends Parallel {}

  static class B extends Parallel {}

  static class C extends Parallel {}

  static class D extends Parallel {}

  static class E extends Parallel {}

  static class F extends Parallel {}

  static class G extends Parallel {}

  static class H extends Parallel {}
}
