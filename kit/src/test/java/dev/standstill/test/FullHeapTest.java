package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.children.Child;
import dev.standstill.children.Jvm;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A program may fill the heap; what looks after its loop must be there afterwards. */
class FullHeapTest {

  @Test
  void aTaskThatComputesForEverIsEndedAlthoughTheHeapWasFullBefore() throws Exception {
    Child.Result result =
        Jvm.run(List.of(Jvm.agent(), "-Xmx32m", "-XX:+UseSerialGC"), FillThenCompute.class);

    assertThat(result.out()).as(result.err()).contains("task \"counter\" kept the carrier for");
    assertThat(result.status()).isZero();
  }

  /** Fills the heap for longer than the watchdog rests, frees it, and computes for ever. */
  static final class FillThenCompute {

    private static final Duration FULL = Duration.ofSeconds(1);
    private static final int MOST_WORDS = 1 << 17;

    private static volatile boolean isFull;
    private static long count;

    private FillThenCompute() {}

    public static void main(String[] arguments) throws Exception {
      Thread timer = new Thread(FillThenCompute::waitWhileFull);
      timer.start();
      try (TestLoop loop = TestLoop.builder().realTimeLimit(Duration.ofMinutes(4)).open()) {
        loop.run(() -> fillWhileAlive(timer));
      }
      try (TestLoop loop = TestLoop.builder().realTimeLimit(Duration.ofMillis(800)).open()) {
        loop.spawn("counter", FillThenCompute::compute);
        loop.runUntilBlocked();
      } catch (StuckTaskException e) {
        System.out.println(e.getMessage());
      }
    }

    private static void waitWhileFull() {
      while (!isFull) {
        LockSupport.parkNanos(1_000_000);
      }
      LockSupport.parkNanos(FULL.toNanos());
    }

    private static int fillWhileAlive(Thread timer) {
      Object[] kept = {};
      for (int words = MOST_WORDS; words > 0; words /= 2) {
        try {
          while (true) {
            Object[] more = new Object[words];
            more[0] = kept;
            kept = more;
          }
        } catch (OutOfMemoryError e) {
          // There is room for a smaller one, perhaps.
        }
      }
      isFull = true;
      while (timer.isAlive()) {
        count += kept.length;
      }
      return kept.length;
    }

    private static void compute() {
      while (true) {
        count++;
      }
    }
  }
}
