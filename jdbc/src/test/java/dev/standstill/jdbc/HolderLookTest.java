package dev.standstill.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Who moves is not stuck, however long it takes. */
class HolderLookTest {

  @Test
  void holderThatWaitsAtOnePlaceLooksTheSame() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    Thread holder = Thread.ofVirtual().start(() -> await(never));
    awaitState(holder, Thread.State.WAITING);

    assertThat(HolderLook.at(holder, 1, false))
        .isNotNull()
        .isEqualTo(HolderLook.at(holder, 1, false));
    never.countDown();
    holder.join();
  }

  @Test
  void holderThatWaitsForSomethingElseLooksDifferent() throws InterruptedException {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(1);
    Thread holder =
        Thread.ofVirtual()
            .start(() -> {
              await(first);
              await(second);
            });
    awaitState(holder, Thread.State.WAITING);
    HolderLook before = HolderLook.at(holder, 1, false);
    first.countDown();
    while (before.equals(HolderLook.at(holder, 1, false))) {
      Thread.onSpinWait();
    }
    second.countDown();
    holder.join();
  }

  @Test
  void holderThatHasCalledTheDriverInBetweenLooksDifferent() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    Thread holder = Thread.ofVirtual().start(() -> await(never));
    awaitState(holder, Thread.State.WAITING);

    assertThat(HolderLook.at(holder, 1, false)).isNotEqualTo(HolderLook.at(holder, 2, false));
    never.countDown();
    holder.join();
  }

  @Test
  void holderThatSleepsGoesOnByItselfButNotInVirtualTime() throws InterruptedException {
    Thread holder = Thread.ofVirtual().start(HolderLookTest::sleep);
    awaitState(holder, Thread.State.TIMED_WAITING);

    assertThat(HolderLook.at(holder, 1, false)).isNull();
    assertThat(HolderLook.at(holder, 1, true)).isNotNull();
    holder.interrupt();
    holder.join();
  }

  @Test
  void holderThatComputesIsNotStuck() {
    assertThat(HolderLook.at(Thread.currentThread(), 1, true)).isNull();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(Duration.ofHours(1));
    } catch (InterruptedException expected) {
      // The test is over.
    }
  }

  private static void awaitState(Thread thread, Thread.State state) {
    while (thread.getState() != state) {
      Thread.onSpinWait();
    }
  }
}
